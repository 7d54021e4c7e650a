from collections.abc import Collection

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.participation.models import Attestation
from laurels.participation.rules.participant import Participant
from laurels.workshops.models import Workshop


def why_not_decide(workshop: Workshop, *, trainers: Collection[int], by: Actor) -> Refusal | None:
    """The decision and its signature are a trainer's own word: the provider's staff cannot give it."""
    if not by.is_system and by.person_id not in trainers:
        return Refusal("not-trainer", _("Only a trainer of this workshop decides and signs."))
    if workshop.state != Workshop.State.HELD:
        return Refusal("not-held", _("Decide once the workshop has been held and before it is closed."))
    return None


def why_not_attest(someone: Participant, decision: str, reason: str, *, minimum: int) -> Refusal | None:
    """Why this decision cannot be taken on this person; ``minimum`` is the curriculum's, in minutes."""
    if someone.is_signed:
        return Refusal(
            "signed",
            _("%(name)s stands on the signed roster. The body must return the line before you decide again.")
            % {"name": someone.name},
        )
    if decision not in Attestation.Decision.values:
        return Refusal("decision", _("Choose eligible, not yet or not eligible."), "decision")
    if reason:
        return None
    if decision != Attestation.Decision.ELIGIBLE:
        return Refusal(
            "reason", _("Say in one sentence why %(name)s is not eligible.") % {"name": someone.name}, "reason"
        )
    if someone.minutes_present < minimum:
        return Refusal(
            "reason-below-minimum",
            _("%(name)s was present %(present)s of %(minimum)s minutes: say why that is enough.")
            % {"name": someone.name, "present": someone.minutes_present, "minimum": minimum},
            "reason",
        )
    if missed := someone.missed:
        titles = ", ".join(f"“{covered.title}”" for covered in missed)
        return Refusal(
            "reason-missed-exercise",
            _("%(name)s had no part in %(exercises)s: say why that is enough.")
            % {"name": someone.name, "exercises": titles},
            "reason",
        )
    if someone.decision == Attestation.Decision.NOT_ELIGIBLE:
        return Refusal(
            "reason-amended",
            _("%(name)s was decided not eligible. Say why you change that.") % {"name": someone.name},
            "reason",
        )
    return None
