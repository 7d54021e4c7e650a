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
class SeatMoved:
    """To another date: recorded where it was; the seat on the new date has its own ``SeatTaken``."""

    workshop_id: int
    seat_id: int
    to_workshop_id: int
    to_seat_id: int


@dataclass(frozen=True, slots=True)
class SeatSubstituted:
    """A colleague comes instead; their seat has its own ``SeatTaken``."""

    workshop_id: int
    seat_id: int
    to_seat_id: int


@dataclass(frozen=True, slots=True)
class ChoiceAnswered:
    """Whoever had paid for a workshop that was called off has chosen, or the money goes back by itself."""

    workshop_id: int
    choice_id: int


@dataclass(frozen=True, slots=True)
class ChoiceReminded:
    workshop_id: int
    choice_id: int


@dataclass(frozen=True, slots=True)
class DecisionAsked:
    """The provider's staff were asked whether it will be held; ``is_final`` on the promised day itself."""

    workshop_id: int
    decide_on: str
    is_final: bool


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
