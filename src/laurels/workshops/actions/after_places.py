"""Places that have no name yet, after booking: given back, moved to another date; and more people for a booking.

Locked in the same order as seats: workshops by id, queue, the place, its orders by id.
"""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal, require
from laurels.payments.models import Order
from laurels.workshops import facts, rules
from laurels.workshops.actions.after import (
    give_back,
    given_back_in_words,
    lock_both,
    locked_stakes,
    move_money,
    require_room,
)
from laurels.workshops.actions.checkout import Bought, check_out
from laurels.workshops.actions.offers import feed_queue, lock_queue
from laurels.workshops.models import Addition, Place, Surcharge, Workshop
from laurels.workshops.queries.terms import move_quote, refund_quote
from laurels.workshops.rules import Basket

State = Place.State


@transaction.atomic
def cancel_place(place: Place, *, expected: int | None = None, by: Actor, now: datetime) -> Place:
    """Give a place without a name back; twice is the same as once. The terms of its order say what goes back.

    ``expected`` is the quote in minor units that was shown before the click. Raises Refused.
    """
    workshop = Workshop.objects.lock(place.workshop_id)
    lock_queue(workshop)
    place = Place.objects.lock(place.pk)
    if place.state == State.GIVEN_UP and not Place.objects.filter(replaces=place).exists():
        return place
    require(rules.why_not_change_place(place, workshop, by=by))
    held = locked_stakes(place, by=by)
    back = refund_quote(place, workshop, now=now).back
    require(rules.why_not_quoted(expected, back.minor))
    give_back(held, back.minor, given_back_in_words(place, workshop), by=by, now=now)
    _give_up(place)
    record(workshop.topic, facts.PlacesReleased(workshop.pk, 1), by=by, at=now)
    feed_queue(workshop, by=by, now=now)
    return place


@transaction.atomic
def move_place(place: Place, target: Workshop, *, expected: int | None = None, by: Actor, now: datetime) -> Place:
    """A place without a name on another date: the new one; moving it there again gives the same. Raises Refused.

    What it costs is what ``move_seat`` would cost.
    """
    workshop, target = lock_both(place.workshop_id, target.pk)
    lock_queue(workshop)
    place = Place.objects.lock(place.pk)
    if moved := Place.objects.filter(replaces=place, workshop=target).first():
        return moved
    require(rules.why_not_change_place(place, workshop, by=by))
    held = locked_stakes(place, by=by)
    quote = move_quote(place, workshop, target, now=now)
    require(rules.why_not_move_to(place, workshop, target, quote, by=by))
    assert not isinstance(quote, Refusal)
    require(rules.why_not_quoted(expected, quote.net))
    require_room(target, 1, by=by, now=now)
    worth = move_money(place, workshop, target, held, quote, by=by, now=now)
    _give_up(place)
    moved = Place.objects.create(
        workshop=target, order=place.order, state=State.OPEN, worth_minor=worth, replaces=place, made_at=now
    )
    Surcharge.objects.filter(place=place).update(place=moved)
    record(workshop.topic, facts.PlacesReleased(workshop.pk, 1), by=by, at=now)
    feed_queue(workshop, by=by, now=now)
    return moved


@transaction.atomic
def add_people(order: Order, workshop: Workshop, basket: Basket, *, by: Actor, now: datetime) -> Bought:
    """More people for a booking, at today's prices and while there is room: an order of its own, noted with the first.

    The same basket again gives what it gave before. Raises Refused.
    """
    require(rules.why_not_add_people(order, workshop, by=by))
    bought = check_out(workshop, order.buyer, basket, by=by, now=now)
    if bought.order and bought.order.pk != order.pk:
        first = Addition.objects.filter(order=order).first()
        Addition.objects.get_or_create(
            order=bought.order, defaults={"to": first.to if first else order, "added_at": now}
        )
    return bought


def _give_up(place: Place) -> None:
    """What it was worth is settled, or goes along to the other date."""
    place.state, place.worth_minor = State.GIVEN_UP, 0
    place.save(update_fields=["state", "worth_minor"])
