"""Robots that take part in a class: they come in, act in every step as their exercise's kind says, and are present.

A rehearsal conducts a whole agenda with them on a clock of its own; in a demo's room they play along with a trainer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.rooms import actions, queries
from laurels.rooms.models import Activity, Canvas, Participant, Room

ROBOT = Actor.of_system("robot")
# In one step a robot acts at most so often; a kind whose robots never come to an end would hold up the class.
TURNS_MOST = 40
# Streams are seen every 15 s and silence counts from 50 s on: between those, as rarely as can be.
TICK = timedelta(seconds=45)


@dataclass(slots=True)
class Tally:
    """What the robots did, and what was refused and where."""

    acts: int = 0
    refused: list[str] = field(default_factory=list)


def take_turns(activity: Activity, luck: Random, tally: Tally, *, now: datetime) -> None:
    """Everybody at every canvas acts until nobody has anything left to do in this step."""
    for _round in range(TURNS_MOST):
        moved = [take_turn(canvas_pk, robot, luck, tally, now=now) for robot, canvas_pk in places(activity.room)]
        if not any(moved):
            return


def places(room: Room) -> Iterator[tuple[Participant, int]]:
    """Each learner in the room with each canvas that they see now."""
    for learner in Participant.objects.taking_part().filter(room=room).by_name():
        for canvas in queries.canvases_seen(room, learner):
            yield learner, canvas


def take_turn(canvas_pk: int, robot: Participant, luck: Random, tally: Tally, *, now: datetime) -> bool:
    """One act of one robot on one canvas; False when it has nothing to do there or was refused."""
    canvas = Canvas.objects.with_activity().get(pk=canvas_pk)
    desk = queries.desk_of(canvas)
    turn = desk.kind.turn(desk.stage(at=now), queries.hand_of(robot), luck)
    if turn is None:
        return False
    verb, values = turn
    form = {name: [str(each) for each in _many(value)] for name, value in values.items()}
    try:
        actions.act(canvas, robot, verb, form, by=ROBOT, now=now)
    except Refused as refused:
        tally.refused.append(f"{canvas.activity.exercise} step {canvas.step + 1}: {verb}: {refused.refusal.code}")
        return False
    tally.acts += 1
    return True


def _many(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else [value]


def come_in(room: Room, count: int, *, by: Actor, now: datetime) -> list[Participant]:
    """Robots take up to ``count`` free seats and are known to the trainer."""
    robots = [actions.take_seat(room, seat, by=ROBOT, now=now) for seat in queries.free_seats(room)[:count]]
    return [actions.confirm(robot, by=by, now=now) for robot in robots]


def live_turn(room: Room, robots: Sequence[Participant], luck: Random, tally: Tally, *, now: datetime) -> None:
    """One robot of a real room acts, as a person would: now and then, and not when writing is paused."""
    room.refresh_from_db()
    if room.is_frozen or not robots:
        return
    robot = Participant.objects.get(pk=luck.choice(robots).pk)
    for canvas in queries.canvases_seen(room, robot)[:1]:
        take_turn(canvas, robot, luck, tally, now=now)


def note_present(robots: Sequence[Participant], *, now: datetime) -> None:
    actions.note_here([robot.pk for robot in robots], now=now)


class Clock:
    """The rehearsal's own time. While it goes on, streams of those who are there are seen."""

    def __init__(self, room: Room, now: datetime) -> None:
        self.room, self.now = room, now

    def until(self, moment: datetime, *, present: bool = True) -> datetime:
        """Let time pass to ``moment``; not backwards when the class is behind its agenda."""
        there = list(Participant.objects.present().filter(room=self.room).values_list("pk", flat=True))
        while present and self.now + TICK < moment:
            self.now += TICK
            actions.note_here(there, now=self.now)
        self.now = max(self.now, moment)
        (actions.note_here if present else actions.note_gone)(there, now=self.now)
        return self.now


def conduct(room: Room, clock: Clock, line: Activity, luck: Random, tally: Tally, *, by: Actor) -> None:
    """Start a line, go through its steps with the robots taking part, and end it after its minutes."""
    began = clock.until(clock.now, present=not line.is_break)
    actions.start_activity(line, by=by, now=began)
    for number, step in enumerate(line.steps):
        line = actions.enter_step(line, number, by=by, now=clock.now)
        line.room = room
        take_turns(line, luck, tally, now=clock.now)
        clock.until(clock.now + timedelta(minutes=step.get("minutes", 0)))
    ends = began + timedelta(minutes=line.minutes)
    actions.end_activity(line, by=by, now=clock.until(ends, present=not line.is_break))
