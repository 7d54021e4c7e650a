"""What can have happened here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nudged:
    """Whoever held a step up was reminded of it; ``step`` is a ``rules.Key`` value."""

    workshop_id: int
    seat_id: int
    step: str
