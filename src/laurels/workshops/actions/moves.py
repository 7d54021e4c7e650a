"""The moves of a workshop from state to state; ``Workshop.MOVES`` is their map. Each one twice is the same as once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import require
from laurels.payments.actions import credit
from laurels.payments.models import Order
from laurels.workshops import facts, rules
from laurels.workshops.actions.choices import offer_choices
from laurels.workshops.actions.offers import feed_queue, lock_queue
from laurels.workshops.actions.places import release
from laurels.workshops.models import Cancellation, Seat, Surcharge, Workshop

State = Workshop.State


@transaction.atomic
def announce(workshop: Workshop, *, by: Actor, now: datetime) -> Workshop:
    """Show the workshop to everybody and open it for booking. Raises Refused."""
    workshop = Workshop.objects.lock(workshop.pk)
    if workshop.state == State.ANNOUNCED:
        return workshop
    require(rules.why_not_announce(workshop, by=by, now=now))
    workshop.state = State.ANNOUNCED
    workshop.announced_at = now
    workshop.save(update_fields=["state", "announced_at"])
    record(workshop.topic, facts.WorkshopAnnounced(workshop.pk), by=by, at=now)
    feed_queue(workshop, by=by, now=now)
    return workshop


@transaction.atomic
def confirm(workshop: Workshop, *, by: Actor, now: datetime) -> Workshop:
    """Promise that it will be held. Raises Refused."""
    workshop = Workshop.objects.lock(workshop.pk)
    if workshop.state == State.CONFIRMED:
        return workshop
    require(rules.why_not_confirm(workshop, by=by))
    workshop.state = State.CONFIRMED
    workshop.save(update_fields=["state"])
    record(workshop.topic, facts.WorkshopConfirmed(workshop.pk), by=by, at=now)
    return workshop


@transaction.atomic
def start(workshop: Workshop, *, by: Actor, now: datetime) -> Workshop:
    """Begin, on the first day or later; from now on nobody books or cancels by themselves. Raises Refused."""
    workshop = Workshop.objects.lock(workshop.pk)
    if workshop.state == State.RUNNING:
        return workshop
    require(rules.why_not_start(workshop, by=by, now=now))
    workshop.state = State.RUNNING
    workshop.save(update_fields=["state"])
    record(workshop.topic, facts.WorkshopStarted(workshop.pk), by=by, at=now)
    return workshop


@transaction.atomic
def hold(workshop: Workshop, *, by: Actor, now: datetime) -> Workshop:
    """End it, on the final day or later: now it has been held. Raises Refused."""
    workshop = Workshop.objects.lock(workshop.pk)
    if workshop.state == State.HELD:
        return workshop
    require(rules.why_not_hold(workshop, by=by, now=now))
    workshop.state = State.HELD
    workshop.save(update_fields=["state"])
    record(workshop.topic, facts.WorkshopHeld(workshop.pk), by=by, at=now)
    return workshop


@transaction.atomic
def close(workshop: Workshop, *, by: Actor, now: datetime) -> Workshop:
    """Put it away: nothing about it changes any more. Raises Refused."""
    workshop = Workshop.objects.lock(workshop.pk)
    if workshop.state == State.CLOSED:
        return workshop
    require(rules.why_not_close(workshop, by=by))
    workshop.state = State.CLOSED
    workshop.save(update_fields=["state"])
    record(workshop.topic, facts.WorkshopClosed(workshop.pk), by=by, at=now)
    return workshop


@transaction.atomic
def cancel(workshop: Workshop, reason: str, *, by: Actor, now: datetime) -> Workshop:
    """Call it off: every seat is released and nobody owes anything for it any more. Raises Refused.

    Whoever has paid is given a choice: their money stays until they answer (``choose``).

    Seats released by this carry the cancellation's instant; those given back before keep theirs.
    """
    workshop = Workshop.objects.lock(workshop.pk)
    if workshop.state == State.CANCELLED:
        return workshop
    require(rules.why_not_cancel(workshop, reason, by=by))
    workshop.state = State.CANCELLED
    workshop.save(update_fields=["state"])
    Cancellation.objects.create(workshop=workshop, reason=reason.strip(), by_id=by.person_id, at=now)
    _release_seats(workshop, by=by, now=now)
    record(workshop.topic, facts.WorkshopCancelled(workshop.pk), by=by, at=now)
    return workshop


def _release_seats(workshop: Workshop, *, by: Actor, now: datetime) -> None:
    """Nobody owes anything for it any more. What was paid waits for its buyer's choice."""
    lock_queue(workshop)
    offer_choices(workshop, by=by, now=now)
    due = Order.objects.due().filter(Q(seats__in=workshop.seats.filled()) | Q(places__in=workshop.places.counting()))
    for order in due.distinct():
        seats = order.seats.filled().filter(workshop=workshop)
        places = order.places.counting().filter(workshop=workshop)
        worth = sum([*seats.values_list("worth_minor", flat=True), *places.values_list("worth_minor", flat=True)])
        left = min(worth, order.amount_minor - order.credited_minor)
        credit(order, Money(left, order.currency), workshop.cancellation.reason, by=by, now=now)
    _forgive_surcharges(workshop, by=by, now=now)
    release(workshop, list(workshop.places.counting()), by=by, now=now)
    workshop.seats.filled().update(state=Seat.State.CANCELLED, cancelled_at=now)


def _forgive_surcharges(workshop: Workshop, *, by: Actor, now: datetime) -> None:
    """What was asked for moving here and is not paid yet: nobody owes it, the fee included."""
    here = Q(seat__in=workshop.seats.filled()) | Q(place__in=workshop.places.open(), seat=None)
    asked = Surcharge.objects.filter(here, order__in=Order.objects.due())
    for surcharge in asked.select_related("order").order_by("pk"):
        order = surcharge.order
        left = Money(order.amount_minor - order.credited_minor, order.currency)
        credit(order, left, workshop.cancellation.reason, by=by, now=now)
