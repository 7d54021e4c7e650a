"""Who may buy which seats: for oneself, for others by name, or for a company that names people later."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.payments.models.orders import Way
from laurels.payments.rules import why_not_touch
from laurels.people.models import Person, normal_email
from laurels.people.rules import why_not_address
from laurels.workshops.models import Place, Sale, Seat, Workshop
from laurels.workshops.rules.seats import NAME_LENGTH, why_not_open

MOST_SEATS = 50
# Bookings by card that came to no payment: so many hold seats at once or have lately, then somebody pays first.
MOST_UNPAID_HERE, MOST_UNPAID_ANYWHERE = 3, 12
UNPAID_COUNTED_OVER = timedelta(hours=3)
PAID_TOO_LATE = _("The payment came after the seat was given to somebody else")
CODE_USED_MEANWHILE = _("The payment came after the code was used by somebody else")


@dataclass(frozen=True, slots=True)
class Attendee:
    name: str
    email: str
    company: str = ""


@dataclass(frozen=True, slots=True)
class Basket:
    """What somebody asks for on the booking page. ``unnamed`` seats get their people later.

    ``key`` is made up when the page is drawn: the same basket sent twice is one order. ``places`` are held for the
    buyer already (an offer from the queue).
    """

    attendees: tuple[Attendee, ...] = ()
    unnamed: int = 0
    way: str = Way.TRANSFER
    extras: tuple[str, ...] = ()
    coupon: str = ""
    chosen_minor: int | None = None
    invite_code: str = ""
    bill_to: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    places: tuple[int, ...] = ()

    @property
    def seats(self) -> int:
        return len(self.attendees) + self.unnamed


def why_not_check_out(
    workshop: Workshop, sale: Sale, basket: Basket, *, seated: set[str], by: Actor, now: datetime
) -> Refusal | None:
    """``seated`` are addresses of people who have a seat in this workshop already."""
    return (
        why_not_open(workshop, by=by, now=now)
        or why_not_invited(sale, workshop, basket.invite_code, by=by)
        or _why_not_many(workshop, basket)
        or _why_not_people(basket, seated)
        or _why_not_chosen(sale, basket)
    )


def why_not_buy(workshop: Workshop, buyer: Person, basket: Basket, *, is_free: bool, by: Actor) -> Refusal | None:
    """Who may buy for ``buyer``, once it is known whether there is anything to pay."""
    if is_free and basket.unnamed:
        words = _("Free seats go to people with a name. Say who comes.")
        return Refusal("free-wants-names", words, "unnamed")
    if by.person_id == buyer.pk or by.has("staff", at=workshop.provider_id):
        return None
    if by.is_anonymous and basket.way == Way.CARD and not is_free:
        return None
    words = _("Prove the buyer's e-mail address first: sign in with it.")
    return Refusal("address-not-proven", words, "email")


def why_not_hold_more(here: int, anywhere: int) -> Refusal | None:
    """``here`` and ``anywhere`` are what somebody lately began to pay by card and has not: in this workshop, in all.

    What is paid does not count, so whoever buys often and pays is never asked to wait.
    """
    if here < MOST_UNPAID_HERE and anywhere < MOST_UNPAID_ANYWHERE:
        return None
    words = _(
        "Several bookings from here wait for their payment. Pay one of them first, choose payment by invoice, or sign "
        "in. Buying for a company? All its people fit into one booking."
    )
    return Refusal("too-many-unpaid", words)


def why_not_invited(sale: Sale, workshop: Workshop, code: str, *, by: Actor) -> Refusal | None:
    """A private workshop is booked with its code; the provider's staff need none."""
    if not sale.invite_code or by.has("staff", at=workshop.provider_id):
        return None
    if code.strip().casefold() == sale.invite_code.casefold():
        return None
    words = _("This workshop is private. Type the code from your invitation.")
    return Refusal("not-invited", words, "invite_code")


def why_not_name(place: Place, workshop: Workshop, attendee: Attendee | None = None, *, by: Actor) -> Refusal | None:
    """Without an ``attendee`` this is about the form, with one about the deed."""
    is_buyer = place.order is not None and place.order.is_bought_by(by)
    if not is_buyer and not by.has("staff", at=workshop.provider_id):
        return Refusal("not-your-place", _("Only whoever bought it and the provider's staff can say who comes."))
    if workshop.state in {Workshop.State.CLOSED, Workshop.State.CANCELLED}:
        return Refusal("workshop-over", _("The workshop is over, so nobody can be named any more."))
    if place.state != Place.State.OPEN:
        return Refusal("place-not-open", _("This place has its person already, or was given back."))
    if place.order and (refusal := why_not_touch(place.order, by=by)):
        return refusal
    return why_not_attendee(attendee) if attendee else None


def _why_not_many(workshop: Workshop, basket: Basket) -> Refusal | None:
    if not 1 <= basket.seats <= MOST_SEATS:
        return Refusal("how-many", _("Choose from 1 to 50 seats."), "unnamed")
    left = workshop.seats_left() + len(basket.places)
    if not left:
        return Refusal("full", _("Every seat is taken. Join the queue, or choose another date."))
    if basket.seats > left:
        words = ngettext_lazy("Only one seat is left.", "Only %(n)d seats are left.", left)
        return Refusal("too-many", words % {"n": left} if left > 1 else words, "unnamed")
    return None


def _why_not_people(basket: Basket, seated: set[str]) -> Refusal | None:
    emails = [normal_email(attendee.email) for attendee in basket.attendees]
    for nth, (attendee, email) in enumerate(zip(basket.attendees, emails, strict=True)):
        if refusal := why_not_attendee(attendee):
            return replace(refusal, field=f"attendees-{nth}-{refusal.field}")
        if email in seated:
            words = _("%(name)s has a seat in this workshop already.")
            return Refusal("has-a-seat", words % {"name": attendee.name}, f"attendees-{nth}-email")
        if email in emails[:nth]:
            words = _("%(email)s stands there twice. Give each person an address of their own.")
            return Refusal("twice", words % {"email": attendee.email}, f"attendees-{nth}-email")
    return None


def why_not_attendee(attendee: Attendee) -> Refusal | None:
    if not attendee.name.strip():
        return Refusal("no-name", _("Tell the name of the person who takes the seat."), "name")
    if len(attendee.name) > NAME_LENGTH:
        return Refusal("long-name", _("This name is too long. Write it with at most 200 letters."), "name")
    return why_not_address(normal_email(attendee.email))


def _why_not_chosen(sale: Sale, basket: Basket) -> Refusal | None:
    if sale.least_minor is None or basket.chosen_minor is None or basket.chosen_minor >= sale.least_minor:
        return None
    return Refusal("too-little", _("Please choose an amount that is not below the lowest one."), "chosen")


def why_not_seat_twice(seat: Seat | None) -> Refusal | None:
    """``seat`` is what the person has in this workshop already."""
    if seat is None:
        return None
    words = _("%(name)s has a seat in this workshop already. Name somebody else.")
    return Refusal("has-a-seat", words % {"name": seat.name}, "email")
