"""When a workshop is called off, whoever has a seat chooses: wait for the next date, take another one, or neither."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, secret_token
from laurels.kernel.refusal import Refused, require
from laurels.payments.models import Order
from laurels.payments.models.orders import Way
from laurels.workshops import facts, rules
from laurels.workshops.actions.after import called, give_back, locked_stakes, require_room, seat_instead
from laurels.workshops.actions.checkout import check_out
from laurels.workshops.actions.coupons import free_code_with_seat
from laurels.workshops.actions.offers import feed_all, lock_workshops
from laurels.workshops.actions.places import release_overdue
from laurels.workshops.actions.staying import stop_waiting, wait_first
from laurels.workshops.models import Choice, ChoiceLink, Offer, Place, Queue, Seat, Surcharge, Workshop
from laurels.workshops.queries.choices import released_places, released_seats
from laurels.workshops.queries.terms import cheaper_by, stakes, taken
from laurels.workshops.rules import Attendee, Basket

Answer = Choice.Answer


def offer_choices(workshop: Workshop, *, by: Actor, now: datetime) -> list[Choice]:
    """One choice for each order with people in a workshop that is being called off, and one for each person who had a
    seat without an order; the caller holds its row.
    """
    orders, people = _paid_orders(workshop), []
    paid = {order.pk for order in orders}
    due = {order.pk: order for order in _due_orders(workshop) if order.pk not in paid}
    covered = Surcharge.objects.filter(order__in=paid).values("seat")
    for seat in workshop.seats.filled().exclude(pk__in=covered).select_related("person").order_by("pk"):
        if seat.order_id not in paid and seat.order_id not in due:
            people.append(seat.person)
    choices = [Choice(order=order, workshop=workshop, asked_at=now) for order in [*orders, *due.values()]]
    choices += [Choice(person=person, workshop=workshop, asked_at=now) for person in people]
    return Choice.objects.bulk_create(choices)


def new_link(choice: Choice, *, now: datetime) -> str:
    """The secret of a new link to the choice; only its digest is kept."""
    secret = secret_token()
    ChoiceLink.objects.create(choice=choice, secret_digest=digest(secret), made_at=now)
    return secret


@transaction.atomic
def choose(
    choice: Choice, answer: str, *, target: Workshop | None = None, has_link: bool = False, by: Actor, now: datetime
) -> Choice:
    """Wait for the next date, be there on another one (``target``) at no extra cost, or have everything back.

    The same answer again changes nothing. ``has_link``: whoever asks came by the link in the letter. Raises Refused.
    """
    queue, workshops = _lock_all(choice, target, is_to_wait=answer == Answer.STAY, now=now)
    locked = {workshop.pk: workshop for workshop in workshops}
    choice = Choice.objects.lock(choice.pk)
    if choice.answer == answer and choice.moved_to_id == (target.pk if target else None):
        return choice
    require(rules.why_not_choose(choice, answer, by=by, has_link=has_link))
    workshop = locked[choice.workshop_id]
    if answer == Answer.MOVE:
        require(rules.why_not_other_date(workshop, target))
        assert target is not None
        # What is not there to be given any more is given back before their own offer makes room for them.
        release_overdue(locked[target.pk], by=by, now=now)
    if queue and choice.answer == Answer.STAY:
        stop_waiting(choice, queue, target, by=by, now=now)
    if answer == Answer.MOVE:
        assert target is not None
        _move(choice, workshop, locked[target.pk], by=choice.chooser.actor if has_link else by, now=now)
    if answer == Answer.REFUND:
        _give_up(choice, workshop, by=by, now=now)
    if answer == Answer.STAY:
        assert queue is not None
        seats = len(released_seats(choice)) + len(released_places(choice))
        wait_first(choice, queue, max(1, seats), by=by, now=now)
    choice.answer, choice.answered_at, choice.moved_to = answer, now, target if answer == Answer.MOVE else None
    choice.save(update_fields=["answer", "answered_at", "moved_to"])
    record(workshop.topic, facts.ChoiceAnswered(workshop.pk, choice.pk), by=by, at=now)
    if queue:
        feed_all([one for one in workshops if one.pk != workshop.pk], by=by, now=now)
    return choice


def _lock_all(
    choice: Choice, target: Workshop | None, *, is_to_wait: bool, now: datetime
) -> tuple[Queue | None, list[Workshop]]:
    """The queue of the choice's course, if anybody ever waited or is to, and all workshops this may change."""
    queue = Queue.objects.of(choice.workshop).first()
    if queue is None and is_to_wait:
        queue, _is_new = Queue.objects.get_or_create(
            provider_id=choice.workshop.provider_id, course_id=choice.workshop.course_id
        )
    pks = [choice.workshop_id, *([target.pk] if target else [])]
    if queue is None:
        return None, [Workshop.objects.lock(pk) for pk in sorted(set(pks))]
    offered = Offer.objects.open().filter(queue_place__choice=choice).values_list("workshop", flat=True)
    workshops = lock_workshops(queue, now, *pks, *offered)
    return Queue.objects.lock(queue.pk), workshops


def tend_choices(*, by: Actor, now: datetime) -> int:
    """Remind whoever has not answered in a week; after two the money goes back by itself. How many were touched."""
    touched = 0
    for choice in Choice.objects.overdue(now):
        # An order in dispute waits until it is settled.
        with suppress(Refused):
            choose(choice, Answer.REFUND, by=by, now=now)
            touched += 1
    for choice in Choice.objects.to_remind(now):
        touched += _note_reminder(choice, by=by, now=now)
    return touched


