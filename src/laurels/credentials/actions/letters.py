"""The letters of this stage. ``tell_of_…`` are for reactions: asked twice about the same, they write once."""

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from laurels.credentials.models import (
    Certification,
    Credential,
    Experience,
    ExperienceRuling,
    Invitation,
    Revocation,
    Suspension,
    Term,
)
from laurels.credentials.rules import addresses
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.people.queries import primary_email
from laurels.programmes.queries import letter_template

RULINGS: dict[str, str] = {
    ExperienceRuling.Verdict.VALIDATED: "experience-accepted",
    ExperienceRuling.Verdict.REFUSED: "experience-refused",
    ExperienceRuling.Verdict.ASKED: "experience-question",
}


def write_invitation(invitation: Invitation, secret: str, *, by: Actor, now: datetime) -> Letter:
    """The only place that ever sees ``secret``; part of the caller's transaction."""
    line = invitation.line
    body, language = line.roster.body, line.roster.workshop.language
    values = {
        "name": line.certificate_name,
        "scheme": line.roster.scheme.name,
        "course": line.roster.workshop.course.title,
        "body": body.name,
        "expires_on": _day(day_in(body.zone, invitation.expires_at), language),
        "link": addresses.invitation(secret),
    }
    template = letter_template(body, "invitation", language)
    return write(
        "invitation",
        template,
        to=invitation.email,
        values=values,
        sender_name=body.name,
        topic=invitation.topic,
        is_secret=True,
        by=by,
        now=now,
    )


@transaction.atomic
def tell_of_credential(credential: Credential, *, by: Actor, now: datetime) -> Letter | None:
    """The certificate is there. A corrected one has a letter of its own, so this says nothing of it."""
    if credential.replaces_id:
        return None
    certification = _locked(credential.term.certification_id)
    return _tell(certification, "certificate-issued", since=credential.intended_at, by=by, now=now)


@transaction.atomic
def tell_of_correction(credential: Credential, *, by: Actor, now: datetime) -> Letter | None:
    certification = _locked(credential.term.certification_id)
    return _tell(certification, "name-corrected", since=credential.intended_at, by=by, now=now)


@transaction.atomic
def tell_of_suspension(suspension: Suspension, *, by: Actor, now: datetime) -> Letter | None:
    certification = _locked(suspension.certification_id)
    return _tell(
        certification, "certification-suspended", since=suspension.at, reason=suspension.reason, by=by, now=now
    )


@transaction.atomic
def tell_of_reinstatement(suspension: Suspension, *, by: Actor, now: datetime) -> Letter | None:
    certification = _locked(suspension.certification_id)
    since = suspension.lifted_at or now
    return _tell(certification, "certification-reinstated", since=since, by=by, now=now)


@transaction.atomic
def tell_of_revocation(revocation: Revocation, *, by: Actor, now: datetime) -> Letter | None:
    certification = _locked(revocation.certification_id)
    return _tell(certification, "certification-revoked", since=revocation.at, reason=revocation.reason, by=by, now=now)


@transaction.atomic
def tell_of_ruling(ruling: ExperienceRuling, *, by: Actor, now: datetime) -> Letter | None:
    """What the body says to work that somebody told it of. None for whoever has no address."""
    experience = Experience.objects.lock(ruling.experience_id)
    person, body, key = experience.person, experience.body, RULINGS[ruling.verdict]
    told = Letter.objects.about(experience.topic).filter(key=key, written_at__gte=ruling.at).first()
    to = primary_email(person)
    if told or not to:
        return told
    values = {
        "name": person.name,
        "role": experience.role,
        "organisation": experience.organisation,
        "since": _day(experience.since, person.language),
        "body": body.name,
        "link": addresses.experience(),
        "reason": ruling.words,
    }
    return write(
        key,
        letter_template(body, key, person.language),
        to=to,
        values=values,
        person=person,
        sender_name=body.name,
        topic=experience.topic,
        by=by,
        now=now,
    )


def _locked(certification_id: int) -> Certification:
    return Certification.objects.lock(certification_id)


def _tell(
    certification: Certification, key: str, *, since: datetime, reason: str = "", by: Actor, now: datetime
) -> Letter | None:
    """``since`` is when it happened: a letter of this kind written from then on is the letter."""
    told = Letter.objects.about(certification.topic).filter(key=key, written_at__gte=since).first()
    to = primary_email(certification.person)
    if told or not to:
        return told
    body, language = certification.scheme.body, certification.person.language
    return write(
        key,
        letter_template(body, key, language),
        to=to,
        values=_values(certification, reason, language),
        person=certification.person,
        sender_name=body.name,
        topic=certification.topic,
        by=by,
        now=now,
    )


def _values(certification: Certification, reason: str, language: str) -> dict[str, str]:
    credential = Credential.objects.latest_of(certification)
    assert credential, "an awarded certification has a current credential"
    return {
        "name": certification.name,
        "scheme": certification.scheme.name,
        "number": certification.number,
        "body": certification.scheme.body.name,
        "link": addresses.certificate(credential.public_id),
        "valid_until": _until(credential.term, language),
        "reason": reason,
    }


def _until(term: Term, language: str) -> str:
    with override(language):
        return _day(term.valid_until, language) if term.valid_until else _("without end")


def _day(day: date, language: str) -> str:
    with override(language):
        return date_format(day, "j F Y")
