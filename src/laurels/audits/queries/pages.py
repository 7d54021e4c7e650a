"""The body's queue, and one audit as its two sides see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from laurels.audits.models import Appeal, Audit, AuditedEntry, Draw, Ruling
from laurels.education.models import LedgerEntry
from laurels.kernel.actor import Actor
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


def mine(person: Person) -> list[Audit]:
    """Audits that wait for the person's answer."""
    return list(Audit.objects.filter(person=person, answered_at=None).open().select_related("body"))
