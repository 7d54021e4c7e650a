"""Who may award, and who may change how a certification stands."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from laurels.credentials.models import Certification
from laurels.kernel.actor import Actor
from laurels.kernel.periods import Period, add_months
from laurels.kernel.refusal import Refusal
from laurels.participation.rules import why_not_this_name
from laurels.programmes.models import Policy, Scheme
from laurels.programmes.rules import term_months
from laurels.programmes.rules.renewal import Newly


def first_term(scheme: Scheme, policy: Policy, *, course_ended_on: date, awarded_on: date) -> Period:
    """From the day the policy names, else the course's last, for its months; both days included.

    20 Nov 2024 ends with 20 Nov 2026. Exams are held elsewhere: where a policy names the exam, the award stands for it.
    """
    anchor = policy.parameters.get("term_anchor", "course-end")
    on = Newly(scheme.code, awarded_on, course_ended_on).term_begins(anchor)
    months = None if scheme.never_expires else term_months(policy)
    return Period(on, None if months is None else add_months(on, months))


def why_not_award(scheme: Scheme, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=scheme.body_id):
        return Refusal("not-yours", _("Only the certifying body awards its certifications."))
    return None


def why_not_certify(name: str, *, held: Certification | None, on: date, today: date) -> Refusal | None:
    if held:
        words = _("This person holds %(scheme)s already, with the number %(number)s.")
        return Refusal("already-certified", words % {"scheme": held.scheme.code, "number": held.number})
    if on > today:
        return Refusal(
            "too-early", _("A certification begins with the last day of the course, which is still to come.")
        )
    return why_not_this_name(name)


def why_not_change(certification: Certification, *, by: Actor) -> Refusal | None:
    """The part that revoking, suspending, reinstating and correcting share."""
    if not by.has("staff", at=certification.scheme.body_id):
        return Refusal("not-yours", _("Only the certifying body's staff change certifications."))
    if is_revoked(certification):
        return Refusal("revoked", _("This certification is revoked; that is for ever."))
    return None


def why_not_renew(certification: Certification, *, by: Actor) -> Refusal | None:
    """The body's staff, or the system after a renewal is complete; what stands in its way is the body's to lift."""
    if not by.is_system and not by.has("staff", at=certification.scheme.body_id):
        return Refusal("not-staff", _("Only the body's staff can renew a certification."))
    if is_revoked(certification):
        return Refusal("revoked", _("It was revoked and cannot be renewed."))
    if certification.suspensions.filter(lifted_at=None).exists():
        return Refusal("suspended", _("It is suspended. It can be renewed when the body has lifted that."))
    return None


def why_not_revoke(certification: Certification, reason: str, *, by: Actor) -> Refusal | None:
    return why_not_change(certification, by=by) or _why_not_reason(reason)


def why_not_suspend(certification: Certification, reason: str, *, by: Actor) -> Refusal | None:
    return why_not_change(certification, by=by) or _why_not_reason(reason)


def why_not_correct_name(certification: Certification, name: str, *, by: Actor) -> Refusal | None:
    refusal = why_not_change(certification, by=by) or why_not_this_name(name)
    return Refusal(refusal.code, refusal.message, "name") if refusal and refusal.field else refusal


def is_revoked(certification: Certification) -> bool:
    return hasattr(certification, "revocation")


def _why_not_reason(reason: str) -> Refusal | None:
    if not reason.strip():
        return Refusal("no-reason", _("Say why in one sentence; the person reads it too."), "reason")
    return None
