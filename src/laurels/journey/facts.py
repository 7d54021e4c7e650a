"""What can have happened here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nudged:
    """Whoever held a step up was reminded of it; ``step`` is a ``rules.Key`` value."""

    workshop_id: int
    seat_id: int
    step: str


@dataclass(frozen=True, slots=True)
class CalendarAddressMade:
    """Recorded under the person; every earlier address of theirs ends with it."""

    person_id: int
    address_id: int


@dataclass(frozen=True, slots=True)
class CalendarAddressesRevoked:
    person_id: int
