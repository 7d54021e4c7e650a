"""Whoever lets their money wait when a workshop is called off stands first in the course's queue, and pays once.

For callers who hold the rows of the workshops, the queue and the choice, locked in this order.
"""

from datetime import datetime

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.workshops import facts
from laurels.workshops.actions.offers import close_offer, next_turn
from laurels.workshops.models import Choice, Offer, Queue, QueuePlace, Workshop

State = QueuePlace.State


def wait_first(choice: Choice, queue: Queue, seats: int, *, by: Actor, now: datetime) -> QueuePlace:
    """A place before all who have not paid yet, for any date; again gives the same. A place they have moves up.

    Of two choices of one buyer the first waits; the other one is answered by its own letter.
    """
    buyer = choice.chooser
    place = queue.places.live().filter(person=buyer).first()
    if place is None:
        place = queue.places.create(
            person=buyer, seats=seats, choice=choice, goes_first=True, turn=next_turn(queue), joined_at=now
        )
        record(queue.topic, facts.QueueJoined(queue.pk, place.pk), by=by, at=now)
    elif place.choice_id is None:
        _move_up(place, choice, seats, now=now)
        record(queue.topic, facts.WishChanged(queue.pk, place.pk), by=by, at=now)
    return place


def stop_waiting(choice: Choice, queue: Queue, target: Workshop | None, *, by: Actor, now: datetime) -> None:
    """The choice is answered: its place ends, and what is held for it is free. ``target`` is where they go."""
    place = queue.places.live().filter(choice=choice).first()
    if place is None:
        return
    offer = place.offers.open().select_related("queue_place").first()
    if offer and target and offer.workshop_id == target.pk:
        close_offer(offer, Offer.State.TAKEN, State.TAKEN, now=now)
        record(queue.topic, facts.OfferTaken(queue.pk, offer.pk, offer.workshop_id), by=by, at=now)
        return
    if offer:
        close_offer(offer, Offer.State.DECLINED, State.LEFT, now=now)
    else:
        place.state, place.ended_at = State.LEFT, now
        place.save(update_fields=["state", "ended_at"])
    record(queue.topic, facts.QueueLeft(queue.pk, place.pk), by=by, at=now)


def _move_up(place: QueuePlace, choice: Choice, seats: int, *, now: datetime) -> None:
    if offer := place.offers.open().select_related("queue_place").first():
        # It was for other seats, which were to be paid.
        close_offer(offer, Offer.State.WITHDRAWN, State.WAITING, now=now)
        place.state = State.WAITING
    place.choice, place.goes_first, place.seats, place.is_any = choice, True, seats, True
    place.save(update_fields=["choice", "goes_first", "seats", "is_any"])
    place.passed.clear()
