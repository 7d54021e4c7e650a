"""Writing to people whose terms end: each reminder once, in parts that several workers share."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from laurels.credentials.models import Term
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refused
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.people.models import Organisation, Person
from laurels.people.queries import primary_email
from laurels.programmes.queries import letter_template, policy_in_force
from laurels.programmes.rules.renewal import Conditions, conditions, reminder_days, units_in_words
from laurels.renewals import facts, queries, rules
from laurels.renewals.models import Reminder, Run, RunPart

CHUNK = 500
# So many terms are worth a part of their own; more parts than a machine has cores bring nothing.
PART_LEAST = 2_000
PARTS_MOST = 16


@transaction.atomic
def remind(term: Term, days: int, *, by: Actor, now: datetime) -> Reminder:
    """Write to the holder that the term ends, with price and missing units; the same reminder is written once.

    What else of theirs at the body falls due for the same reason stands in the same letter: they often renew together.
    """
    # The holder's row orders it: another worker may have their other term in hand.
    Person.objects.lock(term.certification.person_id)
    if earlier := Reminder.objects.filter(term=term, days=days).first():
        return earlier
    terms = _due_with(term, days, now)
    letter = _letter(terms, by=by, now=now)
    reminders = {one.pk: Reminder.objects.create(term=one, days=days, letter=letter, at=now) for one in terms}
    for one in terms:
        fact = facts.RenewalReminded(one.certification_id, reminders[one.pk].pk)
        record(one.certification.topic, fact, by=by, at=now)
    return reminders[term.pk]


def remind_all(body: Organisation, *, by: Actor, now: datetime) -> int:
    """Every reminder that is due at the body, and how many they were. Each by itself: broken off, it goes on later."""
    return sum(remind_part(part, by=by, now=now) for part in plan_reminders(body, now=now))


@transaction.atomic
def plan_reminders(body: Organisation, *, now: datetime) -> list[RunPart]:
    """The parts of the day's run that are not finished. A run that was begins again, for terms may have changed since.

    How far it is stands in its ``Run``, written after each portion.
    """
    today = day_in(body.zone, now)
    if not (days := _days(body, today)):
        return []
    Organisation.objects.select_for_update().get(pk=body.pk)
    total = queries.ending_count(body, today, days)
    run, _is_new = Run.objects.get_or_create(body=body, on=today, defaults={"total": total, "begun_at": now})
    if run.finished_at is not None or not run.parts.exists():
        run.parts.all().delete()
        run.seen, run.total, run.finished_at = 0, total, None
        run.save(update_fields=["seen", "total", "finished_at"])
        edges = queries.ending_edges(body, today, days, min(PARTS_MOST, 1 + total // PART_LEAST))
        RunPart.objects.bulk_create(RunPart(run=run, after=after, final=final) for after, final in edges)
    return list(run.parts.filter(finished_at=None).select_related("run__body").order_by("pk"))


def remind_part(part: RunPart, *, by: Actor, now: datetime) -> int:
    """What is due in it, and how many letters that were; it goes on where it was."""
    run, written = part.run, 0
    days = _days(run.body, run.on)
    while days and (terms := queries.ending_terms(run.body, run.on, days, part.after, part.final, CHUNK)):
        policy = policy_in_force(run.body, run.on)
        asks = conditions(policy.key, policy.parameters)
        fresh = sum(_remind_if_due(term, asks, run.on, by=by, now=now) for term in terms)
        _note(part, terms[-1].pk, len(terms), fresh)
        written += fresh
    _finish(part, now)
    return written


@transaction.atomic
def _note(part: RunPart, after: int, seen: int, written: int) -> None:
    # Of two workers who have the same part only one is ahead, and only what is new is counted.
    if RunPart.objects.filter(pk=part.pk, after=part.after).update(after=after):
        Run.objects.filter(pk=part.run_id).update(seen=F("seen") + seen, written=F("written") + written)
    part.after = after


@transaction.atomic
def _finish(part: RunPart, now: datetime) -> None:
    run = Run.objects.select_for_update().get(pk=part.run_id)
    run.parts.filter(pk=part.pk).update(finished_at=now)
    if not run.parts.filter(finished_at=None).exists():
        run.finished_at = now
        run.save(update_fields=["finished_at"])


def _days(body: Organisation, today: date) -> Collection[int]:
    """On which days before an end the rules of the day write; none where there are no rules."""
    try:
        policy = policy_in_force(body, today)
    except Refused:
        return ()
    return reminder_days(conditions(policy.key, policy.parameters))


def _remind_if_due(term: Term, asks: Conditions, today: date, *, by: Actor, now: datetime) -> bool:
    due = _due(term, asks, today)
    # What was read a portion ago may have been said since, together with another term of the same holder.
    if due is None or Reminder.objects.filter(term=term, days=due).exists():
        return False
    remind(term, due, by=by, now=now)
    return True


def _due_with(term: Term, days: int, now: datetime) -> list[Term]:
    """The term, and those of the same holder at the body whose reminder is due today and for the same reason."""
    body = term.certification.scheme.body
    today, policy = day_in(body.zone, now), policy_in_force(body, day_in(body.zone, now))
    asks = conditions(policy.key, policy.parameters)
    others = [
        one
        for one in queries.ending_of(term.certification.person_id, body, today, reminder_days(asks))
        if one.pk != term.pk and _due(one, asks, today) == days
    ]
    return sorted([term, *others], key=lambda one: (one.valid_until or today, one.certification_id))


def _due(term: Term, asks: Conditions, today: date) -> int | None:
    if term.valid_until is None:
        return None
    sent = {one.days for one in term.reminders.all()}
    return rules.due_reminder(term.valid_until, today, reminder_days(asks, term.valid_until), sent)


def _letter(terms: Sequence[Term], *, by: Actor, now: datetime) -> Letter | None:
    """None for whoever has no address, or has a renewal waiting to be paid."""
    held = [one.certification for one in terms]
    person, body, language = held[0].person, held[0].scheme.body, held[0].person.language
    email = primary_email(person)
    offer = queries.offer(person, body, [one.scheme.code for one in held], now=now)
    if not email or offer.open:
        return None
    with override(language):
        ends = [date_format(one.valid_until, "j F Y") for one in terms if one.valid_until]
        listed = [
            _("%(scheme)s (%(number)s), valid until %(day)s")
            % {"scheme": one.scheme.name, "number": one.number, "day": day}
            for one, day in zip(held, ends, strict=True)
        ]
        schemes = get_text_list([one.scheme.name for one in held], _("and"))
        ends_on = get_text_list(list(dict.fromkeys(ends)), _("and"))
    values = {
        "scheme": schemes,
        "ends_on": ends_on,
        "name": held[0].name,
        "number": ", ".join(one.number for one in held),
        "certificates": "; ".join(listed),
        "body": body.name,
        "price": str(offer.quote.fee or ""),
        "units": units_in_words(offer.quote.minutes_missing),
        "link": f"{settings.PUBLIC_URL}/renewals",
    }
    return write(
        "renewal-reminder",
        letter_template(body, "renewal-reminder", language),
        to=email,
        values=values,
        person=person,
        sender_name=body.name,
        topic=held[0].topic,
        by=by,
        now=now,
    )
