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
class SaleChanged:
    """Prices, terms or extras are others from now on."""

    workshop_id: int


@dataclass(frozen=True, slots=True)
class CouponsMade:
    """Recorded, as is the next, under ``organisation:<id>``."""

    provider_id: int
    count: int


@dataclass(frozen=True, slots=True)
class CouponWithdrawn:
    coupon_id: int


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


@dataclass(frozen=True, slots=True)
class JoiningTold:
    """Those who run the workshop said how to get in, or said it anew."""

    workshop_id: int


@dataclass(frozen=True, slots=True)
class RemindersPlanned:
    """Recorded under the provider's ``organisation:<id>``."""

    provider_id: int


@dataclass(frozen=True, slots=True)
class SeatReminded:
    workshop_id: int
    seat_id: int
    reminder_id: int


# What follows is recorded under ``queue:<id>``.


@dataclass(frozen=True, slots=True)
class QueueJoined:
    queue_id: int
    queue_place_id: int


@dataclass(frozen=True, slots=True)
class WishChanged:
    queue_id: int
    queue_place_id: int


@dataclass(frozen=True, slots=True)
class QueueLeft:
    queue_id: int
    queue_place_id: int


@dataclass(frozen=True, slots=True)
class OfferMade:
    queue_id: int
    offer_id: int
    workshop_id: int


@dataclass(frozen=True, slots=True)
class OfferTaken:
    queue_id: int
    offer_id: int
    workshop_id: int


@dataclass(frozen=True, slots=True)
class OfferDeclined:
    queue_id: int
    offer_id: int
    workshop_id: int


@dataclass(frozen=True, slots=True)
class OfferPutOff:
    """Not this date: the place in the queue is kept."""

    queue_id: int
    offer_id: int
    workshop_id: int


@dataclass(frozen=True, slots=True)
class OfferExpired:
    queue_id: int
    offer_id: int
    workshop_id: int


@dataclass(frozen=True, slots=True)
class OfferWithdrawn:
    """The workshop will not be held, or not with these seats."""

    queue_id: int
    offer_id: int
    workshop_id: int


@dataclass(frozen=True, slots=True)
class OfferUnpaid:
    """Taken by card and not paid in time: the seats go on, the place in the queue is theirs again."""

    queue_id: int
    offer_id: int
    workshop_id: int


@dataclass(frozen=True, slots=True)
class SeatFeeSet:
    """Recorded under the body's ``organisation:<id>``."""

    fee_id: int


@dataclass(frozen=True, slots=True)
class SeatFeesSettled:
    """A provider's or a body's staff noted that a month of fees for seats was paid."""

    settlement_id: int


@dataclass(frozen=True, slots=True)
class SeatFeesOwed:
    """The provider owes its body for the seats of a workshop that was held."""

    workshop_id: int
    seats: int
