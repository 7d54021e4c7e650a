"""Accepting an invitation: membership, licence, certification, in one step or not at all."""

from datetime import datetime

from django.db import transaction

from laurels.credentials import facts, queries, rules
from laurels.credentials.actions.awarding import certify
from laurels.credentials.actions.invitations import lock_invitation
from laurels.credentials.models import Certification, Invitation, LicenceAcceptance, Membership
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.actions import rename
from laurels.people.actions.persons import reader_of
from laurels.people.models import Organisation, Person
from laurels.programmes.queries import latest_licence


@transaction.atomic
def redeem_invitation(
    secret: str, *, person: Person | None, accepts_licence: bool, name: str = "", by: Actor, now: datetime
) -> Certification:
    """Accept the invitation, once. Raises Refused, and Invitation.DoesNotExist for a secret nobody was sent.

    ``person`` None means nobody is signed in: the link has reached the mailbox, so the reader of the address is found
    or made, and ``certification.person`` may be signed in. Asking twice as the same person gives the same
    certification; a used link opens nothing for anybody else. The certificate bears the name that the trainer signed;
    ``name`` is what a person without a name wants to be called.
    """
    line, invitation = lock_invitation(Invitation.objects.with_secret(secret).get())
    if invitation.redeemed_at and person and by.person_id == person.pk and line.certification.person_id == person.pk:
        return line.certification
    held = queries.held_by_reader(person, invitation.email, line.roster.scheme)
    is_powerful = person is None and queries.is_powerful(invitation.email)
    ready = queries.readiness_of_reader(person, invitation.email, line.roster.scheme, now)
    why_not = rules.why_not_redeem(invitation, person, held=held, is_powerful=is_powerful, ready=ready, by=by, now=now)
    require(why_not)
    require(rules.why_not_accept_licence(accepts_licence))
    person = person or reader_of(invitation.email, by=by, now=now).person
    _name_newcomer(person, name or line.certificate_name, now=now)
    invitation.redeemed_at = now
    invitation.opened_at = invitation.opened_at or now
    invitation.save(update_fields=["redeemed_at", "opened_at"])
    _join(line.roster.body, person, by=by, now=now)
    on = line.roster.workshop.ends_on
    certification = certify(person, line.roster.scheme, name=line.certificate_name, line=line, on=on, by=by, now=now)
    redeemed = facts.InvitationRedeemed(line.pk, invitation.pk, person.pk, certification.pk)
    record(invitation.topic, redeemed, by=by, at=now)
    return certification


def _name_newcomer(person: Person, name: str, *, now: datetime) -> None:
    if not person.name:
        rename(person, name, by=Actor(person_id=person.pk), now=now)


def _join(body: Organisation, person: Person, *, by: Actor, now: datetime) -> None:
    """A membership if there is none, and the terms as they are today."""
    _membership, is_new = Membership.objects.get_or_create(body=body, person=person, defaults={"activated_at": now})
    if is_new:
        record(body.topic, facts.MembershipActivated(body.pk, person.pk), by=by, at=now)
    licence = latest_licence(body)
    _acceptance, is_new = LicenceAcceptance.objects.get_or_create(person=person, licence=licence, defaults={"at": now})
    if is_new:
        record(body.topic, facts.LicenceAccepted(licence.pk, person.pk), by=by, at=now)
