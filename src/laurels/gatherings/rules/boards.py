"""How the board of a Lean Coffee is set up: what hosts choose, and the exercise that comes of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from laurels.kernel.refusal import Refusal

# What a host may choose, with what most groups take (cspo.md §4), and the range that makes sense.
NUMBERS = {
    "votes": (2, 1, 10),
    "timebox": (5, 1, 30),
    "rounds_most": (3, 1, 10),
    "propose_minutes": (5, 1, 30),
    "pitch_minutes": (3, 1, 20),
    "vote_minutes": (3, 1, 15),
    "wrap_minutes": (5, 1, 20),
    "poll_seconds": (20, 5, 120),
}
FLAGS = {"own_topics": True, "names": False}
EXTENSIONS = (3, 2)
LENGTHS = (3, 5, 8)
LISTED_MOST = 9
TALK = (
    *("discuss", "prefer", "ask", "thumb", "close", "next", "speak", "heard"),
    *("propose", "reopen", "note", "takeaway", "action", "edit", "withdraw"),
)
# What counts as taking part (cspo.md §4); any one of them.
ACTS = ("propose", "vote", "thumb", "note", "takeaway", "action", "speak", "wrapup")


def why_not_board(chosen: Mapping[str, Any]) -> Refusal | None:
    for name, (_usual, least, most) in NUMBERS.items():
        value = chosen.get(name)
        if value is not None and not (isinstance(value, int) and least <= value <= most):
            words = _("Choose a number from %(least)s to %(most)s.") % {"least": least, "most": most}
            return Refusal("board", words, name)
    extensions = chosen.get("extensions", EXTENSIONS)
    if len(extensions) > LISTED_MOST or not all(isinstance(one, int) and 1 <= one <= 30 for one in extensions):
        return Refusal("board", _("Write minutes from 1 to 30, such as 3, 2."), "extensions")
    return None


def number(board: Mapping[str, Any], name: str) -> int:
    return int(board.get(name) or NUMBERS[name][0])


def plan_of(title: str, board: Mapping[str, Any], *, minutes: int, is_led: bool, table_size: int = 0) -> dict[str, Any]:
    """The exercise of one room: propose, vote, talk topic by topic, say what one takes along.

    Where there are tables of at most ``table_size``, whoever leads is told when more people are here.
    """
    times = ("propose_minutes", "pitch_minutes", "vote_minutes", "wrap_minutes")
    propose, pitch, vote, wrap = (number(board, name) for name in times)
    talk = max(number(board, "timebox"), minutes - propose - pitch - vote - wrap)
    flags = {name: bool(board.get(name, usual)) for name, usual in FLAGS.items()}
    return {
        "key": "lean-coffee",
        "title": title,
        "kind": "leancoffee",
        "per": "class",
        "minutes": minutes,
        "names": "everybody" if flags["names"] else "nobody",
        "settings": {
            "votes": number(board, "votes"),
            "own_topics": flags["own_topics"],
            "timebox": number(board, "timebox"),
            "timeboxes": [minutes for minutes in LENGTHS if minutes != number(board, "timebox")],
            "extensions": list(board.get("extensions", EXTENSIONS)),
            "rounds_most": number(board, "rounds_most"),
            "poll_seconds": number(board, "poll_seconds"),
            "led_by": "host" if is_led else "clock",
            "table_size": table_size,
        },
        "step": _steps(propose, pitch, vote, talk, wrap),
        "taking_part": {
            "says": _("A topic, a vote, a thumb or a note."),
            "any": [{"deed": deed, "times": 1} for deed in ACTS],
        },
    }


def _steps(propose: int, pitch: int, vote: int, talk: int, wrap: int) -> list[dict[str, Any]]:
    """What is done one after the other, with its minutes."""
    return [
        {
            "title": _("Propose"),
            "minutes": propose,
            "say": _("What do you want to talk about? One or two sentences; add as many as you like."),
            "allow": ["propose", "edit", "withdraw"],
            "hidden": True,
        },
        {
            "title": _("Hear them"),
            "minutes": pitch,
            "say": _("A sentence on each by whoever wrote it. The same twice? Touch one of them and merge."),
            "allow": ["propose", "edit", "withdraw", "merge", "split"],
        },
        {
            "title": _("Vote"),
            "minutes": vote,
            "say": _("Give your votes to what you most want to talk about. They stay closed until counted."),
            "allow": ["merge", "split", "vote", "unvote"],
        },
        {
            "title": _("Talk"),
            "minutes": talk,
            "say": _("Topic by topic. At the bell everybody says whether to go on."),
            "allow": list(TALK),
            "results": True,
        },
        {
            "title": _("Take along"),
            "minutes": wrap,
            "say": _("One sentence each: what do you take along?"),
            "allow": ["wrapup", "again", "name", "takeaway", "action", "edit", "withdraw"],
            "results": True,
        },
    ]
