"""What can have happened to a workshop and its seats; recorded under ``workshop:<id>``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkshopDrafted:
    workshop_id: int


@dataclass(frozen=True, slots=True)
class WorkshopChanged:
    workshop_id: int


@dataclass(frozen=True, slots=True)
class WorkshopAnnounced:
    workshop_id: int


@dataclass(frozen=True, slots=True)
class WorkshopConfirmed:
    workshop_id: int


@dataclass(frozen=True, slots=True)
class WorkshopStarted:
    workshop_id: int


@dataclass(frozen=True, slots=True)
class WorkshopHeld:
    workshop_id: int


@dataclass(frozen=True, slots=True)
class WorkshopClosed:
    workshop_id: int


@dataclass(frozen=True, slots=True)
class WorkshopCancelled:
    workshop_id: int


@dataclass(frozen=True, slots=True)
class SeatTaken:
    workshop_id: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class SeatCancelled:
    workshop_id: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class PlacesReleased:
    """``count`` places that were held are free again."""

    workshop_id: int
    count: int


@dataclass(frozen=True, slots=True)
class AttendeesImported:
    """``count`` new seats came from one confirmed list; each also has its own ``SeatTaken``."""

    workshop_id: int
    import_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ExpectationsTold:
    workshop_id: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class ConfidenceSaid:
    """``moment`` is ``before`` or ``after``; what was said is nobody's business here."""

    workshop_id: int
    seat_id: int
    moment: str


@dataclass(frozen=True, slots=True)
class SeatFeeSet:
    """Recorded under the body's ``organisation:<id>``."""

    fee_id: int


@dataclass(frozen=True, slots=True)
class SeatFeesOwed:
    """The provider owes its body for the seats of a workshop that was held."""

    workshop_id: int
    seats: int
