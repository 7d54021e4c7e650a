"""Organisations, and who may do what in them."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, secret_token
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.mail import actions as mail
from laurels.mail import rules as letters
from laurels.people import facts, rules
from laurels.people.actions.persons import reader_of
from laurels.people.models import Organisation, Person, Role, RoleInvitation, normal_email


@transaction.atomic
def found(
    slug: str,
    name: str,
    *,
    is_body: bool,
    is_provider: bool,
    zone: str,
    email: str = "",
    about: str = "",
    by: Actor,
    now: datetime,
) -> Organisation:
    """Set up an organisation; asking twice gives the same one, unchanged."""
    if organisation := Organisation.objects.filter(slug=slug).first():
        return organisation
    require(rules.why_not_found(slug, by=by))
    organisation = Organisation.objects.create(
        slug=slug, name=name, is_body=is_body, is_provider=is_provider, zone=zone, email=email, about=about
    )
    record(organisation.topic, facts.OrganisationFounded(organisation.pk), by=by, at=now)
    return organisation


@transaction.atomic
def grant(person: Person, organisation: Organisation, kind: str, *, by: Actor, now: datetime) -> Role:
    """Give the person the role; asking twice gives the same role."""
    Organisation.objects.lock(organisation.pk)
    if role := organisation.roles.filter(person=person, kind=kind).first():
        return role
    require(rules.why_not_grant(person, organisation, kind, by=by))
    return _give(person, organisation, kind, by=by, now=now)


@transaction.atomic
def revoke_role(role: Role, *, by: Actor, now: datetime) -> None:
    """Take the role back; asking twice is no harm. The last owner stays."""
    organisation = Organisation.objects.lock(role.organisation_id)
    present = organisation.roles.filter(pk=role.pk).first()
    if present is None:
        return
    require(rules.why_not_revoke_role(present, by=by))
    present.delete()
    record(organisation.topic, facts.RoleRevoked(organisation.pk, role.person_id, role.kind), by=by, at=now)


@transaction.atomic
def invite_to_role(organisation: Organisation, kind: str, email: str, *, by: Actor, now: datetime) -> RoleInvitation:
    """Send a one-time link for a role. An open invitation to the same is withdrawn: its link cannot be sent again."""
    organisation = Organisation.objects.lock(organisation.pk)
    email = normal_email(email)
    require(rules.why_not_invite_to_role(organisation, kind, email, by=by))
    for earlier in organisation.role_invitations.open(now).filter(email=email, kind=kind):
        withdraw_role_invitation(earlier, by=by, now=now)
    secret = secret_token()
    invitation = organisation.role_invitations.create(
        kind=kind,
        email=email,
        secret_digest=digest(secret),
        sent_at=now,
        expires_at=now + rules.INVITATION_LASTS,
    )
    _write_invitation(invitation, secret, by=by, now=now)
    record(organisation.topic, facts.RoleInvitationSent(organisation.pk, invitation.pk), by=by, at=now)
    return invitation


@transaction.atomic
def withdraw_role_invitation(invitation: RoleInvitation, *, by: Actor, now: datetime) -> RoleInvitation:
    """Make the link useless; asking twice is no harm."""
    invitation = RoleInvitation.objects.lock(invitation.pk)
    require(rules.why_not_withdraw_role_invitation(invitation, by=by))
    if invitation.withdrawn_at is not None:
        return invitation
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    fact = facts.RoleInvitationWithdrawn(invitation.organisation_id, invitation.pk)
    record(invitation.organisation.topic, fact, by=by, at=now)
    return invitation


@transaction.atomic
def redeem_role_invitation(secret: str, *, person: Person | None, by: Actor, now: datetime) -> Role:
    """Give the invited role, once. Raises Refused, and RoleInvitation.DoesNotExist for a secret nobody was sent.

    ``person`` must be a reader of the invited address. None means nobody is signed in: the link has reached the
    address, so its reader is found or made, the address counts as verified, and ``role.person`` may be signed in.
    """
    # The organisation's row first, as everywhere, so that giving and taking roles cannot block each other.
    Organisation.objects.lock(RoleInvitation.objects.with_secret(secret).get().organisation_id)
    invitation = RoleInvitation.objects.with_secret(secret).select_for_update().get()
    require(rules.why_not_redeem_role_invitation(invitation, person, by=by, now=now))
    person = person or reader_of(invitation.email, by=by, now=now).person
    invitation.redeemed_at = now
    invitation.save(update_fields=["redeemed_at"])
    organisation = invitation.organisation
    fact = facts.RoleInvitationRedeemed(organisation.pk, invitation.pk, person.pk)
    record(organisation.topic, fact, by=by, at=now)
    role = organisation.roles.filter(person=person, kind=invitation.kind).first()
    return role or _give(person, organisation, invitation.kind, by=by, now=now)


def _give(person: Person, organisation: Organisation, kind: str, *, by: Actor, now: datetime) -> Role:
    role = organisation.roles.create(person=person, kind=kind, granted_at=now)
    record(organisation.topic, facts.RoleGranted(organisation.pk, person.pk, kind), by=by, at=now)
    return role


def _write_invitation(invitation: RoleInvitation, secret: str, *, by: Actor, now: datetime) -> None:
    organisation = invitation.organisation
    values = {
        "organisation": organisation.name,
        "role": str(Role.Kind(invitation.kind).label),
        "link": f"{settings.PUBLIC_URL}{reverse('role-invitation', args=[secret])}",
        "until": f"{day_in(organisation.zone, invitation.expires_at):%-d %B %Y}",
    }
    template = letters.builtin("role-invitation")
    mail.write(
        "role-invitation",
        template,
        to=invitation.email,
        values=values,
        sender_name=organisation.name,
        topic=organisation.topic,
        is_secret=True,
        by=by,
        now=now,
    )
