"""What can have happened to a renewal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenewalBegun:
    renewal_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RenewalCompleted:
    renewal_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RenewalGivenUp:
    renewal_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RenewalReminded:
    certification_id: int
    reminder_id: int
