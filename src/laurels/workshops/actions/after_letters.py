"""What people are told after booking: a seat moved or given away, a workshop called off, a decision due."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.journal.actions import record
from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.payments.models import Order
from laurels.people.models import Person, Role
from laurels.programmes.queries import letter_template
from laurels.workshops import facts, queries, rules
from laurels.workshops.actions.choices import new_link
from laurels.workshops.models import Choice, Seat, Workshop

type Files = Sequence[tuple[str, str, bytes]]


@transaction.atomic
def tell_of_move(seat: Seat, moved: Seat, *, by: Actor, now: datetime) -> Letter | None:
    """One letter for both dates: the old one leaves the calendar, the new one comes in."""
    more = {
        "old_dates": queries.dates_in_words(seat.workshop),
        "place": queries.place_in_words(moved.workshop),
        "link": _address("seat", moved.public_id),
    }
    files = [*_dates(seat), *_dates(moved)]
    return _write("seat-moved", moved.workshop, moved.person, moved.name, more, files, by=by, now=now)


@transaction.atomic
def tell_of_substitution(seat: Seat, given: Seat, *, by: Actor, now: datetime) -> Letter | None:
    """To whoever does not come: a colleague does, and the dates leave the calendar."""
    more = {"colleague": given.name, "link": _address("seat", seat.public_id)}
    return _write("seat-substituted", seat.workshop, seat.person, seat.name, more, _dates(seat), by=by, now=now)


@transaction.atomic
def ask_to_choose(choice: Choice, *, is_reminder: bool = False, by: Actor, now: datetime) -> Letter | None:
    """The one letter about a workshop that was called off to whoever chooses, with a link of its own.

    Where nothing was paid it speaks of the place, not of money.
    """
    workshop, chooser = choice.workshop, choice.chooser
    if choice.answer:
        return None
    more = {"reason": workshop.cancellation.reason, "link": _address("choice", new_link(choice, now=now))}
    more["until"] = date_format(day_in(workshop.zone, choice.refunded_on), "j F Y")
    if choice.has_money:
        key = "choice-reminder" if is_reminder else "workshop-cancelled-choose"
        more["amount"] = str(queries.at_stake(choice))
    else:
        key = "workshop-cancelled-place"
    own = [] if is_reminder else [seat for seat in queries.released_seats(choice) if seat.person_id == chooser.pk]
    files = [one for seat in own for one in _dates(seat)]
    name = own[0].name if choice.order is None and own else str(chooser)
    return _write(key, workshop, chooser, name, more, files, is_secret=True, by=by, now=now)


@transaction.atomic
def tell_of_choice(choice: Choice, *, by: Actor, now: datetime) -> Letter | None:
    """Say what follows from the answer, or from none."""
    order, chooser = choice.order, choice.chooser
    link = _address("order", order.public_id) if order else _address("workshop", choice.workshop.public_id)
    more = {"outcome": _outcome(choice), "link": link}
    return _write("choice-noted", choice.workshop, chooser, str(chooser), more, by=by, now=now)


@transaction.atomic
def tell_of_confirmation(workshop_id: int, *, by: Actor, now: datetime) -> list[Letter]:
    """Everybody with a seat, and whoever bought for others, hears once that it will be held. None when it is off."""
    workshop = Workshop.objects.select_related("course__scheme__body", "provider").get(pk=workshop_id)
    if workshop.state == Workshop.State.CANCELLED:
        return []
    place = {"place": queries.place_in_words(workshop)}
    told: dict[int, Letter | None] = {}
    for seat in workshop.seats.filled().select_related("person").order_by("pk"):
        more = place | {"link": _address("seat", seat.public_id)}
        told[seat.person_id] = _write("workshop-confirmed", workshop, seat.person, seat.name, more, by=by, now=now)
    here = Q(seats__in=workshop.seats.filled()) | Q(places__in=workshop.places.open())
    for order in Order.objects.filter(here, cancelled_at=None).distinct().select_related("buyer").order_by("pk"):
        if order.buyer_id not in told:
            more = place | {"link": _address("booking", order.public_id)}
            name = order.bill_to.get("name") or str(order.buyer)
            told[order.buyer_id] = _write("workshop-confirmed", workshop, order.buyer, name, more, by=by, now=now)
    return [letter for letter in told.values() if letter]


@transaction.atomic
def ask_to_decide(workshop: Workshop, *, by: Actor, now: datetime) -> list[Letter]:
    """Ask the provider's staff whether it will be held: three days before the promised day, and on it. Once each."""
    workshop = Workshop.objects.lock(workshop.pk)
    today = workshop.day_of(now)
    how = rules.running(workshop, workshop.count_filled(), today=today)
    if how.decide_on is None or not how.is_soon:
        return []
    fact = facts.DecisionAsked(workshop.pk, how.decide_on.isoformat(), how.is_due)
    asked = Entry.objects.about(workshop.topic).of(facts.DecisionAsked)
    if any((one.payload["decide_on"], one.payload["is_final"]) == (fact.decide_on, fact.is_final) for one in asked):
        return []
    record(workshop.topic, fact, by=by, at=now)
    more = {
        "decide_on": date_format(how.decide_on, "j F Y"),
        "booked": how.words.split(" – ")[0],
        "link": _address("desk-workshop", workshop.public_id),
    }
    roles = Role.objects.filter(organisation=workshop.provider_id, kind__in=[Role.Kind.STAFF, Role.Kind.OWNER])
    staff = Person.objects.filter(pk__in=roles.values("person")).order_by("pk")
    letters = [_write("workshop-decide", workshop, one, str(one), more, by=by, now=now) for one in staff]
    return [letter for letter in letters if letter]


def ask_all_to_decide(*, by: Actor, now: datetime) -> int:
    """``ask_to_decide`` wherever a day was promised; how many letters."""
    promised = Workshop.objects.filter(state=Workshop.State.ANNOUNCED, sale__decide_on__isnull=False)
    return sum(len(ask_to_decide(workshop, by=by, now=now)) for workshop in promised.order_by("pk"))


def _outcome(choice: Choice) -> str:
    if choice.answer == Choice.Answer.MOVE and choice.moved_to:
        return _("You are booked for %(dates)s instead.") % {"dates": queries.dates_in_words(choice.moved_to)}
    if choice.answer == Choice.Answer.STAY and not choice.has_money:
        return _("You stand first in the queue and hear of the next free seats. You can still choose another date.")
    if choice.answer == Choice.Answer.STAY:
        return _("Your money waits for the next date. You can still choose another date, or have it back.")
    if not choice.has_money:
        return _("You do not come to another date, and owe nothing.")
    return _("Everything you paid goes back, by the way it came.")


def _write(
    key: str,
    workshop: Workshop,
    person: Person,
    name: str,
    more: dict[str, str],
    files: Files = (),
    *,
    is_secret: bool = False,
    by: Actor,
    now: datetime,
) -> Letter | None:
    if not person.email:
        return None
    values = {
        "name": name,
        "course": workshop.course.title,
        "dates": queries.dates_in_words(workshop),
        "provider": workshop.provider.name,
    }
    return write(
        key,
        letter_template(workshop.course.scheme.body, key, person.language),
        to=person.email,
        values=values | more,
        person=person,
        sender_name=workshop.provider.name,
        topic=workshop.topic,
        is_secret=is_secret,
        attachments=files,
        by=by,
        now=now,
    )


def _dates(seat: Seat) -> list[tuple[str, str, bytes]]:
    return queries.seat_attachments(seat)


def _address(page: str, name: str) -> str:
    return settings.PUBLIC_URL + reverse(page, args=[name])
