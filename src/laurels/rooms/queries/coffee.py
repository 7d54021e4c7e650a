"""What a Lean Coffee holds, for those who organise it."""

from dataclasses import dataclass
from typing import Any

from laurels.rooms.kinds.leancoffee.record import as_json, record_of
from laurels.rooms.kinds.leancoffee.rules import in_order
from laurels.rooms.models import Activity, Canvas, Room
from laurels.rooms.queries.desk import desk_of


@dataclass(frozen=True, slots=True)
class Wishes:
    """Topics best first, whose votes they have (participant pk → topics), and what people take along so far."""

    topics: list[str]
    votes: dict[int, list[str]]
    takeaways: list[str]


def coffee_wishes(room: Room) -> Wishes:
    """Nothing of anything where the Lean Coffee has not begun."""
    canvas = Canvas.objects.filter(activity__room=room).with_activity().first()
    if canvas is None:
        return Wishes([], {}, [])
    desk = desk_of(canvas)
    topics = [id_ for id_ in in_order(desk.state) if id_ in desk.cards]
    takeaways = [desk.cards[id_].text for id_ in desk.state.takeaways if id_ in desk.cards]
    return Wishes(topics, desk.state.votes, takeaways)


def coffee_record(room: Room) -> dict[str, Any]:
    """What came of it as plain data (see ``kinds/leancoffee/record.py``).

    Empty where it has not begun, and as long as topics or votes are closed to all.
    """
    canvas = Canvas.objects.filter(activity__room=room).with_activity().first()
    if canvas is None:
        return {}
    stage = desk_of(canvas).stage()
    is_running = canvas.activity.state == Activity.State.RUNNING
    return {} if is_running and stage.is_closed else as_json(record_of(stage))
