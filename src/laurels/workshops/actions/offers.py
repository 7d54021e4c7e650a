"""Free seats go to the queue first, in the transaction that frees them. The caller holds the workshop's row.

Rows are locked in this order: workshops (by id), queue, orders. Whoever frees seats and credits money feeds first.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.workshops import facts, rules
from laurels.workshops.models import Offer, Place, Queue, QueuePlace, Sale, Workshop

State = Offer.State


def feed_queue(workshop: Workshop, *, by: Actor, now: datetime) -> list[Offer]:
    """Offer the free seats of a workshop whose row the caller holds to whose turn it is; nobody who fits is passed."""
    queue = lock_queue(workshop)
    sale = Sale.objects.filter(workshop=workshop).first()
    if queue is None or rules.why_not_feed(workshop, sale, now=now):
        return []
    free, made = workshop.seats_left(), []
    while free and (place := _next(queue, workshop, free)):
        made.append(_offer(queue, place, workshop, by=by, now=now))
        free -= place.seats
    return made


def lock_workshops(queue: Queue, now: datetime, *others: int | None) -> list[Workshop]:
    """Whatever may be given out, and the workshops of these keys; always in the same order."""
    upcoming = queue.workshops.upcoming(now).values("pk")
    wanted = Q(pk__in=upcoming) | Q(pk__in=[pk for pk in others if pk])
    return list(Workshop.objects.filter(wanted).select_for_update().order_by("pk"))


def feed_all(workshops: list[Workshop], *, by: Actor, now: datetime) -> None:
    """``feed_queue`` for workshops whose rows the caller holds, the soonest first."""
    for workshop in sorted(workshops, key=lambda one: (one.starts_on, one.pk)):
        feed_queue(workshop, by=by, now=now)


def lock_queue(workshop: Workshop) -> Queue | None:
    """The queue's row, locked; None where nobody has ever waited."""
    return Queue.objects.of(workshop).select_for_update().first()


def expire_overdue(workshop: Workshop, *, by: Actor, now: datetime) -> int:
    """Whoever did not answer in time goes behind the others; how many. The seats are free, and not yet given on."""
    if not workshop.offers.overdue(now).exists():
        return 0
    queue = lock_queue(workshop)
    assert queue is not None
    overdue = list(workshop.offers.overdue(now).select_related("queue_place").order_by("queue_place__turn"))
    for offer in overdue:
        offer.queue_place.turn, offer.queue_place.goes_first = next_turn(queue), False
        offer.queue_place.passed.add(workshop)
        close_offer(offer, State.EXPIRED, QueuePlace.State.WAITING, now=now)
        record(queue.topic, facts.OfferExpired(queue.pk, offer.pk, workshop.pk), by=by, at=now)
    return len(overdue)


def withdraw_offers(workshop: Workshop, offers: Iterable[int], *, by: Actor, now: datetime) -> None:
    """The seats are not to be had after all: whoever was offered them waits where they stood."""
    open_ones = workshop.offers.open().filter(pk__in=offers)
    queue = lock_queue(workshop) if open_ones.exists() else None
    for offer in open_ones.select_related("queue_place").order_by("pk") if queue else []:
        close_offer(offer, State.WITHDRAWN, QueuePlace.State.WAITING, now=now)
        record(queue.topic, facts.OfferWithdrawn(queue.pk, offer.pk, workshop.pk), by=by, at=now)  # type: ignore[union-attr]


def offer_to_take(workshop: Workshop, places: Iterable[int], *, by: Actor, now: datetime) -> Offer | None:
    """The offer that holds these places, locked with its queue; None for none. Raises Refused."""
    found = Offer.objects.filter(places__in=places, workshop=workshop).first() if places else None
    if found is None:
        return None
    lock_queue(workshop)
    offer = Offer.objects.lock(found.pk)
    require(rules.why_not_answer(offer, by=by, now=now))
    return offer


