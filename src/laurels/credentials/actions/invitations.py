"""One-time links. Whoever works on an invitation holds its line's row, so two can never both be live."""

from datetime import datetime

from django.db import transaction

from laurels.credentials import facts, queries, rules
from laurels.credentials.actions.letters import write_invitation
from laurels.credentials.models import Invitation
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, secret_token
from laurels.kernel.refusal import require
from laurels.participation.models import Line
from laurels.people.models import Person


@transaction.atomic
def invite(line: Line, *, by: Actor, now: datetime) -> Invitation:
    """Write to the line's address with a one-time link; asking twice gives the same invitation and one letter."""
    line = lock_line(line.pk)
    if live := line.invitations.live().first():
        return live
    require(rules.why_not_invite(line, by=by))
    return _send(line, by=by, now=now)


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> Invitation:
    """A new link to the same address; the old one stops working, for the secret in its letter is not kept."""
    line, invitation = lock_invitation(invitation)
    require(rules.why_not_resend(invitation, sent_lately=_sent_lately(line, now), by=by))
    return _replace(line, by=by, now=now)


@transaction.atomic
def ask_again(invitation: Invitation, *, by: Actor, now: datetime) -> Invitation:
    """``resend_invitation`` for whoever holds the expired link, a few times a day."""
    line, invitation = lock_invitation(invitation)
    require(rules.why_not_ask_again(invitation, sent_lately=_sent_lately(line, now), now=now))
    return _replace(line, by=by, now=now)


@transaction.atomic
def invite_who_waited(
    person: Person, *, scheme: str = "", role: str = "", by: Actor, now: datetime
) -> list[Invitation]:
    """A new letter for each unanswered invitation of the person that lacks nothing any more.

    Only where it waited for a certification of ``scheme`` (a code) or for work in ``role``.
    """
    sent = []
    for waiting in queries.invitations_waiting(person, scheme=scheme, role=role, now=now):
        line, invitation = lock_invitation(waiting)
        if not rules.why_not_resend(invitation, sent_lately=_sent_lately(line, now), by=by):
            sent.append(_replace(line, by=by, now=now))
    return sent


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> Invitation:
    """Make the link useless; asking twice is no harm."""
    _line, invitation = lock_invitation(invitation)
    require(rules.why_not_withdraw(invitation, by=by))
    return _withdraw(invitation, by=by, now=now)


@transaction.atomic
def open_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> Invitation:
    """Note when the link was first looked at (by a person or their mail scanner); later looks change nothing."""
    _line, invitation = lock_invitation(invitation)
    if invitation.opened_at is not None or rules.why_not_open(invitation, now=now):
        return invitation
    invitation.opened_at = now
    invitation.save(update_fields=["opened_at"])
    record(invitation.topic, facts.InvitationOpened(invitation.line_id, invitation.pk), by=by, at=now)
    return invitation


def lock_line(pk: int) -> Line:
    programme = Line.objects.select_related("roster__body", "roster__scheme__body", "roster__workshop__course")
    return programme.select_for_update(of=("self",)).get(pk=pk)


def lock_invitation(invitation: Invitation) -> tuple[Line, Invitation]:
    """The line's row first, as everywhere; then the invitation as it is now."""
    line = lock_line(invitation.line_id)
    fresh = line.invitations.get(pk=invitation.pk)
    fresh.line = line
    return line, fresh


def _replace(line: Line, *, by: Actor, now: datetime) -> Invitation:
    for live in line.invitations.live():
        _withdraw(live, by=by, now=now)
    return _send(line, by=by, now=now)


def _send(line: Line, *, by: Actor, now: datetime) -> Invitation:
    secret = secret_token()
    invitation = line.invitations.create(
        email=line.email, secret_digest=digest(secret), sent_at=now, expires_at=now + rules.INVITATION_LASTS
    )
    write_invitation(invitation, secret, by=by, now=now)
    record(invitation.topic, facts.InvitationSent(line.pk, invitation.pk), by=by, at=now)
    return invitation


def _withdraw(invitation: Invitation, *, by: Actor, now: datetime) -> Invitation:
    if invitation.withdrawn_at is not None:
        return invitation
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    record(invitation.topic, facts.InvitationWithdrawn(invitation.line_id, invitation.pk), by=by, at=now)
    return invitation


def _sent_lately(line: Line, now: datetime) -> int:
    return line.invitations.sent_after(now - rules.DAY).count()
