"""What robots write in rehearsals and previews: a small swimming school wants fewer empty lanes."""

from random import Random

WORDS = (
    "Parents book a lesson on the phone",
    "See which lanes are free today",
    "A reminder the evening before",
    "Swap a lesson when a child is ill",
    "Coaches tick who came",
    "One price for brothers and sisters",
    "A waiting place that moves up by itself",
    "Photos of the first dive",
    "Pay with the town card",
    "A badge for the first 25 metres",
    "Fewer empty lanes on weekday mornings",
    "Parents trust who teaches",
    "No forms on paper",
    "Call only when it matters",
    "Children look forward to Tuesday",
    "The water is warm enough",
    "Coaches plan their week once",
    "Late cancellations are filled within an hour",
    "Trial lesson without signing up",
    "Words for people who cannot swim yet",
    "Grandparents may bring a child",
    "Show progress, not marks",
    "Lockers that open with the ticket",
    "Holiday courses in one tap",
)


def some_words(luck: Random) -> str:
    return luck.choice(WORDS)


def different_words(luck: Random, taken: set[str]) -> str:
    """Words that nobody wrote yet; when all are taken, with a number."""
    left = [words for words in WORDS if words not in taken]
    return luck.choice(left) if left else f"{luck.choice(WORDS)} ({len(taken) + 1})"
