"""What people are told after booking: a seat moved or given away, a workshop called off, a decision due."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.journal.actions import record
from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.mail.actions import write
from laurels.mail.models import Letter
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
    """The one letter about a workshop that was called off to whoever has paid, with a link of its own."""
    workshop, buyer = choice.workshop, choice.order.buyer
    if choice.answer:
        return None
    more = {
        "reason": workshop.cancellation.reason,
        "amount": str(queries.at_stake(choice)),
        "until": date_format(day_in(workshop.zone, choice.refunded_on), "j F Y"),
        "link": _address("choice", new_link(choice, now=now)),
    }
    own = [] if is_reminder else [seat for seat in queries.released_seats(choice) if seat.person_id == buyer.pk]
    files = [one for seat in own for one in _dates(seat)]
    key = "choice-reminder" if is_reminder else "workshop-cancelled-choose"
    return _write(key, workshop, buyer, str(buyer), more, files, is_secret=True, by=by, now=now)


@transaction.atomic
def tell_of_choice(choice: Choice, *, by: Actor, now: datetime) -> Letter | None:
    """Say what follows from the answer, or from none."""
    more = {"outcome": _outcome(choice), "link": _address("order", choice.order.public_id)}
    buyer = choice.order.buyer
    return _write("choice-noted", choice.workshop, buyer, str(buyer), more, by=by, now=now)


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
    if choice.answer == Choice.Answer.STAY:
        return _("Your money waits for the next date. You can still choose another date, or have it back.")
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
