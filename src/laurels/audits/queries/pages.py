"""The body's queue, and one audit as its two sides see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from laurels.audits.models import Appeal, Audit, AuditedEntry, AuditQuerySet, Draw, Ruling
from laurels.education.models import LedgerEntry
from laurels.kernel.actor import Actor
from laurels.mail.models import Letter
from laurels.mail.queries import LetterLine, delivery_log
from laurels.people.models import Organisation, Person

PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    audited: AuditedEntry
    ruling: Ruling | None
    appeal: Appeal | None
    renewed: bool

    @property
    def entry(self) -> LedgerEntry:
        return self.audited.entry


@dataclass(frozen=True, slots=True)
class AuditPage:
    """``is_paused``: what the member holds is suspended until they answer."""

    audit: Audit
    lines: list[Line]
    is_missed: bool
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """``to_rule`` and ``appeals`` wait for the body, ``waiting`` for members; the oldest first."""

    bodies: list[Organisation]
    to_rule: list[Audit]
    appeals: list[Appeal]
    waiting: list[Audit]
    draws: list[Draw]


def audit_page(audit: Audit, today: date) -> AuditPage:
    entries = audit.entries.order_by("pk").prefetch_related(
        Prefetch("entry", LedgerEntry.objects.select_related("taken_back").with_proof()),
        Prefetch("rulings", Ruling.objects.select_related("by", "appeal")),
    )
    used = set(audit.entries.filter(entry__use__isnull=False).values_list("pk", flat=True))
    lines = []
    for one in entries:
        ruling = one.ruling
        lines.append(Line(one, ruling, getattr(ruling, "appeal", None), one.pk in used))
    is_open = audit.closed_at is None and audit.answered_at is None
    paused = audit.pauses.filter(suspension__lifted_at=None).exists()
    return AuditPage(audit, lines, is_open and today > audit.due_on, paused)


def queue(by: Actor) -> Queue:
    audits = Audit.objects.held_by(by).open().select_related("person", "body")
    appeals = Appeal.objects.filter(outcome="", ruling__audited__audit__in=Audit.objects.held_by(by))
    bodies = Organisation.objects.bodies().filter(pk__in=by.organisations("staff", "auditor")).order_by("name")
    return Queue(
        list(bodies),
        list(audits.filter(answered_at__isnull=False).order_by("answered_at")[:PAGE]),
        list(appeals.select_related("ruling__audited__audit__person").order_by("made_at")[:PAGE]),
        list(audits.filter(answered_at=None)[:PAGE]),
        list(Draw.objects.filter(body__in=bodies).order_by("-pk")[:10]),
    )


PAST_PAGE = 25


@dataclass(frozen=True, slots=True)
class Past:
    """Closed audits with how they ended; ``next_after`` begins the next page."""

    audits: list[Audit]
    next_after: str


def past_of(person: Person, after: str) -> Past:
    return _past(Audit.objects.filter(person=person), after)


def past_at(by: Actor, after: str) -> Past:
    """At the bodies where the actor is staff or auditor."""
    return _past(Audit.objects.held_by(by), after)


def _past(audits: AuditQuerySet, after: str) -> Past:
    """``after`` is the address of the last one of the page before, and must be among them."""
    rows = audits.closed().select_related("body", "person")
    if after and (last := audits.filter(public_id=after, closed_at__isnull=False).first()):
        rows = rows.filter(Q(closed_at__lt=last.closed_at) | Q(closed_at=last.closed_at, pk__lt=last.pk))
    found = list(rows[: PAST_PAGE + 1])
    return Past(found[:PAST_PAGE], found[PAST_PAGE - 1].public_id if len(found) > PAST_PAGE else "")


def letters_of(audit: Audit) -> list[LetterLine]:
    """Everything that was written about it, with its deliveries; the newest first."""
    rulings = list(Ruling.objects.filter(audited__audit=audit).values_list("pk", "appeal"))
    topics = [audit.topic, *(f"audit-ruling:{pk}" for pk, _appeal in rulings)]
    topics += [f"audit-appeal:{appeal}" for _pk, appeal in rulings if appeal]
    topics += [f"audit-due:{audit.pk}:{day.isoformat()}" for day in audit.reminders.values_list("due_on", flat=True)]
    return delivery_log(Letter.objects.filter(topic__in=topics).order_by("-pk"))


def mine(person: Person) -> list[Audit]:
    """Audits that wait for the person's answer."""
    return list(Audit.objects.filter(person=person, answered_at=None).open().select_related("body"))