def mark_taken(offer: Offer, used: Iterable[Place], *, by: Actor, now: datetime) -> None:
    """What was offered is bought; places that were not wanted after all are free for the next."""
    queue = offer.queue_place.queue
    kept = {place.pk for place in used}
    is_less = bool(offer.places.held().exclude(pk__in=kept).update(state=Place.State.RELEASED))
    _answer(offer, State.TAKEN, QueuePlace.State.TAKEN, now=now)
    record(queue.topic, facts.OfferTaken(queue.pk, offer.pk, offer.workshop_id), by=by, at=now)
    if is_less:
        feed_queue(offer.workshop, by=by, now=now)


def close_offer(offer: Offer, state: Offer.State, place_state: QueuePlace.State, *, now: datetime) -> None:
    """End an open offer that is not taken: its seats are free. The caller records why, and feeds."""
    offer.places.held().update(state=Place.State.RELEASED)
    _answer(offer, state, place_state, now=now)


def take_back_unpaid(offer: Offer, *, by: Actor, now: datetime) -> None:
    """What was taken was not paid in time: whoever took it waits again, where they stood the first time, and afterwards
    behind the others. For an offer whose queue's row the caller holds and whose seats are free again.
    """
    queue, place = offer.queue_place.queue, offer.queue_place
    is_first = not place.offers.filter(state=State.UNPAID).exists()
    place.passed.add(offer.workshop_id)
    if joined_again := queue.places.live().filter(person=place.person_id).exclude(pk=place.pk).first():
        _answer(offer, State.UNPAID, QueuePlace.State.TAKEN, now=now)
        _stand_earlier(queue, joined_again, place, is_first=is_first)
    else:
        place.turn = place.turn if is_first else next_turn(queue)
        _answer(offer, State.UNPAID, QueuePlace.State.WAITING, now=now)
    record(queue.topic, facts.OfferUnpaid(queue.pk, offer.pk, offer.workshop_id), by=by, at=now)


def _stand_earlier(queue: Queue, place: QueuePlace, former: QueuePlace, *, is_first: bool) -> None:
    """They have joined again meanwhile: their wish is the new one, their turn the one that they had."""
    if not is_first or former.turn > place.turn:
        return
    turn, former.turn = former.turn, next_turn(queue)
    former.save(update_fields=["turn"])
    place.turn = turn
    place.save(update_fields=["turn"])


def next_turn(queue: Queue) -> int:
    """The turn behind all others, of a queue whose row the caller holds."""
    queue.latest_turn += 1
    queue.save(update_fields=["latest_turn"])
    return queue.latest_turn


def _answer(offer: Offer, state: Offer.State, place_state: QueuePlace.State, *, now: datetime) -> None:
    place = offer.queue_place
    offer.state, offer.answered_at = state, now
    offer.save(update_fields=["state", "answered_at"])
    place.state = place_state
    place.ended_at = None if place.is_live else now
    place.save(update_fields=["state", "turn", "goes_first", "ended_at"])


def _next(queue: Queue, workshop: Workshop, free: int) -> QueuePlace | None:
    return queue.places.waiting().wanting(workshop).filter(seats__lte=free).in_turn().first()


def _offer(queue: Queue, place: QueuePlace, workshop: Workshop, *, by: Actor, now: datetime) -> Offer:
    until = rules.expires_at(workshop, now)
    offer = Offer.objects.create(
        queue_place=place, workshop=workshop, seats=place.seats, made_at=now, expires_at=until
    )  # fmt: skip
    held = [Place(workshop=workshop, offer=offer, held_until=until, made_at=now) for _seat in range(place.seats)]
    Place.objects.bulk_create(held)
    place.state = QueuePlace.State.OFFERED
    place.save(update_fields=["state"])
    record(queue.topic, facts.OfferMade(queue.pk, offer.pk, workshop.pk), by=by, at=now)
    return offer
