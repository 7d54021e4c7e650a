"""What may be done in a room, and why not."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.rooms.models import Activity, Canvas, Claim, Participant, Room, SeatLink, Team
from laurels.workshops.models import Seat, Workshop

# Letters and digits that nobody mistakes for each other, said aloud or read from far away.
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
# How long a one-time link to a seat is good for, and how many are sent to one seat within an hour.
LINK_LASTS = timedelta(days=3)
LINKS_AN_HOUR = 3
# Streams are seen every 15 s; whoever was silent for longer than this was away.
SILENCE = timedelta(seconds=50)
OPENED_IN = (Workshop.State.ANNOUNCED, Workshop.State.CONFIRMED, Workshop.State.RUNNING)


def why_not_conduct(room: Room, *, by: Actor) -> Refusal | None:
    """Who runs the workshop conducts its room; a room of its own is led by whoever came into it as its host."""
    if room.workshop:
        return why_not_run(room.workshop, by=by)
    if by.is_system or by.hosted_room == room.pk:
        return None
    return Refusal("not-yours", _("Only who leads this room does that."))


def why_not_run(workshop: Workshop, *, by: Actor) -> Refusal | None:
    """Trainers of the workshop conduct; its provider's staff may help."""
    if by.is_system or workshop.is_trained_by(by) or by.has("staff", at=workshop.provider_id):
        return None
    return Refusal("not-yours", _("Only this workshop's trainers and its provider's staff conduct its room."))


def why_not_open(workshop: Workshop, *, by: Actor) -> Refusal | None:
    if refusal := why_not_run(workshop, by=by):
        return refusal
    if workshop.state not in OPENED_IN:
        return Refusal("workshop-state", _("A room is opened for an announced workshop that has not been held yet."))
    return None


def why_not_join(room: Room) -> Refusal | None:
    if room.state == Room.State.CLOSED:
        return Refusal("closed", _("This room is closed. What you made stays on your page."))
    return None


def why_not_forget(room: Room, *, by: Actor) -> Refusal | None:
    """What was done in a workshop is evidence and stays."""
    if room.workshop_id is not None:
        return Refusal("evidence", _("What was done in a workshop stays."))
    return None if by.is_system else why_not_conduct(room, by=by)


def why_not_attend(room: Room) -> Refusal | None:
    """A room of a workshop has a seat for each who takes part; any other takes whoever has its code."""
    if refusal := why_not_join(room):
        return refusal
    if room.workshop_id is not None:
        return Refusal("no-seat", _("In a workshop people take part with a seat. You can watch as a guest."))
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


def why_not_due(canvas: Canvas, now: datetime) -> Refusal | None:
    """Nothing happens by itself before its time, in a paused room, or in one that is over."""
    room, activity = canvas.activity.room, canvas.activity
    if canvas.due_at is None or canvas.due_at > now:
        return Refusal("not-due", _("Nothing is due here now."))
    if room.is_frozen or room.state == Room.State.CLOSED or activity.state != Activity.State.RUNNING:
        return Refusal("rests", _("This room rests."))
    return None


def why_not_act(canvas: Canvas, participant: Participant) -> Refusal | None:
    """Why this person can change nothing on this canvas now, whatever the kind says."""
    room, activity = canvas.activity.room, canvas.activity
    if participant.removed_at is not None or participant.room_id != room.pk:
        return Refusal("not-here", _("You are not in this room any more. Ask the trainer."))
    if participant.role == Participant.Role.OBSERVER:
        return Refusal("observer", _("Guests watch. Only people with a seat take part."))
    if participant.role == Participant.Role.TABLE:
        return Refusal("nobody", _("Say first who sits at this table, and who is writing."))
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


def why_not_change_sheet(room: Room) -> Refusal | None:
    if room.state == Room.State.CLOSED:
        return Refusal("closed", _("This room is closed."))
    return None


def why_not_move_line(activity: Activity) -> Refusal | None:
    if activity.state != Activity.State.PLANNED:
        return Refusal("begun", _("“%s” has begun already and keeps its place.") % activity.title)
    return None


