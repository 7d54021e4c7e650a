from collections.abc import Collection

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.participation.models import HeldExercise
from laurels.participation.rules.attendance import NOTED_IN
from laurels.workshops.models import Seat, Workshop

REMARK_LIMIT = 500


def why_not_remark(seat: Seat, exercise: HeldExercise | None, text: str, *, by: Actor) -> Refusal | None:
    """Also under a signature: the trainer answers, and the body may return the line."""
    if by.person_id != seat.person_id:
        return Refusal("not-yours", _("Only the person on this seat remarks on it."))
    if seat.state not in Seat.FILLED or seat.workshop.state not in NOTED_IN:
        return Refusal("not-running", _("Remarks are open while the workshop runs and until it is closed."))
    if exercise is not None and exercise.workshop_id != seat.workshop_id:
        return Refusal("no-such-exercise", _("That exercise was not held in this workshop."))
    return _why_not_these_words(text, _("Say in one sentence what is not right."))


def why_not_answer(workshop: Workshop, text: str, *, trainers: Collection[int], by: Actor) -> Refusal | None:
    if not by.has("staff", at=workshop.provider_id) and by.person_id not in trainers:
        return Refusal("not-yours", _("Only this workshop's trainers and its provider's staff answer remarks."))
    return _why_not_these_words(text, _("Say in one sentence what you did about it, or why it stands."))


def _why_not_these_words(text: str, ask: str) -> Refusal | None:
    if not text:
        return Refusal("no-text", ask, "text")
    if len(text) > REMARK_LIMIT:
        words = _("That is too long: at most %(limit)s characters.") % {"limit": REMARK_LIMIT}
        return Refusal("long-text", words, "text")
    return None
