"""What may be done in a room, and why not."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.rooms.models import Activity, Canvas, Participant, Room
from laurels.workshops.models import Seat, Workshop

# Letters and digits that nobody mistakes for each other, said aloud or read from far away.
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
OPENED_IN = (Workshop.State.ANNOUNCED, Workshop.State.CONFIRMED, Workshop.State.RUNNING)


def why_not_conduct(workshop: Workshop, *, by: Actor) -> Refusal | None:
    """Trainers of the workshop conduct; its provider's staff may help."""
    if by.is_system or workshop.is_trained_by(by) or by.has("staff", at=workshop.provider_id):
        return None
    return Refusal("not-yours", _("Only this workshop's trainers and its provider's staff conduct its room."))


def why_not_open(workshop: Workshop, *, by: Actor) -> Refusal | None:
    if refusal := why_not_conduct(workshop, by=by):
        return refusal
    if workshop.state not in OPENED_IN:
        return Refusal("workshop-state", _("A room is opened for an announced workshop that has not been held yet."))
    return None


def why_not_join(room: Room) -> Refusal | None:
    if room.state == Room.State.CLOSED:
        return Refusal("closed", _("This room is closed. What you made stays on your page."))
    return None


def why_not_claim(room: Room, seat: Seat, holder: Participant | None) -> Refusal | None:
    """A seat is claimed once; a second claim is for the trainer to settle."""
    if refusal := why_not_join(room):
        return refusal
    if seat.workshop_id != room.workshop_id or seat.state not in Seat.FILLED:
        return Refusal("no-seat", _("This seat is not in this workshop. Choose your name from the list."))
    if holder is not None:
        message = _(
            "Somebody has joined as %(name)s already. If that was not you, raise your hand and ask the trainer."
        )
        return Refusal("taken", message % {"name": seat.name})
    return None


def why_not_start(activity: Activity, running: Activity | None) -> Refusal | None:
    if activity.room.state == Room.State.CLOSED:
        return Refusal("closed", _("This room is closed."))
    if running is not None:
        return Refusal("running", _("“%s” is still running. End it first.") % running.title)
    return None


def why_not_enter(activity: Activity, step: int, steps: int) -> Refusal | None:
    if activity.state != Activity.State.RUNNING:
        return Refusal("not-running", _("This is not running. Start it first."))
    if not 0 <= step < steps:
        return Refusal("no-step", _("There is no such step in “%s”.") % activity.title)
    return None


def why_not_make_teams(count: int, learners: Sequence[Participant]) -> Refusal | None:
    if not 1 <= count <= max(1, len(learners)):
        return Refusal("teams", _("Choose at least one team and not more than there are learners here."), "count")
    return None


def why_not_act(canvas: Canvas, participant: Participant) -> Refusal | None:
    """Why this person can change nothing on this canvas now, whatever the kind says."""
    room, activity = canvas.activity.room, canvas.activity
    if participant.removed_at is not None or participant.room_id != room.pk:
        return Refusal("not-here", _("You are not in this room any more. Ask the trainer."))
    if participant.role == Participant.Role.OBSERVER:
        return Refusal("observer", _("Guests watch. Only people with a seat take part."))
    if room.state == Room.State.CLOSED:
        return Refusal("closed", _("This room is closed. What you made stays on your page."))
    if room.is_frozen and not participant.is_trainer:
        return Refusal("frozen", _("The trainer has paused everybody for a moment. Your words are still here."))
    if activity.state != Activity.State.RUNNING:
        return Refusal("ended", _("“%s” is not running now. Your words are still here.") % activity.title)
    return None


def why_not_extend(activity: Activity, minutes: int) -> Refusal | None:
    if activity.state != Activity.State.RUNNING:
        return Refusal("not-running", _("This is not running. Start it first."))
    if not 1 <= minutes <= 60:
        return Refusal("minutes", _("Extend by 1 to 60 minutes."), "minutes")
    return None


def why_not_end(activity: Activity) -> Refusal | None:
    if activity.state != Activity.State.RUNNING:
        return Refusal("not-running", _("“%s” is not running.") % activity.title)
    return None


def why_not_skip(activity: Activity) -> Refusal | None:
    if activity.state != Activity.State.PLANNED:
        return Refusal("begun", _("“%s” has begun already. End it instead.") % activity.title)
    return None
