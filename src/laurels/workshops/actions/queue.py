"""Waiting for seats in a course: joined, changed, left; what was offered is taken, declined or put off."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Course
from laurels.workshops import facts, rules
from laurels.workshops.actions.checkout import Bought, bought_by_offer, check_out
from laurels.workshops.actions.choices import choose
from laurels.workshops.actions.offers import close_offer, feed_all, lock_queue, lock_workshops, next_turn
from laurels.workshops.actions.places import release_overdue
from laurels.workshops.models import Choice, Offer, Place, Queue, QueuePlace, Workshop
from laurels.workshops.rules import Basket

State = QueuePlace.State


@transaction.atomic
def join_queue(
    provider: Organisation,
    course: Course,
    person: Person,
    *,
    seats: int = 1,
    dates: Collection[str] | None = None,
    by: Actor,
    now: datetime,
) -> QueuePlace:
    """Wait for ``seats`` seats; joining again gives the place one has. Raises Refused.

    ``dates`` are public ids of workshops; None is any date.
    """
    queue, _is_new = Queue.objects.get_or_create(provider=provider, course=course)
    workshops = lock_workshops(queue, now)
    queue = Queue.objects.lock(queue.pk)
    if place := queue.places.live().filter(person=person).first():
        return place
    require(rules.why_not_join(person, by=by))
    wished = _wished(workshops, seats, dates, now)
    place = queue.places.create(
        person=person, seats=seats, is_any=dates is None, turn=next_turn(queue), joined_at=now
    )  # fmt: skip
    place.wishes.set(wished)
    record(queue.topic, facts.QueueJoined(queue.pk, place.pk), by=by, at=now)
    return place


@transaction.atomic
def change_wish(
    place: QueuePlace, *, seats: int, dates: Collection[str] | None = None, by: Actor, now: datetime
) -> QueuePlace:
    """Other dates or another number of seats; the turn stays, and dates put off are asked about again.

    Raises Refused.
    """
    workshops = lock_workshops(place.queue, now)
    queue = Queue.objects.lock(place.queue_id)
    place = QueuePlace.objects.lock(place.pk)
    require(rules.why_not_change_wish(place, by=by))
    wished = _wished(workshops, seats, dates, now)
    place.seats, place.is_any = seats, dates is None
    place.save(update_fields=["seats", "is_any"])
    place.wishes.set(wished)
    place.passed.clear()
    record(queue.topic, facts.WishChanged(queue.pk, place.pk), by=by, at=now)
    return place


@transaction.atomic
def leave_queue(place: QueuePlace, *, by: Actor, now: datetime) -> QueuePlace:
    """Wait no longer; an open offer goes to the next. Leaving twice is the same as once. Raises Refused."""
    offer = place.offers.open().first()
    workshops = lock_workshops(place.queue, now, offer.workshop_id if offer else None)
    queue = Queue.objects.lock(place.queue_id)
    place = QueuePlace.objects.lock(place.pk)
    if place.state == State.LEFT:
        return place
    require(rules.why_not_leave(place, by=by))
    if offer := place.offers.open().first():
        close_offer(offer, Offer.State.DECLINED, State.LEFT, now=now)
        place.refresh_from_db()
    else:
        place.state, place.ended_at = State.LEFT, now
        place.save(update_fields=["state", "ended_at"])
    record(queue.topic, facts.QueueLeft(queue.pk, place.pk), by=by, at=now)
    feed_all(workshops, by=by, now=now)
    return place


@transaction.atomic
def take_offer(offer: Offer, basket: Basket, *, by: Actor, now: datetime) -> Bought:
    """Buy what was offered; taking it again gives what it gave. Raises Refused."""
    if offer.queue_place.choice and not offer.queue_place.choice.has_to_pay:
        return _take_paid(offer, offer.queue_place.choice, by=by, now=now)
    workshop = Workshop.objects.lock(offer.workshop_id)
    lock_queue(workshop)
    offer = Offer.objects.lock(offer.pk)
    person = offer.queue_place.person
    if offer.state == Offer.State.TAKEN and by.person_id == person.pk:
        return bought_by_offer(offer)
    require(rules.why_not_answer(offer, by=by, now=now))
    held = tuple(offer.places.held().values_list("pk", flat=True))
    bought = check_out(workshop, person, replace(basket, places=held), by=by, now=now)
    if choice := offer.queue_place.choice:
        Choice.objects.filter(pk=choice.pk, answer=Choice.Answer.STAY).update(
            answer=Choice.Answer.MOVE, moved_to=workshop, answered_at=now
        )
    return bought


def _take_paid(offer: Offer, choice: Choice, *, by: Actor, now: datetime) -> Bought:
    """What they had for the date that was called off, paid or free, is moved to this one, for nothing."""
    if offer.state != Offer.State.TAKEN or by.person_id != offer.queue_place.person_id:
        require(rules.why_not_answer(offer, by=by, now=now))
    choice = choose(choice, Choice.Answer.MOVE, target=offer.workshop, has_link=True, by=by, now=now)
    if choice.order is None:
        return Bought(None, list(offer.workshop.seats.filled().filter(person=choice.person_id)), [])
    places = choice.order.places.filter(workshop=offer.workshop_id, seat=None).exclude(state__in=Place.GONE)
    seats = choice.order.seats.filter(workshop=offer.workshop_id).order_by("pk")
    return Bought(choice.order, list(seats), list(places.order_by("pk")))


@transaction.atomic
def decline_offer(offer: Offer, *, by: Actor, now: datetime) -> Offer:
    """No, thank you: the place in the queue ends, the seats go to the next. Twice is the same. Raises Refused."""
    workshops = lock_workshops(offer.queue_place.queue, now, offer.workshop_id)
    queue = Queue.objects.lock(offer.queue_place.queue_id)
    offer = Offer.objects.lock(offer.pk)
    if offer.state == Offer.State.DECLINED:
        return offer
    require(rules.why_not_answer(offer, by=by, now=now))
    close_offer(offer, Offer.State.DECLINED, State.DECLINED, now=now)
    record(queue.topic, facts.OfferDeclined(queue.pk, offer.pk, offer.workshop_id), by=by, at=now)
    feed_all(workshops, by=by, now=now)
    return offer


@transaction.atomic
def not_now(offer: Offer, *, by: Actor, now: datetime) -> Offer:
    """Not this date: the place and its turn are kept for others. Twice is the same. Raises Refused."""
    workshops = lock_workshops(offer.queue_place.queue, now, offer.workshop_id)
    queue = Queue.objects.lock(offer.queue_place.queue_id)
    offer = Offer.objects.lock(offer.pk)
    if offer.state == Offer.State.NOT_NOW:
        return offer
    require(rules.why_not_answer(offer, by=by, now=now))
    offer.queue_place.passed.add(offer.workshop_id)
    close_offer(offer, Offer.State.NOT_NOW, State.WAITING, now=now)
    record(queue.topic, facts.OfferPutOff(queue.pk, offer.pk, offer.workshop_id), by=by, at=now)
    feed_all(workshops, by=by, now=now)
    return offer


def tend_queues(*, by: Actor, now: datetime) -> int:
    """End offers that nobody answered and give free seats on, one queue after the other; how many queues.

    Asking twice is the same as once.
    """
    waited_for = Queue.objects.filter(places__in=QueuePlace.objects.live()).distinct().order_by("pk")
    queues = list(waited_for)
    for queue in queues:
        tend_queue(queue, by=by, now=now)
    return len(queues)


@transaction.atomic
def tend_queue(queue: Queue, *, by: Actor, now: datetime) -> None:
    overdue = Offer.objects.overdue(now).filter(queue_place__queue=queue)
    workshops = lock_workshops(queue, now, *overdue.values_list("workshop", flat=True))
    for workshop in workshops:
        release_overdue(workshop, by=by, now=now)
    # Whoever went behind, or waits again, may fit a seat of another date.
    feed_all(workshops, by=by, now=now)


def _wished(
    workshops: list[Workshop], seats: int, dates: Collection[str] | None, now: datetime
) -> list[Workshop]:  # fmt: skip
    """The chosen workshops, none for any date. Raises Refused, also where a date can simply be booked."""
    offered = [one for one in workshops if not rules.why_not_feed(one, getattr(one, "sale", None), now=now)]
    wished = [one for one in offered if dates is None or one.public_id in dates]
    require(rules.why_not_wish(seats, is_any=dates is None, chosen=len(wished)))
    require(rules.why_not_wait(seats, wished))
    return [] if dates is None else wished
