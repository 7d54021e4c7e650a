"""The verbs of the ledger. Lines are only ever added; the person's row orders them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from laurels.education import facts, queries, rules
from laurels.education.models import LedgerEntry
from laurels.education.rules.binding import is_kept_by, why_fixed
from laurels.education.rules.categories import why_not_category, why_not_hold
from laurels.education.rules.hours import why_not_in_steps
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.people.models import Person

# Whoever lives furthest east may already have tomorrow.
FURTHEST_EAST = "Pacific/Kiritimati"


@transaction.atomic
def report(
    person: Person,
    title: str,
    *,
    on: date,
    minutes: int,
    category: str,
    url: str = "",
    words: str = "",
    corrects: LedgerEntry | None = None,
    by: Actor,
    now: datetime,
) -> LedgerEntry:
    """What somebody says they did, on their own word. The same thing twice is refused. Raises Refused.

    What was taken back and is said again, as when a new line ``corrects`` it, stands for the line that said it first.
    """
    person = Person.objects.lock(person.pk)
    today, since = day_in(FURTHEST_EAST, now), queries.first_day()
    require(rules.why_not_report(person, title, on=on, minutes=minutes, today=today, since=since, by=by))
    bindings = queries.bindings(person, now)
    require(why_not_category(category, bindings, kept=corrects.category if corrects else ""))
    require(why_not_in_steps(minutes, bindings))
    title = title.strip()
    same = LedgerEntry.objects.of(person).standing().filter(title__iexact=title, on=on, minutes=minutes, source="self")
    require(rules.why_not_twice(same.first()))
    again = corrects or rules.said_before(queries.open_again(person), title, on)
    return _write(
        person,
        by=by,
        now=now,
        title=title,
        on=on,
        minutes=minutes,
        category=category,
        grade=LedgerEntry.Grade.SELF,
        evidence_url=url,
        evidence_text=words.strip(),
        stands_for=again and again.first_said,
        corrects=corrects,
    )


@transaction.atomic
def credit(
    person: Person,
    title: str,
    *,
    source: str,
    key: str,
    on: date,
    minutes: int,
    category: str,
    grade: str = LedgerEntry.Grade.SYSTEM,
    evidence: str = "",
    again: LedgerEntry | None = None,
    by: Actor,
    now: datetime,
) -> LedgerEntry:
    """What another stage vouches for: ``source`` and ``key`` name it, and it counts once.

    Asking twice gives the same entry. ``again`` is a line that was taken back and is now given back by this one.
    """
    person = Person.objects.lock(person.pk)
    if earlier := LedgerEntry.objects.of(person).earned().filter(source=source, source_key=key).first():
        return earlier
    today, since = day_in(FURTHEST_EAST, now), queries.first_day()
    require(rules.why_not_entry(on=on, minutes=minutes, today=today, since=since))
    require(why_not_hold(category))
    return _write(
        person,
        by=by,
        now=now,
        title=title,
        on=on,
        minutes=minutes,
        category=category,
        grade=grade,
        source=source,
        source_key=key,
        evidence_text=evidence,
        stands_for=again and again.first_said,
    )


@transaction.atomic
def reverse(entry: LedgerEntry, reason: str = "", *, by: Actor, now: datetime) -> LedgerEntry:
    """The line that takes ``entry`` back; asking twice gives the same. Raises Refused.

    Its owner can until the day that the rules binding them name; the body's staff can at any time, with a reason.
    """
    person = Person.objects.lock(entry.person_id)
    bindings = queries.bindings(person, now)
    require(rules.why_not_reverse(entry, reason, is_kept=is_kept_by(bindings, by), by=by))
    if earlier := LedgerEntry.objects.filter(takes_back=entry).first():
        return earlier
    require(why_fixed(entry, bindings, by=by))
    reversal = LedgerEntry.objects.create(
        person=person,
        title=entry.title,
        on=entry.on,
        minutes=-entry.minutes,
        category=entry.category,
        grade=entry.grade,
        source=entry.source,
        source_key=entry.source_key,
        takes_back=entry,
        reason=reason.strip()[:200],
        recorded_at=now,
    )
    record(reversal.topic, facts.EntryReversed(entry.pk, reversal.pk, person.pk), by=by, at=now)
    return reversal


def _write(person: Person, *, by: Actor, now: datetime, **fields: Any) -> LedgerEntry:
    entry = LedgerEntry.objects.create(person=person, recorded_at=now, **fields)
    record(entry.topic, facts.EntryRecorded(entry.pk, person.pk), by=by, at=now)
    return entry
