"""What can be done about a seat after booking: given back, moved to another date, given to a colleague.

Money always goes back to the buyer, by the way it came; so whoever has a seat that somebody else bought may give it to
a colleague, but what costs or gives back money is for the buyer and the provider's staff.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refusal
from laurels.payments.models import Order
from laurels.payments.rules import Line, why_not_touch
from laurels.workshops.models import Choice, Place, Seat, Workshop
from laurels.workshops.rules.checkout import Attendee, why_not_attendee
from laurels.workshops.rules.seats import why_not_open

State = Workshop.State
NOT_BEGUN = {State.ANNOUNCED, State.CONFIRMED}


@dataclass(frozen=True, slots=True)
class MoveQuote:
    """What another date costs: ``due`` is asked, or ``back`` goes back (one of them is nothing).

    ``difference`` of the two dates' prices (below zero where the new one is cheaper) and ``fee`` make it up; the new
    seat is ``worth`` what cancellation terms reckon with from now on. All with tax.
    """

    difference: Money
    fee: Money
    due: Money
    back: Money
    worth: Money
    lines: tuple[Line, ...] = ()

    @property
    def is_free(self) -> bool:
        return self.due.is_free and self.back.is_free

    @property
    def net(self) -> int:
        """Minor units, above zero when they are due: what a page shows and sends along."""
        return self.due.minor - self.back.minor


def why_not_cancel_seat(seat: Seat, workshop: Workshop, *, by: Actor) -> Refusal | None:
    return (
        _why_not_yours(seat, workshop, by=by)
        or _why_not_buyers(seat, workshop, is_money=bool(seat.worth_minor) or seat.surcharges.exists(), by=by)
        or _why_not_now(seat, workshop, by=by)
    )


def why_not_change_place(place: Place, workshop: Workshop, *, by: Actor) -> Refusal | None:
    """Giving back or moving a place that has no name yet: for its buyer and the provider's staff."""
    if not _is_buyer(place, by) and not by.has("staff", at=workshop.provider_id):
        return Refusal("not-your-place", _("Only whoever bought it and the provider's staff can."))
    if place.state != Place.State.OPEN:
        return Refusal("place-not-open", _("This place has its person already, or was given back."))
    if workshop.state not in NOT_BEGUN:
        return Refusal("too-late", _("The workshop has begun, so the place stays. Please talk to the provider."))
    return why_not_touch(place.order, by=by) if place.order else None


def why_not_add_people(order: Order, workshop: Workshop, *, by: Actor) -> Refusal | None:
    """Everything else is as for a new order."""
    if by.person_id is not None and (by.person_id == order.buyer_id or by.has("staff", at=workshop.provider_id)):
        return None
    return Refusal("not-your-booking", _("Only whoever booked and the provider's staff can add people. Sign in first."))


def why_not_give_all_back(workshop: Workshop, *, reason: str, by: Actor) -> Refusal | None:
    """More than the terms say: for the provider's staff, who say why."""
    if not by.has("staff", at=workshop.provider_id):
        return Refusal("not-staff", _("Only the provider's staff can give back more than the terms say."))
    if not reason.strip():
        return Refusal("no-reason", _("Say why, in a sentence for whoever bought it."), "reason")
    return None


def why_not_quoted(expected: int | None, actual: int) -> Refusal | None:
    """``expected`` is what was shown before the click; None where nothing was shown."""
    if expected is None or expected == actual:
        return None
    return Refusal("quote-changed", _("What this gives back or costs has changed since you looked. Please look again."))


def why_not_move_seat(seat: Seat, workshop: Workshop, *, by: Actor) -> Refusal | None:
    """Whether it can be moved at all; which money follows is the quote's to say."""
    return _why_not_yours(seat, workshop, by=by) or _why_not_now(seat, workshop, by=by)


def why_not_move_to(
    seat: Seat | Place, workshop: Workshop, target: Workshop, quote: "MoveQuote | Refusal", *, by: Actor
) -> Refusal | None:
    if refusal := why_not_other_date(workshop, target):
        return refusal
    if isinstance(quote, Refusal):
        return quote
    return _why_not_buyers(seat, workshop, is_money=not quote.is_free, by=by)


def why_not_other_date(workshop: Workshop, target: Workshop | None) -> Refusal | None:
    if target is None:
        return Refusal("no-date", _("Choose one of the dates."), "to")
    if target.provider_id != workshop.provider_id or target.course_id != workshop.course_id:
        return Refusal("other-course", _("A seat can be moved to another date of the same course and provider."))
    if target.currency != workshop.currency:
        return Refusal("other-currency", _("That date is sold in another currency. Please talk to the provider."))
    if target.pk == workshop.pk:
        return Refusal("same-date", _("That is the date of this seat already. Choose another one."))
    return None


def why_not_room_for(target: Workshop, seats: int, *, by: Actor, now: datetime) -> Refusal | None:
    if refusal := why_not_open(target, by=by, now=now):
        return refusal
    if target.seats_left() < seats:
        return Refusal("full", _("That date has not enough free seats any more. Choose another one."))
    return None


def why_not_substitute(
    seat: Seat, workshop: Workshop, attendee: Attendee | None = None, *, by: Actor
) -> Refusal | None:
    """Without an ``attendee`` this is about the form, with one about the deed."""
    refusal = _why_not_yours(seat, workshop, by=by) or _why_not_now(seat, workshop, by=by)
    return refusal or (why_not_attendee(attendee) if attendee else None)


def why_not_choose(choice: Choice, answer: str, *, by: Actor, has_link: bool = False) -> Refusal | None:
    """The link in the letter is the buyer's; signed in, the buyer and the provider's staff answer without it."""
    is_staff = by.has("staff", at=choice.workshop.provider_id)
    if not has_link and by.person_id != choice.chooser.pk and not is_staff:
        return Refusal("not-your-choice", _("Only whoever booked and the provider's staff can choose."))
    if answer not in Choice.MOVES[Choice.Answer(choice.answer)]:
        return Refusal("answered", _("This has been chosen already."))
    return why_not_touch(choice.order, by=by) if choice.order else None


def _why_not_yours(seat: Seat, workshop: Workshop, *, by: Actor) -> Refusal | None:
    if by.person_id == seat.person_id or _is_buyer(seat, by) or by.has("staff", at=workshop.provider_id):
        return None
    return Refusal("not-your-seat", _("Only whoever has the seat, whoever bought it and the provider's staff can."))


def _why_not_buyers(seat: Seat | Place, workshop: Workshop, *, is_money: bool, by: Actor) -> Refusal | None:
    if not is_money or seat.order is None or _is_buyer(seat, by) or by.has("staff", at=workshop.provider_id):
        return None
    words = _("Money follows from this, so it is for %(buyer)s, who bought the seat. A colleague can come instead.")
    return Refusal("buyer-decides", words % {"buyer": seat.order.buyer})


def _why_not_now(seat: Seat, workshop: Workshop, *, by: Actor) -> Refusal | None:
    if seat.is_given_up:
        return Refusal("given-up", _("This seat was given up already."))
    if workshop.state not in NOT_BEGUN or seat.state != Seat.State.TAKEN:
        return Refusal("too-late", _("The workshop has begun, so the seat stays. Please talk to the provider."))
    return why_not_touch(seat.order, by=by) if seat.order else None


def _is_buyer(seat: Seat | Place, by: Actor) -> bool:
    return seat.order is not None and by.person_id is not None and by.person_id == seat.order.buyer_id
