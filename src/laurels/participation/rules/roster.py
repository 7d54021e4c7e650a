from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.participation.models import Roster
from laurels.participation.rules.preflight import Finding
from laurels.workshops.models import Workshop


def why_not_sign(
    latest: Roster | None, found: Sequence[Finding], *, lines: int, seen: str, digest: str
) -> Refusal | None:
    """``seen`` is the digest of what the signer was shown (or ""), ``digest`` that of what would be signed now."""
    if latest is not None and latest.state == Roster.State.SIGNED:
        words = _("Version %(version)s is signed and waits: submit it to the body first.") % {"version": latest.version}
        return Refusal("unsubmitted", words)
    if blocking := next((finding for finding in found if finding.is_blocking), None):
        names = ", ".join(name for name, _detail in blocking.people[:3])
        return Refusal(blocking.code, f"{blocking.title}: {names}. {blocking.advice}")
    if not lines:
        return Refusal("nobody", _("Nobody is ready for a roster: decide, and let them confirm their names."))
    if seen and seen != digest:
        return Refusal("changed", _("The list changed while you were reading. Read it again, then sign."))
    return None


def why_not_submit(
    roster: Roster, workshop: Workshop, *, trainers: Collection[int], is_intact: bool, by: Actor
) -> Refusal | None:
    """``is_intact``: the lines still match their signature."""
    if not by.has("staff", at=workshop.provider_id) and by.person_id not in trainers:
        return Refusal("not-yours", _("Only this workshop's trainers and its provider's staff submit its roster."))
    if roster.state != Roster.State.SIGNED:
        return Refusal("unsigned", _("Sign the roster first."))
    if not is_intact:
        return Refusal(
            "broken-seal", _("The lines no longer match their signature. Tell your operator; do not submit.")
        )
    return None


def why_not_receive(roster: Roster, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=roster.body_id):
        return Refusal("not-yours", _("Only the certifying body's staff receives its rosters."))
    if roster.state == Roster.State.SIGNED:
        return Refusal("unsubmitted", _("This roster has not been submitted yet."))
    return None
