from collections.abc import Collection

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.programmes.models import Block
from laurels.workshops.models import Workshop

NOTED_IN = (Workshop.State.RUNNING, Workshop.State.HELD)


def why_not_note(workshop: Workshop, *, trainers: Collection[int], by: Actor) -> Refusal | None:
    """Why ``by`` may not note attendance here at all; ``trainers`` are the person ids of the workshop's trainers."""
    if not by.has("staff", at=workshop.provider_id) and by.person_id not in trainers:
        return Refusal("not-yours", _("Only this workshop's trainers and its provider's staff note attendance."))
    if workshop.state not in NOTED_IN:
        return Refusal("not-running", _("Attendance is noted while the workshop runs and until it is closed."))
    return None


def why_not_these_minutes(block: Block, minutes: int) -> Refusal | None:
    if block.is_break:
        return Refusal("break", _("“%(block)s” is a break; nobody is marked in a break.") % {"block": block.title})
    if not 0 <= minutes <= block.minutes:
        return Refusal(
            "minutes",
            _("“%(block)s” lasts %(length)s minutes: write a number from 0 to %(length)s.")
            % {"block": block.title, "length": block.minutes},
        )
    return None


def why_not_note_for(name: str, signed_version: int | None) -> Refusal | None:
    """Minutes under a signature stay; a returned line opens them again."""
    if signed_version is None:
        return None
    return Refusal(
        "signed",
        _("%(name)s stands on the signed roster, version %(version)s. The body must return the line before it changes.")
        % {"name": name, "version": signed_version},
    )
