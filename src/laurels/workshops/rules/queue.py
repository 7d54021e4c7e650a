"""The queue of a course: whose turn it is, how long an offer stands, and what one is told about it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.kernel.actor import ANONYMOUS, Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person
from laurels.workshops.models import Offer, QueuePlace, Sale, Workshop
from laurels.workshops.rules.seats import why_not_open

State = QueuePlace.State
MOST_WANTED = 10
# How long an offer stands, by how near the first day is.
NEAR = timedelta(days=3)
USUAL_LENGTH, SHORT_LENGTH = timedelta(hours=24), timedelta(hours=4)
TOO_LATE = gettext_lazy("The time to answer this offer is over; the seat went to the next in the queue.")
ANSWERED = {
    Offer.State.TAKEN: gettext_lazy("This offer is taken already."),
    Offer.State.DECLINED: gettext_lazy("You have declined this offer."),
    Offer.State.NOT_NOW: gettext_lazy("You have put this date off; your place in the queue is kept."),
    Offer.State.EXPIRED: TOO_LATE,
    Offer.State.WITHDRAWN: gettext_lazy("This offer was withdrawn; your place in the queue is kept."),
    Offer.State.UNPAID: gettext_lazy("This offer was taken and not paid in time; the seat went to the next."),
}


def queue_in_words() -> list[str]:
    """Each rule as a sentence, in the order in which they matter."""
    hours = {"usual": USUAL_LENGTH // timedelta(hours=1), "short": SHORT_LENGTH // timedelta(hours=1)}
    return [
        _("There is one queue for all dates. Whoever asked first is asked first."),
        _("Whoever had paid for a date that was called off, and waits, goes before everybody else."),
        _("A seat that becomes free is held for the first whom its date suits, before anybody else can book it."),
        _("Are fewer seats free than you want? The next whom they suffice is asked; you keep your place."),
        _("You have %(usual)d hours to answer, in the last three days before class %(short)d.") % hours,
        _("“Not this date” keeps your place for other dates. Save your wish again to be asked about that one too."),
        _("Without an answer in time you go behind the others, and that date counts as “not this date”."),
        _(
            "Taken, and the card payment fails? The seat goes to the next. "
            "Your place is kept the first time; afterwards you go behind the others."
        ),
        _("“No, thank you” ends your place in the queue. You can join again, at the end."),
    ]


def expires_at(workshop: Workshop, now: datetime) -> datetime:
    """Until when an offer made now stands: never into the first day."""
    begins = _begins(workshop)
    length = SHORT_LENGTH if begins - now <= NEAR else USUAL_LENGTH
    return min(now + length, begins)


def why_not_feed(workshop: Workshop, sale: Sale | None, *, now: datetime) -> Refusal | None:
    """Whether its seats go through the queue: what everybody could book, until the day before class."""
    if refusal := why_not_open(workshop, by=ANONYMOUS, now=now):
        return refusal
    if sale is not None and sale.invite_code:
        return Refusal("private", gettext_lazy("Seats of a private workshop are not given out by the queue."))
    if _begins(workshop) <= now:
        return Refusal("begins-today", gettext_lazy("On the first day seats are no longer given out by the queue."))
    return None


def why_not_wish(seats: int, *, is_any: bool, chosen: int) -> Refusal | None:
    """``chosen`` is how many dates were chosen that can be had."""
    if not 1 <= seats <= MOST_WANTED:
        words = gettext_lazy("Ask for 1 to %(n)d seats. For more, please write to the provider.")
        return Refusal("how-many", words % {"n": MOST_WANTED}, "seats")
    if not is_any and not chosen:
        return Refusal("no-date", gettext_lazy("Choose at least one date, or any date."), "dates")
    return None


def why_not_wait(seats: int, wished: Sequence[Workshop]) -> Refusal | None:
    """Nobody waits for what can be booked at once."""
    free = next((workshop for workshop in wished if workshop.seats_left() >= seats), None)
    if free is None:
        return None
    words = gettext_lazy("There are free seats on %(day)s. Book them instead of waiting, or choose other dates.")
    return Refusal("seats-free", words % {"day": date_format(free.starts_on, "j F Y")}, "dates")


def why_not_join(person: Person, *, by: Actor) -> Refusal | None:
    if by.person_id != person.pk:
        return Refusal("not-yourself", gettext_lazy("Everybody joins the queue for themselves. Sign in first."))
    return None


def why_not_change_wish(place: QueuePlace, *, by: Actor) -> Refusal | None:
    if refusal := why_not_leave(place, by=by):
        return refusal
    if place.state != State.WAITING:
        return Refusal("has-offer", gettext_lazy("Answer your offer first; then you can change your wish."))
    return None


def why_not_leave(place: QueuePlace, *, by: Actor) -> Refusal | None:
    if by.person_id != place.person_id and not by.has("staff", at=place.queue.provider_id):
        return Refusal("not-your-place", gettext_lazy("Only whoever waits and the provider's staff can change that."))
    if not place.is_live:
        return Refusal("not-waiting", gettext_lazy("You are no longer in this queue. Join it again."))
    return None


def why_not_answer(offer: Offer, *, by: Actor, now: datetime) -> Refusal | None:
    """Taking, declining and putting off are for whoever has the offer, in time."""
    if by.person_id != offer.queue_place.person_id:
        return Refusal("not-your-offer", gettext_lazy("This offer was made to somebody else."))
    if offer.state != Offer.State.OPEN:
        return Refusal(f"offer-{offer.state}", ANSWERED[Offer.State(offer.state)])
    if offer.expires_at <= now:
        return Refusal("offer-expired", TOO_LATE)
    return None


def _begins(workshop: Workshop) -> datetime:
    """Midnight before the first day, where it is held."""
    return datetime.combine(workshop.starts_on, time(), tzinfo=ZoneInfo(workshop.zone))
