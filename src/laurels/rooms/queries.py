"""What is read of a room: a canvas ready to act on or to draw, minutes present, how far people took part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q

from laurels.journal.models import Topic
from laurels.rooms.kinds import Kind, kinds, level, read_plan
from laurels.rooms.kinds.scene import Card as Made
from laurels.rooms.kinds.scene import Hand, Plan, Scene, Stage
from laurels.rooms.models import Activity, Canvas, Card, Contribution, Participant, Presence, Room, Team
from laurels.workshops.models import Seat

FRESH_IDS = 40

type Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Desk:
    """A canvas with everything its kind needs."""

    canvas: Canvas
    kind: Kind
    plan: Plan
    state: Any
    cards: dict[str, Made]

    def scene(self, participant: Participant, now: datetime) -> Scene:
        number = self.canvas.acts_count + 1
        fresh = tuple(f"{self.canvas.pk}n{number}n{nth}" for nth in range(FRESH_IDS))
        activity = self.canvas.activity
        return Scene(self.plan, activity.step, hand_of(participant), now, fresh, self.cards, activity.seed)

    def stage(self, address: str = "", *, at: datetime | None = None) -> Stage:
        """For drawing; ``address`` is the canvas's own, under which acts and cards lie."""
        activity, team = self.canvas.activity, self.canvas.team
        people = Participant.objects.present().filter(room_id=activity.room_id)
        hands = {participant.pk: hand_of(participant) for participant in people}
        return Stage(
            prefix=f"c{self.canvas.pk}",
            plan=self.plan,
            step=activity.step,
            state=self.state,
            cards=self.cards,
            hands=hands,
            acts=f"{address}/acts",
            sheets=f"{address}/cards",
            at=at,
            seed=activity.seed,
            team=team.name if team else "",
        )


def desk_of(canvas: Canvas) -> Desk:
    plan = read_plan(canvas.activity.plan)
    kind = kinds()[plan.kind]
    state = msgspec.json.decode(canvas.state, type=kind.state)
    return Desk(canvas, kind, plan, state, _cards(canvas))


def _cards(canvas: Canvas) -> dict[str, Made]:
    """The team's cards, and those of the whole class."""
    mine = Q(team=None) | Q(team=canvas.team_id)
    rows = Card.objects.filter(mine, room=canvas.activity.room_id, withdrawn_at=None)
    values = rows.values_list("key", "text", "sort", "fields", "author_id", "origin")
    return {row[0]: Made(*row) for row in values}


def hand_of(participant: Participant) -> Hand:
    return Hand(participant.pk, participant.name, participant.team_id, participant.is_trainer)


def hands_at(canvas: Canvas) -> list[Hand]:
    """The learners at this canvas: its team, or everybody."""
    learners = Participant.objects.learners().filter(room_id=canvas.activity.room_id)
    at_table = learners.filter(team=canvas.team_id) if canvas.team_id else learners
    return [hand_of(participant) for participant in at_table.by_name()]


# What flows on


def earlier_canvas(activity: Activity, team: Team | None, exercise: str) -> Canvas | None:
    """The newest canvas of an earlier exercise that this team worked on, or the whole class."""
    canvases = Canvas.objects.filter(
        Q(team=team) | Q(team=None), activity__room=activity.room_id, activity__exercise=exercise
    )
    found = canvases.exclude(activity=activity).select_related("activity", "team").order_by("team", "-pk")
    return max(found, key=lambda canvas: (canvas.team_id is not None, canvas.pk), default=None)


def state_to_continue(activity: Activity, team: Team | None, plan: Plan) -> Any:
    """The state an exercise takes on from the earlier one that it continues; None when there is none."""
    canvas = earlier_canvas(activity, team, plan.continues) if plan.continues else None
    return canvas and desk_of(canvas).state


def brought(activity: Activity, team: Team | None, plan: Plan) -> list[tuple[Made, str]]:
    """Cards that flow in, each once, with the place where they land."""
    found: dict[str, tuple[Made, str]] = {}
    for brings in plan.brings:
        canvas = earlier_canvas(activity, team, brings.source)
        if canvas is None:
            continue
        desk = desk_of(canvas)
        offers = [
            offer.card for offer in desk.kind.offers(desk.stage()) if not brings.place or offer.place == brings.place
        ]
        for card_id in list(dict.fromkeys(offers))[: brings.most or None]:
            found.setdefault(card_id, (desk.cards[card_id], brings.into))
    return list(found.values())


# Evidence


def minutes_present(room: Room) -> dict[tuple[int, int], int]:
    """(participant pk, block pk) → whole minutes a stream was open while the block ran, without breaks."""
    running: dict[int, list[Span]] = {}
    lines = Activity.objects.filter(room=room, is_break=False, block__isnull=False, ended_at__isnull=False)
    for block, began, ended in lines.in_order().values_list("block_id", "began_at", "ended_at"):
        if began and ended:
            running.setdefault(block, []).append((began, ended))
    present: dict[int, list[Span]] = {}
    for row in Presence.objects.filter(participant__room=room).order_by("began_at", "pk"):
        present.setdefault(row.participant_id, []).append((row.began_at, row.ended_at or row.seen_at))
    return {
        (participant, block): overlap(mine, spans)
        for participant, mine in present.items()
        for block, spans in running.items()
    }


