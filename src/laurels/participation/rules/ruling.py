from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.participation.models import Line, Roster


def why_not_rule(roster: Roster, *, by: Actor) -> Refusal | None:
    """Why ``by`` may not rule on any line of this roster; auditors read only."""
    if not by.has("staff", at=roster.body_id):
        return Refusal("not-yours", _("Only the certifying body's staff rules on its rosters."))
    if roster.state != Roster.State.SUBMITTED:
        return Refusal("not-open", _("This roster is not waiting for a ruling."))
    return None


def why_not_accept(line: Line) -> Refusal | None:
    return _why_not_rule_on(line)


def why_not_return(line: Line, reason: str) -> Refusal | None:
    if not reason:
        return Refusal("reason", _("Say what the trainer has to put right."), "reason")
    return _why_not_rule_on(line)


def _why_not_rule_on(line: Line) -> Refusal | None:
    if line.state == Line.State.LISTED:
        return Refusal("not-received", _("Receive the roster first."))
    if line.state != Line.State.RECEIVED:
        words = _("%(name)s's line is already ruled on: %(state)s.")
        return Refusal("ruled", words % {"name": line.certificate_name, "state": line.get_state_display().lower()})
    return None
