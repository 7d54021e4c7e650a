"""How long something took, as people write it, and in which steps a body counts."""

import re
from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import gettext as _

from laurels.education.rules import HOUR, hours_in_words
from laurels.education.rules.binding import Binding
from laurels.kernel.refusal import Refusal

CLOCK = re.compile(r"(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5][0-9])(?:\s*(?:h|hours?))?")
HOURS = re.compile(r"(?P<hours>[0-9]{1,2}(?:[.,][0-9]{1,4})?)(?:\s*(?:h|hrs?|hours?))?")
MINUTES = re.compile(r"(?P<minutes>[0-9]{1,4})\s*(?:m|min|mins|minutes?)\.?")
BOTH = re.compile(
    r"(?P<hours>[0-9]{1,2})\s*(?:h|hrs?|hours?)\s*(?P<minutes>[0-5]?[0-9])(?:\s*(?:m|min|mins|minutes?)\.?)?"
)


def minutes_of(words: str) -> int | None:
    """Whole minutes of ``1:20``, ``80 min``, ``1 h 20 min``, ``1.25`` or ``1,25``; None where it is none of these."""
    words = " ".join(words.casefold().split())
    for form in (CLOCK, MINUTES, BOTH, HOURS):
        if found := form.fullmatch(words):
            said = found.groupdict(default="0")
            hours = Decimal(said.get("hours", "0").replace(",", "."))
            return round(hours * HOUR) + int(said.get("minutes", "0"))
    return None


def hours_as_written(minutes: int) -> str:
    """``80`` is ``1:20``: what ``minutes_of`` reads again as the same."""
    return f"{minutes // HOUR}:{minutes % HOUR:02}"


def step_of(bindings: Collection[Binding]) -> Binding | None:
    """The rules with the finest step, where every body that binds counts in steps; None where minutes are exact."""
    if any(one.step <= 1 for one in bindings):
        return None
    return min(bindings, key=lambda one: one.step, default=None)


def why_not_in_steps(minutes: int, bindings: Collection[Binding]) -> Refusal | None:
    """What would not count to the minute is not written to the minute: who enters it says how it is rounded."""
    binds = step_of(bindings)
    if binds is None or minutes % binds.step == 0:
        return None
    below = minutes // binds.step * binds.step
    near = [hours_in_words(one) for one in (below, below + binds.step) if one]
    words = _("%(body)s counts in steps of %(step)s (%(policy)s · unit_step). Enter %(near)s instead.")
    values = {
        "body": binds.body.name,
        "step": hours_in_words(binds.step),
        "policy": binds.policy.key,
        "near": _(" or ").join(near),
    }
    return Refusal("step", words % values, field="hours")
