"""Everything that can have happened here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttendanceNoted:
    """Minutes were written or corrected; each cell is (seat, block, minutes)."""

    workshop_id: int
    cells: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class NameDeclared:
    workshop_id: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class SeatAttested:
    workshop_id: int
    seat_id: int
    attestation_id: int


@dataclass(frozen=True, slots=True)
class RosterSigned:
    workshop_id: int
    roster_id: int


@dataclass(frozen=True, slots=True)
class RosterSubmitted:
    workshop_id: int
    roster_id: int


@dataclass(frozen=True, slots=True)
class RosterReceived:
    roster_id: int


@dataclass(frozen=True, slots=True)
class LineAccepted:
    roster_id: int
    line_id: int


@dataclass(frozen=True, slots=True)
class LineReturned:
    roster_id: int
    line_id: int


@dataclass(frozen=True, slots=True)
class RosterSettled:
    roster_id: int
