"""What a scheme needs before, and whether a reader has it."""

from collections.abc import Callable
from datetime import datetime

from laurels.programmes.models import Scheme
from laurels.programmes.rules.prerequisites import Need, prerequisites

readers: dict[str, Callable[[int, Scheme, datetime], list[Need]]] = {}
"""Who can tell what a person has: a later stage puts its query here at start-up, under its name."""


def needs_of(scheme: Scheme, person_id: int | None, now: datetime) -> list[Need]:
    """A line for each thing; for somebody signed in with whether it is there. Empty where nothing is needed."""
    wanted = prerequisites(scheme.prerequisites)
    if not wanted or person_id is None:
        return [Need(words) for words in wanted.in_words]
    return [need for tell in readers.values() for need in tell(person_id, scheme, now)]