@transaction.atomic
def _note_reminder(choice: Choice, *, by: Actor, now: datetime) -> bool:
    choice = Choice.objects.lock(choice.pk)
    if choice.reminded_at or choice.answer:
        return False
    choice.reminded_at = now
    choice.save(update_fields=["reminded_at"])
    record(choice.workshop.topic, facts.ChoiceReminded(choice.workshop_id, choice.pk), by=by, at=now)
    return True


def _paid_orders(workshop: Workshop) -> list[Order]:
    filled, counting = workshop.seats.filled(), workshop.places.counting()
    paid = Order.objects.filter(payment__isnull=False)
    found = {order.pk: order for order in [*paid.filter(seats__in=filled), *paid.filter(places__in=counting)]}
    # A seat that was settled elsewhere can still have paid for being moved.
    alone = Surcharge.objects.filter(seat__in=filled, order__payment__isnull=False).select_related("order", "seat")
    for surcharge in alone.order_by("pk"):
        if surcharge.seat and surcharge.seat.order_id not in found:
            found[surcharge.order_id] = surcharge.order
    return [order for _pk, order in sorted(found.items()) if order.amount_minor > order.credited_minor]


def _due_orders(workshop: Workshop) -> list[Order]:
    filled, opened = workshop.seats.filled(), workshop.places.open()
    here = Q(seats__in=filled) | Q(places__in=opened)
    return list(Order.objects.filter(here, payment=None, cancelled_at=None).distinct().order_by("pk"))


def _move(choice: Choice, workshop: Workshop, target: Workshop, *, by: Actor, now: datetime) -> None:
    seats, places = released_seats(choice), released_places(choice)
    if choice.has_to_pay:
        _book_anew(choice, seats, len(places), target, by=by, now=now)
        return
    require_room(target, len(seats) + len(places), by=by, now=now)
    for seat in seats:
        require(rules.why_not_seat_twice(target.seats.of(seat.person).first()))
        moved = _move_seat(seat, workshop, target, by=by, now=now)
        record(target.topic, facts.SeatTaken(target.pk, moved.pk), by=by, at=now)
    for place in places:
        _move_place(place, workshop, target, by=by, now=now)


def _book_anew(choice: Choice, seats: list[Seat], unnamed: int, target: Workshop, *, by: Actor, now: datetime) -> None:
    """Nothing was paid and the invoice is cancelled: the other date is an order like any other, for the same people."""
    assert choice.order is not None
    attendees = tuple(Attendee(seat.name, seat.person.email, seat.company) for seat in seats)
    key = f"choice-{choice.public_id}"
    basket = Basket(attendees, unnamed=unnamed, way=Way.TRANSFER, bill_to=choice.order.bill_to, key=key)
    check_out(target, choice.chooser, basket, by=by, now=now)


def _move_seat(seat: Seat, workshop: Workshop, target: Workshop, *, by: Actor, now: datetime) -> Seat:
    return seat_instead(seat, target, worth=_cheaper(seat, workshop, target, by=by, now=now), now=now)


def _move_place(place: Place, workshop: Workshop, target: Workshop, *, by: Actor, now: datetime) -> None:
    worth = _cheaper(place, workshop, target, by=by, now=now)
    moved = Place.objects.create(
        workshop=target, order=place.order, state=Place.State.OPEN, worth_minor=worth, replaces=place, made_at=now
    )
    Surcharge.objects.filter(place=place).update(place=moved)
    _settle([place])


def _cheaper(one: Seat | Place, workshop: Workshop, target: Workshop, *, by: Actor, now: datetime) -> int:
    """What a cheaper date saves goes back; what it is worth there in its first order."""
    held = locked_stakes(one, by=by)
    less = cheaper_by(workshop, target, one.order, sum(stake.minor for stake in held))
    give_back(held, less, _moved_in_words(called(one), target), by=by, now=now)
    worth = 0
    for stake, part in taken(held, less):
        if stake.surcharge:
            Surcharge.objects.filter(pk=stake.surcharge.pk).update(worth_minor=stake.minor - part)
        else:
            worth = stake.minor - part
    return worth


def _give_up(choice: Choice, workshop: Workshop, *, by: Actor, now: datetime) -> None:
    """Everything that was paid goes back; the code with which it cost nothing may be used again."""
    if not choice.has_money:
        for seat in released_seats(choice):
            free_code_with_seat(seat, now=now)
        return
    day = date_format(workshop.starts_on, "j F Y")
    words = _("%(course)s, %(day)s, was cancelled") % {"course": workshop.course.title, "day": day}
    places = released_places(choice)
    lost: list[Seat | Place] = [*released_seats(choice), *places]
    for one in lost:
        locked_stakes(one, by=by)
        held = stakes(one, with_fees=True)
        give_back(held, sum(stake.minor for stake in held), words, by=by, now=now)
    _settle(places)


def _settle(places: Iterable[Place]) -> None:
    """What these places were worth is settled: money that comes late finds nothing left to give back."""
    for place in places:
        place.worth_minor = 0
        place.save(update_fields=["worth_minor"])


def _moved_in_words(name: str, target: Workshop) -> str:
    return _("%(name)s: moved to %(day)s") % {"name": name, "day": date_format(target.starts_on, "j F Y")}
