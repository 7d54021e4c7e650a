"""What screens show: the stage bar, the canvases somebody sees, the trainer's console."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.db.models import QuerySet

from laurels.journal.models import Topic
from laurels.rooms import rules
from laurels.rooms.models import Activity, Canvas, Card, Claim, Contribution, Participant, Presence, Room, Team
from laurels.rooms.queries.evidence import levels
from laurels.workshops.models import Seat


@dataclass(frozen=True, slots=True)
class StageBar:
    """What everybody sees above the work: what runs, which step, what to do, until when, and who will see it."""

    room: Room
    activity: Activity | None
    step: dict[str, Any] | None
    number: int
    count: int
    ends_at: datetime | None
    promise: str
    canvas: Canvas | None = None

    @property
    def is_last(self) -> bool:
        return self.number == self.count


@dataclass(frozen=True, slots=True)
class Crowd:
    """``people`` for whom ``tables`` of at most ``size`` would do."""

    people: int
    size: int
    tables: int


def stage_bar(room: Room, canvas: Canvas | None = None) -> StageBar:
    """The bar of the whole room; of one ``canvas`` where teams go at their own pace."""
    activity = Activity.objects.filter(room=room).running().first()
    own = canvas if activity and activity.is_own_pace and canvas and canvas.activity_id == activity.pk else None
    if activity is None or (activity.is_own_pace and own is None):
        return StageBar(room, activity, None, 0, 0, None, "")
    at, ends_at = (own.step, own.ends_at) if own else (activity.step, activity.ends_at)
    step = activity.steps[at] if activity.steps else None
    promise = rules.promise(activity.plan, step) if step else ""
    return StageBar(room, activity, step, at + 1, len(activity.steps), ends_at, promise, own)


def crowd(room: Room, stage: StageBar) -> Crowd | None:
    """How many people are here, when they are more than fit around a table where there are tables; else None."""
    size = stage.activity.plan["settings"].get("table_size", 0) if stage.activity and room.home else 0
    if not size or stage.is_last:
        return None
    people = Participant.objects.taking_part().filter(room=room, table=None, moved_to=None).count()
    return Crowd(people, size, ceil(people / size)) if people > size else None


def canvas_address(room: Room, canvas: Canvas) -> str:
    return f"/rooms/{room.public_id}/canvases/{canvas.pk}"


def canvases_seen(room: Room, participant: Participant, *, is_presenter: bool = False) -> list[int]:
    """The canvases a screen shows now, the one to work on first.

    A learner sees the own team's or the class's; while others visit, the next team's that is to be visited. A trainer
    and the presenter's screen see all of them.
    """
    running = Canvas.objects.filter(activity__room=room, activity__state=Activity.State.RUNNING)
    canvases = list(running.select_related("activity").order_by("team__number", "pk"))
    if is_presenter or participant.is_trainer:
        return [canvas.pk for canvas in canvases]
    own = [canvas for canvas in canvases if canvas.team_id in (None, participant.team_id)]
    visited = [visit for canvas in own for visit in [_visited(canvas, canvases)] if visit is not None]
    stays = [canvas for canvas in own if not visited or _step(canvas).get("home", True)]
    return [canvas.pk for canvas in [*visited, *stays]]


def _visited(canvas: Canvas, canvases: list[Canvas]) -> Canvas | None:
    """Where this table's people go in a step with visitors: one table further with each such step."""
    tables = [each for each in canvases if each.team_id is not None]
    if canvas.team_id is None or len(tables) < 2 or not _step(canvas).get("visitors"):
        return None
    rounds = sum(bool(step.get("visitors")) for step in canvas.activity.steps[: canvas.step + 1])
    further = 1 + (rounds - 1) % (len(tables) - 1)
    return tables[([each.pk for each in tables].index(canvas.pk) + further) % len(tables)]


def _step(canvas: Canvas) -> dict[str, Any]:
    return canvas.activity.steps[canvas.step]


def canvases_to_look_at(room: Room, participant: Participant, activity: Activity) -> list[int]:
    """Canvases of a line that is over, the own team's first; for looking around."""
    canvases = activity.canvases.order_by("team__number", "pk").values_list("pk", "team_id")
    ranked = sorted(canvases, key=lambda pair: pair[1] not in (None, participant.team_id))
    return [pk for pk, _team in ranked]


