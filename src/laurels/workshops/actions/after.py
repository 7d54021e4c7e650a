"""After booking: given back, moved to another date, given to a colleague. The money follows in the same transaction.

Locked in this order: workshops by id, the seat, its orders by id.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal, require
from laurels.payments.actions import credit, place_order
from laurels.payments.models import Order
from laurels.payments.models.orders import Way
from laurels.payments.queries import billing_of, ways_offered
from laurels.payments.rules import why_not_touch
from laurels.people.actions import meet
from laurels.workshops import facts, rules
from laurels.workshops.actions.coupons import free_code_with_seat
from laurels.workshops.actions.offers import feed_queue, lock_queue
from laurels.workshops.actions.places import release_overdue
from laurels.workshops.models import Confidence, Expectation, Place, Sale, Seat, Surcharge, Workshop
from laurels.workshops.queries.terms import Stake, move_quote, refund_quote, stakes, taken, terms_of_workshop, worth_of
from laurels.workshops.rules import Attendee, MoveQuote

State = Seat.State


@transaction.atomic
def cancel_seat(
    seat: Seat,
    *,
    expected: int | None = None,
    gives_all_back: bool = False,
    reason: str = "",
    by: Actor,
    now: datetime,
) -> Seat:
    """Give the seat back; twice is the same as once. Its terms say what is not owed or comes back to the buyer.

    ``expected`` is the quote in minor units that was shown before the click: another one by now is refused. Staff may
    say that everything goes back, and why. Raises Refused.
    """
    workshop = Workshop.objects.lock(seat.workshop_id)
    lock_queue(workshop)
    seat = Seat.objects.lock(seat.pk)
    if seat.state == State.CANCELLED:
        return seat
    require(rules.why_not_cancel_seat(seat, workshop, by=by))
    held = locked_stakes(seat, by=by)
    if gives_all_back:
        require(rules.why_not_give_all_back(workshop, reason=reason, by=by))
        back = worth_of(seat, workshop)
    else:
        back = refund_quote(seat, workshop, now=now).back
        require(rules.why_not_quoted(expected, back.minor))
    give_back(held, back.minor, reason.strip() or given_back_in_words(seat, workshop), by=by, now=now)
    _give_up(seat, State.CANCELLED, now=now)
    free_code_with_seat(seat, now=now)
    feed_queue(workshop, by=by, now=now)
    record(workshop.topic, facts.SeatCancelled(workshop.pk, seat.pk), by=by, at=now)
    return seat


@transaction.atomic
def move_seat(seat: Seat, target: Workshop, *, expected: int | None = None, by: Actor, now: datetime) -> Seat:
    """A seat in ``target`` instead: the new one; moving it there again gives the same. Raises Refused.

    A cheaper date gives the difference back, a dearer one and the fee of the terms make a small order of their own.
    ``expected`` is what was shown before the click, in minor units, above zero when it is due.
    """
    workshop, target = lock_both(seat.workshop_id, target.pk)
    lock_queue(workshop)
    seat = Seat.objects.lock(seat.pk)
    if moved := Seat.objects.filter(replaces=seat, workshop=target).first():
        return moved
    require(rules.why_not_move_seat(seat, workshop, by=by))
    held = locked_stakes(seat, by=by)
    quote = move_quote(seat, workshop, target, now=now)
    require(rules.why_not_move_to(seat, workshop, target, quote, by=by))
    assert not isinstance(quote, Refusal)
    require(rules.why_not_quoted(expected, quote.net))
    require_room(target, 1, by=by, now=now)
    require(rules.why_not_seat_twice(target.seats.of(seat.person).first()))
    worth = move_money(seat, workshop, target, held, quote, by=by, now=now)
    _give_up(seat, State.TRANSFERRED, now=now)
    moved = seat_instead(seat, target, worth=worth, now=now)
    feed_queue(workshop, by=by, now=now)
    record(workshop.topic, facts.SeatMoved(workshop.pk, seat.pk, target.pk, moved.pk), by=by, at=now)
    record(target.topic, facts.SeatTaken(target.pk, moved.pk), by=by, at=now)
    return moved


@transaction.atomic
def substitute(seat: Seat, attendee: Attendee, *, by: Actor, now: datetime) -> Seat:
    """A colleague comes instead, for nothing: their seat; saying it again gives the same. Raises Refused."""
    workshop = Workshop.objects.lock(seat.workshop_id)
    seat = Seat.objects.lock(seat.pk)
    taken_by = Seat.objects.filter(replaces=seat, workshop=workshop).first()
    if taken_by and taken_by.person.addresses.of_email(attendee.email).exists():
        return taken_by
    require(rules.why_not_substitute(seat, workshop, attendee, by=by))
    person = meet(attendee.email, attendee.name, by=by, now=now)
    require(rules.why_not_seat_twice(workshop.seats.of(person).first()))
    given = Seat(person=person, name=" ".join(attendee.name.split()), company=attendee.company or seat.company)
    _give_up(seat, State.SUBSTITUTED, now=now)
    given = seat_instead(seat, workshop, worth=seat.worth_minor, given=given, now=now)
    record(workshop.topic, facts.SeatSubstituted(workshop.pk, seat.pk, given.pk), by=by, at=now)
    record(workshop.topic, facts.SeatTaken(workshop.pk, given.pk), by=by, at=now)
    return given


def lock_both(one: int, other: int) -> tuple[Workshop, Workshop]:
    """Both workshops' rows, locked by id so that two who move towards each other do not wait for ever."""
    locked = {pk: Workshop.objects.lock(pk) for pk in sorted({one, other})}
    return locked[one], locked[other]


