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


@dataclass(frozen=True, slots=True)
class ExerciseHeld:
    """An exercise was run for the first time in this workshop, and is a column of its dossier from now on."""

    workshop_id: int
    exercise_id: int


@dataclass(frozen=True, slots=True)
class CoverageNoted:
    """The room's rule has said who took part; each cell is (seat, exercise, level)."""

    workshop_id: int
    cells: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class CoverageCorrected:
    """A trainer's own word on who took part; each cell is (seat, exercise, level)."""

    workshop_id: int
    cells: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class RemarkMade:
    workshop_id: int
    seat_id: int
    remark_id: int


@dataclass(frozen=True, slots=True)
class RemarkAnswered:
    workshop_id: int
    remark_id: int