def why_not_set_pace(activity: Activity) -> Refusal | None:
    if activity.state == Activity.State.ENDED or not activity.steps:
        return Refusal("no-steps", _("“%s” has no steps that teams could take by themselves.") % activity.title)
    return None


def why_not_go_on(canvas: Canvas, participant: Participant, step: int) -> Refusal | None:
    """Where teams go at their own pace, anybody of the team takes it to its next step, or back."""
    if refusal := why_not_act(canvas, participant):
        return refusal
    room = canvas.activity.room
    if room.workshop_id is None and not room.moves_itself and not participant.is_trainer:
        return Refusal("led", _("Whoever leads this room takes everybody to the next step."))
    if not canvas.activity.is_own_pace:
        return Refusal("together", _("The trainer takes everybody to the next step."))
    if canvas.team_id not in (None, participant.team_id) and not participant.is_trainer:
        return Refusal("other-team", _("This is another team's. They go on by themselves."))
    return why_not_enter(canvas.activity, step, len(canvas.activity.steps))


def why_not_choose_team(room: Room, participant: Participant) -> Refusal | None:
    if refusal := why_not_join(room):
        return refusal
    if not participant.takes_part and not participant.is_table:
        return Refusal("no-learner", _("Teams are for people with a seat."))
    if not room.lets_choose:
        return Refusal("dealt", _("The trainer makes the teams at the moment. Raise your hand to change."))
    return None


def why_not_name_team(team: Team, participant: Participant, name: str) -> Refusal | None:
    if participant.team_id != team.pk and not participant.is_trainer:
        return Refusal("other-team", _("Only this team gives itself a name."))
    if not name:
        return Refusal("empty", _("Write a name first."), "name")
    return None


def why_not_send_link(room: Room, sent_lately: int) -> Refusal | None:
    if refusal := why_not_join(room):
        return refusal
    if sent_lately >= LINKS_AN_HOUR:
        return Refusal("links", _("Several links were sent already. Look into your mail, or ask the trainer."))
    return None


def why_not_use_link(link: SeatLink, now: datetime) -> Refusal | None:
    if refusal := why_not_join(link.room):
        return refusal
    if link.used_at is not None:
        return Refusal("used", _("This link has been used. Ask for a new one in the room."))
    if link.expires_at <= now:
        return Refusal("expired", _("This link is too old. Ask for a new one in the room."))
    return None


def why_not_settle(claim: Claim) -> Refusal | None:
    if claim.settled_at is not None:
        return Refusal("settled", _("This has been settled already."))
    return None


def why_not_sit_down(table: Participant, seat: Seat, holder: Participant | None) -> Refusal | None:
    return why_not_share(table) or why_not_claim(table.room, seat, holder)


def why_not_share(table: Participant) -> Refusal | None:
    if not table.may_share or table.removed_at is not None:
        return Refusal("no-table", _("This device is not shared by a table."))
    return None


def why_not_mark(activity: Activity, participant: Participant) -> Refusal | None:
    if not participant.takes_part or participant.room_id != activity.room_id:
        return Refusal("no-learner", _("Only people with a seat take part."))
    if not activity.is_exercise or activity.began_at is None:
        return Refusal("not-held", _("“%s” is no exercise that has begun.") % activity.title)
    return None


def promise(plan: Mapping[str, Any], step: Mapping[str, Any]) -> str:
    """Who sees what somebody writes in this step, in plain words; empty where nothing is written."""
    if not step.get("allow"):
        return ""
    is_named, is_hidden = plan.get("names") == "everybody", bool(step.get("hidden"))
    if is_hidden:
        words = _("Only you see what you write until the reveal.")
        later = (
            _("Then your name stands beside it.")
            if is_named
            else _("Then everybody sees it; no screen says whose it is.")
        )
        return f"{words} {later}"
    words = _("Your name stands beside what you add.") if is_named else _("No screen says who wrote or chose what.")
    votes = _("Votes are counted together and shown at the end.") if step.get("votes") else ""
    return f"{words} {votes}".strip()
