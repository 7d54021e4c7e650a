"""What customers say in a review: a sentence of each segment, from what it got, what was guessed, how long it waits."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _lazy

from laurels.rooms.kinds.market.model.luck import stream
from laurels.rooms.kinds.market.model.market import Market
from laurels.rooms.kinds.market.model.play import Sprint
from laurels.rooms.kinds.market.model.sight import look_at

DELIGHTED, PLEASED, DISAPPOINTED, WAITING, IMPATIENT = "delighted", "pleased", "disappointed", "waiting", "impatient"
# How far the truth lies from the guess before customers remark on it.
MUCH_MORE, MUCH_LESS = 1.4, 0.6
PATIENCE = 2
SENTENCES = {
    DELIGHTED: (
        _lazy("“%(what)s” is more than we hoped for: worth %(much)s to us each Sprint."),
        _lazy("we told our friends about “%(what)s”. %(much)s each Sprint, and nobody had guessed it."),
        _lazy("“%(what)s” changed our week. We would pay %(much)s each Sprint, far above what you thought."),
    ),
    PLEASED: (
        _lazy("“%(what)s” helps us. It is worth %(much)s to us each Sprint."),
        _lazy("good that “%(what)s” is there. We count %(much)s each Sprint."),
        _lazy("we use “%(what)s” now: %(much)s each Sprint, much as expected."),
    ),
    DISAPPOINTED: (
        _lazy("“%(what)s” works, but we need it less than you thought: %(much)s each Sprint."),
        _lazy("we asked for “%(what)s” louder than we use it. %(much)s each Sprint, no more."),
        _lazy("nice, “%(what)s”. Only %(much)s each Sprint; had you asked us first, we could have told you."),
    ),
    WAITING: (
        _lazy("nothing for us this time. We go on waiting."),
        _lazy("we looked for something for us, and found nothing. What is next?"),
        _lazy("this Sprint was for others. We keep our old way for now."),
    ),
    IMPATIENT: (
        _lazy("%(n)s Sprints without anything for us. Some of us are looking elsewhere."),
        _lazy("still nothing, after %(n)s Sprints. Tell us whether you see us at all."),
    ),
}


def voices(sprints: Sequence[Sprint], nth: int, market: Market) -> list[str]:
    """After Sprint ``nth`` of ``sprints`` (from 0), in the order of the segments; the same market says the same."""
    return [
        f"{segment.name}: {_words(sprints[: nth + 1], each, market)}" for each, segment in enumerate(market.segments)
    ]


def _words(sprints: Sequence[Sprint], segment: int, market: Market) -> str:
    sprint = sprints[-1]
    key = _felt_most(sprint, segment, market)
    if key:
        much = market.earned(key, sprint.number, sprint.number)[segment]
        mood, values = _mood(key, market), {"what": market.items[key].title, "much": much}
    else:
        waits = _sprints_without(sprints, segment, market)
        mood, values = (IMPATIENT if waits > PATIENCE else WAITING), {"n": waits}
    choices = SENTENCES[mood]
    said = stream(market.seed, "voice", sprint.number, segment).randrange(len(choices))
    return str(choices[said]) % values


def _felt_most(sprint: Sprint, segment: int, market: Market) -> str:
    """The item of this Sprint that is worth most to the segment; empty when none is worth anything to it."""
    worth = {key: market.earned(key, sprint.number, sprint.number)[segment] for key in sprint.delivered}
    key = max(worth, key=lambda one: (worth[one], one), default="")
    return key if key and worth[key] > 0 else ""


def _mood(key: str, market: Market) -> str:
    """By what the item is worth against what it looked like before any test."""
    guess = look_at(market, key, is_tested=False).value[1]
    truth = look_at(market, key, is_tested=True).value[1]
    if truth >= MUCH_MORE * guess:
        return DELIGHTED
    return DISAPPOINTED if truth <= MUCH_LESS * guess else PLEASED


def _sprints_without(sprints: Sequence[Sprint], segment: int, market: Market) -> int:
    waits = 0
    for sprint in reversed(sprints):
        if _felt_most(sprint, segment, market):
            break
        waits += 1
    return waits