def give_back(held: list[Stake], minor: int, reason: str, *, by: Actor, now: datetime) -> None:
    """``minor`` is not owed any more, or goes back: for stakes of orders whose rows the caller holds."""
    for stake, part in taken(held, minor):
        credit(stake.order, Money(part, stake.order.currency), reason, by=by, now=now)


def require_room(target: Workshop, seats: int, *, by: Actor, now: datetime) -> None:
    """Room for so many on that date, for a caller who holds its row. Raises Refused."""
    release_overdue(target, by=by, now=now)
    sale = Sale.objects.filter(workshop=target).first()
    require(rules.why_not_invited(sale, target, "", by=by) if sale else None)
    require(rules.why_not_room_for(target, seats, by=by, now=now))


def seat_instead(seat: Seat, workshop: Workshop, *, worth: int, given: Seat | None = None, now: datetime) -> Seat:
    """The seat that takes the given-up ``seat``'s place, of the same person unless ``given`` is somebody else's."""
    instead = given or Seat(person=seat.person, name=seat.name, company=seat.company)
    instead.workshop, instead.order, instead.worth_minor = workshop, seat.order, worth
    instead.replaces, instead.taken_at = seat, now
    instead.save()
    Surcharge.objects.filter(seat=seat).update(seat=instead)
    if given is None:
        # What they told the trainer before class is about the course, so it comes along.
        Expectation.objects.filter(seat=seat).update(seat=instead)
        Confidence.objects.filter(seat=seat).update(seat=instead)
    return instead


def locked_stakes(seat: Seat | Place, *, by: Actor) -> list[Stake]:
    """The seat's stakes with the rows of their orders locked. Raises Refused where one is frozen."""
    for pk in sorted({stake.order.pk for stake in stakes(seat)}):
        require(why_not_touch(Order.objects.lock(pk), by=by))
    # Read again: what was credited a moment before the lock is not credited twice.
    return stakes(type(seat).objects.get(pk=seat.pk))


def move_money(
    seat: Seat | Place,
    workshop: Workshop,
    target: Workshop,
    held: list[Stake],
    quote: MoveQuote,
    *,
    by: Actor,
    now: datetime,
) -> int:
    """Credit or ask for what the move makes; what the new seat is worth in its first order."""
    day = date_format(target.starts_on, "j F Y")
    words = _("%(name)s: moved to %(day)s") % {"name": called(seat), "day": day}
    give_back(held, quote.back.minor, words, by=by, now=now)
    worth = 0
    for stake, less in taken(held, min(max(0, -quote.difference.minor), worth_of_all(held))):
        if stake.surcharge:
            stake.surcharge.worth_minor = stake.minor - less
            stake.surcharge.save(update_fields=["worth_minor"])
        else:
            worth = stake.minor - less
    if quote.due.minor:
        order = _ask_more(seat, target, quote, by=by, now=now)
        more = quote.worth.minor - worth_of_all(held) if quote.difference.minor > 0 else 0
        of = {"place": seat} if isinstance(seat, Place) else {"seat": seat}
        Surcharge.objects.create(**of, order=order, worth_minor=max(0, more))
    return worth


def worth_of_all(held: list[Stake]) -> int:
    return sum(stake.minor for stake in held)


def _ask_more(seat: Seat | Place, target: Workshop, quote: MoveQuote, *, by: Actor, now: datetime) -> Order:
    first, seller = seat.order, target.provider
    buyer = first.buyer if first else seat.person if isinstance(seat, Seat) else None
    assert buyer is not None
    words = _("Another date in %(course)s, %(day)s")
    return place_order(
        seller,
        buyer,
        description=words % {"course": target.course.title, "day": date_format(target.starts_on, "j F Y")},
        amount=Money(sum(line.minor for line in quote.lines), target.currency),
        lines=quote.lines,
        way=Way.TRANSFER if Way.TRANSFER in ways_offered(seller) else Way.CARD,
        bill_to=first.bill_to if first else {},
        terms=first.terms if first else terms_of_workshop(target).as_data(),
        due_on=day_in(seller.zone, now) + timedelta(days=billing_of(seller).due_days),
        by=by,
        now=now,
    )


def _give_up(seat: Seat, state: Seat.State, *, now: datetime) -> None:
    seat.state, seat.cancelled_at = state, now
    seat.save(update_fields=["state", "cancelled_at"])


def called(seat: Seat | Place) -> str:
    """Whose it is, for the lines of papers."""
    return seat.name or _("A seat without a name")


def given_back_in_words(seat: Seat | Place, workshop: Workshop) -> str:
    words = _("%(name)s: seat in %(course)s, %(day)s, given back")
    day = date_format(workshop.starts_on, "j F Y")
    return words % {"name": called(seat), "course": workshop.course.title, "day": day}