def places_to_look(room: Room) -> QuerySet[Activity]:
    """Exercises that have been worked on and are over, newest first."""
    return (
        Activity.objects.filter(room=room, state=Activity.State.ENDED).exclude(exercise="").order_by("-ended_at", "-pk")
    )


def latest_seq(room: Room) -> int:
    """Where a screen stands that is drawn now; its stream goes on after it. Ask before reading anything else."""
    return Topic.objects.filter(name=room.topic).values_list("latest_seq", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Console:
    """The trainer's page: the run sheet, who is here, who is done, and what waits for a decision."""

    room: Room
    seq: int
    lines: list[Activity]
    people: list[Participant]
    here: set[int]
    teams: list[Team]
    claims: list[Claim]
    hidden: list[Card]
    done: set[int]

    @property
    def learners(self) -> list[Participant]:
        return [one for one in self.people if one.role == Participant.Role.LEARNER]

    @property
    def next(self) -> Activity | None:
        """What is started next, when nothing runs."""
        planned = (line for line in self.lines if line.state == Activity.State.PLANNED)
        return None if self.running else next(planned, None)

    @property
    def running(self) -> Activity | None:
        return next((line for line in self.lines if line.state == Activity.State.RUNNING), None)


def where_now(participant: Participant) -> Participant | None:
    """Who this participant is in the room where they should be: at a table, or back from one; None: here."""
    there = Participant.objects.present().select_related("room")
    if participant.moved_to_id:
        return there.filter(pk=participant.moved_to_id, room__state=Room.State.OPEN).first()
    if participant.room.state == Room.State.CLOSED and participant.room.workshop_id is None:
        return there.filter(room__state=Room.State.OPEN, moved_to=participant).first()
    return None


def people(room: Room) -> list[Participant]:
    """Everybody who was not sent away, by name."""
    return list(Participant.objects.present().filter(room=room).by_name().select_related("team", "table"))


def here(room: Room) -> set[int]:
    """The participants whose streams are open."""
    return set(Presence.objects.filter(participant__room=room, ended_at=None).values_list("participant_id", flat=True))


def console(room: Room) -> Console:
    seq = latest_seq(room)
    everybody, lines = people(room), run_sheet(room)
    hidden = Card.objects.filter(room=room, hidden_at__isnull=False, withdrawn_at=None).select_related("team")
    return Console(
        room=room,
        seq=seq,
        lines=lines,
        people=everybody,
        here=here(room),
        teams=list(room.teams.order_by("number")),
        claims=list(room.claims.waiting()),
        hidden=list(hidden.order_by("-hidden_at")),
        done=people_done(lines, everybody),
    )


def people_done(lines: list[Activity], people: list[Participant]) -> set[int]:
    """Who has said "I'm done" since the running step began."""
    running = next((line for line in lines if line.state == Activity.State.RUNNING), None)
    since = running.step_at if running else None
    return {one.pk for one in people if since and one.done_at and one.done_at >= since}


@dataclass(frozen=True, slots=True)
class TookPart:
    """One learner in one exercise: what the rule says, what the trainer said."""

    participant: Participant
    level: str
    marked: str


def who_took_part(activity: Activity) -> list[TookPart]:
    found = levels(activity)
    marks = dict(Contribution.objects.filter(activity=activity).values_list("participant_id", "marked"))
    learners = Participant.objects.taking_part().filter(room=activity.room_id).by_name()
    return [TookPart(one, found[one.pk], marks.get(one.pk, "")) for one in learners]


def free_seats(room: Room) -> list[Seat]:
    """Seats that nobody in the room holds."""
    return list(_seats(room).exclude(pk__in=_held(room)).by_name())


def taken_seats(room: Room) -> list[Seat]:
    """Seats that somebody in the room holds."""
    return list(_seats(room).filter(pk__in=_held(room)).by_name())


def _seats(room: Room) -> Any:
    return Seat.objects.filled().filter(workshop=room.workshop_id)


def _held(room: Room) -> Any:
    return Participant.objects.present().filter(room=room, seat__isnull=False).values("seat")


def run_sheet(room: Room) -> list[Activity]:
    return list(room.activities.in_order().select_related("block"))


def sitters(table: Participant) -> list[Participant]:
    """Who shares this device."""
    return list(Participant.objects.taking_part().filter(table=table).by_name())