def overlap(present: Iterable[Span], running: Iterable[Span]) -> int:
    """Whole minutes that both go on; times that overlap among themselves count once."""
    shared = [(max(a, c), min(b, d)) for a, b in merged(present) for c, d in merged(running)]
    return int(sum((end - start).total_seconds() for start, end in shared if end > start) // 60)


def merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def levels(activity: Activity) -> dict[int, str]:
    """Participant pk → ``met``, ``partly`` or ``none`` for every learner; the trainer's mark counts more."""
    plan = read_plan(activity.plan)
    kind = kinds()[plan.kind]
    canvases = {canvas.team_id: canvas for canvas in activity.canvases.all()}
    states = {team: msgspec.json.decode(canvas.state, type=kind.state) for team, canvas in canvases.items()}
    rows = {row.participant_id: row for row in Contribution.objects.filter(activity=activity)}
    learners = Participant.objects.learners().filter(room=activity.room_id).by_name()
    return {learner.pk: _level(learner, rows.get(learner.pk), plan, kind, states) for learner in learners}


def seats_of(room: Room) -> dict[int, int]:
    """Participant pk → seat pk of the learners known to be who they say: only they leave evidence."""
    known = Participant.objects.learners().filter(room=room, confirmed_at__isnull=False)
    return dict(known.values_list("pk", "seat_id"))


def seat_minutes(room: Room) -> dict[tuple[int, int], int]:
    """(seat pk, block pk) → minutes present, for attendance."""
    seats = seats_of(room)
    return {(seats[who], block): count for (who, block), count in minutes_present(room).items() if who in seats}


def seat_levels(activity: Activity) -> dict[int, str]:
    """Seat pk → how far somebody took part in an exercise, for coverage."""
    seats = seats_of(activity.room)
    return {seats[who]: reached for who, reached in levels(activity).items() if who in seats}


def _level(
    learner: Participant, row: Contribution | None, plan: Plan, kind: Kind, states: dict[int | None, Any]
) -> str:
    if row is None:
        return Contribution.Level.NONE.value
    state = states.get(learner.team_id, states.get(None))
    return row.marked or level(plan, kind, state, row.deeds)


# Screens


@dataclass(frozen=True, slots=True)
class StageBar:
    """What everybody sees above the work: what runs, which step, what to do, until when."""

    room: Room
    activity: Activity | None
    step: dict[str, Any] | None
    number: int
    count: int


def stage_bar(room: Room) -> StageBar:
    activity = Activity.objects.filter(room=room).running().first()
    steps = activity.steps if activity else []
    step = steps[activity.step] if activity and steps else None
    return StageBar(room, activity, step, activity.step + 1 if activity else 0, len(steps))


def canvas_address(room: Room, canvas: Canvas) -> str:
    return f"/rooms/{room.public_id}/canvases/{canvas.pk}"


def canvases_seen(room: Room, participant: Participant, *, is_presenter: bool = False) -> list[int]:
    """The canvases a screen shows now: a learner's own, all of them for a trainer and for the presenter's screen."""
    running = Canvas.objects.filter(activity__room=room, activity__state=Activity.State.RUNNING)
    if not (is_presenter or participant.is_trainer):
        running = running.filter(Q(team=participant.team_id) | Q(team=None))
    return list(running.order_by("team__number", "pk").values_list("pk", flat=True))


def latest_seq(room: Room) -> int:
    """Where a screen stands that is drawn now; its stream goes on after it. Ask before reading anything else."""
    return Topic.objects.filter(name=room.topic).values_list("latest_seq", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Console:
    """The trainer's page: the run sheet, and who is here."""

    room: Room
    seq: int
    lines: list[Activity]
    people: list[Participant]
    here: set[int]
    teams: list[Team]


def console(room: Room) -> Console:
    seq = latest_seq(room)
    people = list(Participant.objects.present().filter(room=room).by_name().select_related("team"))
    here = Presence.objects.filter(participant__room=room, ended_at=None).values_list("participant_id", flat=True)
    return Console(room, seq, run_sheet(room), people, set(here), list(room.teams.order_by("number")))


def free_seats(room: Room) -> list[Seat]:
    """Seats that nobody in the room holds."""
    held = Participant.objects.present().filter(room=room, seat__isnull=False).values("seat")
    return list(Seat.objects.filled().filter(workshop=room.workshop_id).exclude(pk__in=held).by_name())


def run_sheet(room: Room) -> list[Activity]:
    return list(room.activities.in_order().select_related("block"))
