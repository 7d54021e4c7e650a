"""What people are told about their seats. Each is called by a reaction, after the fact."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format

from laurels.kernel.actor import Actor
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.payments.models import Order
from laurels.payments.queries import invoice_attached
from laurels.programmes.queries import letter_template
from laurels.workshops import queries
from laurels.workshops.actions.after_letters import Files, ask_to_choose
from laurels.workshops.models import Seat, Workshop


@transaction.atomic
def tell_of_seat(seat: Seat, *, by: Actor, now: datetime) -> Letter | None:
    """Confirm the seat, with its dates for a calendar. None when it is gone, or came from another date.

    While money is owed it says how to pay, with the invoice, to whoever owes it; of what others pay it says nothing.
    """
    is_moved = seat.replaces is not None and seat.replaces.state == Seat.State.TRANSFERRED
    if seat.is_given_up or is_moved:
        return None
    order = seat.order
    is_own = order is not None and order.buyer_id == seat.person_id and order.places.count() <= 1
    is_due = order is not None and is_own and not order.is_paid and order.cancelled_at is None
    if order is None or not is_due:
        return _write("seat-confirmed", seat, {}, has_dates=True, by=by, now=now)
    values = _order_values(order) | {"link": settings.PUBLIC_URL + reverse("order", args=[order.public_id])}
    return _write("seat-due", seat, values, has_dates=True, papers=invoice_attached(order), by=by, now=now)


@transaction.atomic
def tell_of_seat_cancelled(seat: Seat, *, by: Actor, now: datetime) -> Letter | None:
    """Confirm that the seat was given back; its dates leave the calendar."""
    values = {"link": settings.PUBLIC_URL + reverse("workshop", args=[seat.workshop.public_id])}
    return _write("seat-cancelled", seat, values, has_dates=True, by=by, now=now)


@transaction.atomic
def tell_of_workshop_cancelled(workshop_id: int, *, by: Actor, now: datetime) -> list[Letter]:
    """Tell everybody whose seat fell away with the workshop, and why. Whoever chooses does so in the same letter."""
    workshop = Workshop.objects.select_related("cancellation").get(pk=workshop_id)
    choices = list(workshop.choices.select_related("order__buyer", "person").order_by("pk"))
    asked = [ask_to_choose(choice, by=by, now=now) for choice in choices]
    buyers = {choice.chooser.pk for choice in choices}
    released = workshop.all_seats.filter(state=Seat.State.CANCELLED, cancelled_at=workshop.cancellation.at)
    values = {"reason": workshop.cancellation.reason}
    others = released.exclude(person__in=buyers).order_by("pk")
    told = [_write("workshop-cancelled", seat, values, has_dates=True, by=by, now=now) for seat in others]
    return [letter for letter in [*asked, *told] if letter]


def _write(
    key: str,
    seat: Seat,
    more: dict[str, str],
    *,
    has_dates: bool = False,
    papers: Files = (),
    by: Actor,
    now: datetime,
) -> Letter | None:
    workshop, person = seat.workshop, seat.person
    if not person.email:
        return None
    return write(
        key,
        letter_template(workshop.course.scheme.body, key, person.language),
        to=person.email,
        values=_values(seat) | more,
        person=person,
        sender_name=workshop.provider.name,
        topic=workshop.topic,
        attachments=[*(queries.seat_attachments(seat) if has_dates else []), *papers],
        by=by,
        now=now,
    )


def _values(seat: Seat) -> dict[str, str]:
    workshop = seat.workshop
    return {
        "name": seat.name,
        "course": workshop.course.title,
        "dates": queries.dates_in_words(workshop),
        "provider": workshop.provider.name,
        "place": queries.place_in_words(workshop),
        "link": settings.PUBLIC_URL + reverse("seat", args=[seat.public_id]),
    }


def _order_values(order: Order) -> dict[str, str]:
    return {
        "amount": str(order.amount),
        "due_on": date_format(order.due_on, "j F Y"),
        "reference": order.reference,
    }
