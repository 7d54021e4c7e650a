"""Lists of certifications: a member's own, and the body's register."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from laurels.credentials import facts
from laurels.credentials.models import Certification, CertificationQuerySet, Credential
from laurels.credentials.queries.holding import load_rules, standing
from laurels.credentials.rules.standing import Standing
from laurels.journal.models import Entry, fact_name
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.people.models import Person

PAGE = 50
LABELS: dict[str, Any] = {
    fact_name(facts.CertificationAwarded): _("Awarded"),
    fact_name(facts.CertificationRenewed): _("Renewed"),
    fact_name(facts.CredentialIssued): _("Credential signed and published"),
    fact_name(facts.NameCorrected): _("Name corrected, issued again"),
    fact_name(facts.CertificationSuspended): _("Suspended"),
    fact_name(facts.CertificationReinstated): _("Suspension lifted"),
    fact_name(facts.CertificationRevoked): _("Revoked"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A certification as a row of a list. ``credential`` is its current one's public id."""

    certification: Certification
    standing: Standing
    credential: str
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Register:
    """``older`` is the number to continue after, empty at the end."""

    rows: list[Held]
    older: str


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    label: Any
    by: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One certification with everything that ever happened to it, newest first."""

    held: Held
    email: str
    credentials: list[Credential]
    events: list[Event]
    may_change: bool


def my_certifications(person: Person, now: datetime) -> list[Held]:
    """The person's own, newest first: two queries."""
    return _held(Certification.objects.filter(person=person).newest_first(), now)


def certification_register(actor: Actor, words: str, after: str, now: datetime) -> Register:
    """A page of the certifications the actor's bodies gave, newest first; ``after`` is the number above the page."""
    seen = Certification.objects.given_by(actor).matching(words).newest_first()
    if after and (above := Certification.objects.given_by(actor).filter(number=after).only("pk").first()):
        seen = seen.filter(pk__lt=above.pk)
    rows = _held(seen[: PAGE + 1], now)
    return Register(rows[:PAGE], rows[PAGE - 1].certification.number if len(rows) > PAGE else "")


def certification_dossier(actor: Actor, number: str, now: datetime) -> Dossier:
    """Raises Http404 where the actor's bodies gave no such certification."""
    found = get_object_or_404(Certification.objects.given_by(actor).select_related("person"), number=number)
    held = _held(Certification.objects.filter(pk=found.pk), now)[0]
    credentials = Credential.objects.filter(term__certification=found).select_related("term")
    return Dossier(
        held=held,
        email=found.person.email,
        credentials=list(credentials.defer("unsigned", "document").order_by("-pk")),
        events=_events(found),
        may_change=actor.has("staff", at=found.scheme.body_id) and held.standing.state != "revoked",
    )


def _events(certification: Certification) -> list[Event]:
    entries = [entry for entry in Entry.objects.about(certification.topic).reverse() if entry.fact in LABELS]
    people = Person.objects.in_bulk([int(entry.by[7:]) for entry in entries if entry.by.startswith("person:")])
    names = {f"person:{pk}": str(person) for pk, person in people.items()}
    return [Event(entry.at, LABELS[entry.fact], names.get(entry.by, "")) for entry in entries]


def _held(certifications: CertificationQuerySet, now: datetime) -> list[Held]:
    current = Credential.objects.current().filter(term__certification=OuterRef("pk")).order_by("-term__ordinal")
    rows: Any = certifications.with_standing().annotate(
        credential=Subquery(current.values("public_id")[:1]), signed_at=Subquery(current.values("signed_at")[:1])
    )
    load_rules(rows, now.date())
    return [
        Held(row, standing(row, day_in(row.scheme.body.zone, now)), row.credential or "", row.signed_at is not None)
        for row in rows
    ]
