"""Who may be invited, and who may accept."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from laurels.credentials.models import Certification, Invitation
from laurels.credentials.rules.readiness import Readiness, why_not_yet
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.participation.models import Line
from laurels.people.models import Person

INVITATION_LASTS = timedelta(days=30)
"""How long a link works. No source says; a month covers a holiday, and a new one is a click away."""
SENT_A_DAY = 3
"""Letters to one address for one line within a day, whoever asks."""
DAY = timedelta(days=1)


def why_not_invite(line: Line, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=line.roster.body_id):
        return Refusal("not-yours", _("Only the certifying body's staff invite people."))
    if line.state != Line.State.ACCEPTED:
        return Refusal("not-accepted", _("Accept the line first; then its person is invited."))
    return None


def why_not_resend(invitation: Invitation, *, sent_lately: int, by: Actor) -> Refusal | None:
    if not by.has("staff", at=invitation.line.roster.body_id):
        return Refusal("not-yours", _("Only the certifying body's staff send invitations again."))
    return _why_not_another(invitation, sent_lately=sent_lately)


def why_not_ask_again(invitation: Invitation, *, sent_lately: int, now: datetime) -> Refusal | None:
    """For whoever holds an old link; the new one goes to the same address and nowhere else."""
    if invitation.withdrawn_at is not None:
        return _withdrawn(invitation)
    if now < invitation.expires_at and invitation.redeemed_at is None:
        return Refusal("invitation-open", _("This invitation still works. Accept it here."))
    return _why_not_another(invitation, sent_lately=sent_lately)


def why_not_withdraw(invitation: Invitation, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=invitation.line.roster.body_id):
        return Refusal("not-yours", _("Only the certifying body's staff withdraw invitations."))
    if invitation.redeemed_at is not None:
        return Refusal("invitation-used", _("This invitation has been accepted. Suspend or revoke the certification."))
    return None


def why_not_open(invitation: Invitation, *, now: datetime) -> Refusal | None:
    """Why the link is of no use any more, with what to do."""
    if invitation.redeemed_at is not None:
        return Refusal("invitation-used", _("This invitation has been accepted. Sign in to see the certificate."))
    if invitation.withdrawn_at is not None:
        return _withdrawn(invitation)
    if now >= invitation.expires_at:
        return Refusal("invitation-expired", _("This invitation is too old. Ask for a new one below."))
    return None


def why_not_redeem(
    invitation: Invitation,
    person: Person | None,
    *,
    held: Certification | None,
    is_powerful: bool,
    ready: Readiness,
    by: Actor,
    now: datetime,
) -> Refusal | None:
    """``person`` None holds the link without being signed in: it reached the mailbox, so it proves the address.

    ``held`` is the certification of the same scheme that the person has already; ``is_powerful`` says that the
    address opens an account with roles: a link that lives for a month is too weak a key for that. ``ready`` is what
    the reader has of what the scheme needs before.
    """
    if refusal := why_not_open(invitation, now=now):
        return refusal
    if person is None and is_powerful:
        words = _("%(email)s has an account with other rights. Sign in to it first; you will come back here.")
        return Refusal("sign-in-first", words % {"email": invitation.email})
    if person is not None and not (by.is_system or by.person_id == person.pk):
        return Refusal("not-you", _("Only the invited person can accept."))
    return why_not_twice(held) if held else why_not_yet(ready)


def why_not_twice(held: Certification) -> Refusal:
    """A person holds a scheme once; what a second course is worth is a matter of renewal."""
    words = _(
        "You hold %(scheme)s already, with the number %(number)s. A second certificate is not needed:"
        " nothing is lost, and the certifying body can count the course when you renew."
    )
    return Refusal("already-certified", words % {"scheme": held.scheme.code, "number": held.number})


def why_not_accept_licence(accepts_licence: bool) -> Refusal | None:
    if accepts_licence:
        return None
    return Refusal("licence", _("Please read the terms and tick that you accept them."), "accepts_licence")


def _why_not_another(invitation: Invitation, *, sent_lately: int) -> Refusal | None:
    if invitation.redeemed_at is not None:
        return Refusal("invitation-used", _("This invitation has been accepted. Sign in to see the certificate."))
    if sent_lately >= SENT_A_DAY:
        return Refusal("sent-lately", _("Several letters went to this address today. Look for them, or wait a day."))
    return None


def _withdrawn(invitation: Invitation) -> Refusal:
    words = _(
        "This link is no longer in use. If a newer letter came to the same address, use that one;"
        " else please ask %(body)s for a new one."
    )
    return Refusal("invitation-withdrawn", words % {"body": invitation.line.roster.body.name})
