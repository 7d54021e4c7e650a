"""What a canvas does by itself, and when."""

from datetime import UTC, datetime
from math import ceil
from typing import Any

from laurels.rooms.kinds.scene import Due
from laurels.rooms.models import Participant
from laurels.rooms.queries.desk import Desk


def due(desk: Desk, state: Any, now: datetime) -> Due | None:
    """What comes first: what the kind says, or the end of the step where nobody leads."""
    canvas, room = desk.canvas, desk.canvas.activity.room
    clock = Participant(pk=0, room=room, role=Participant.Role.TRAINER, name="")
    own = desk.kind.due(state, desk.scene(clock, now))
    ends = Due(ceil(canvas.ends_at.timestamp())) if room.moves_itself and canvas.ends_at else None
    return min((each for each in (own, ends) if each is not None), key=lambda each: each.at, default=None)


def due_at(desk: Desk, state: Any, now: datetime) -> datetime | None:
    found = due(desk, state, now)
    return datetime.fromtimestamp(found.at, UTC) if found else None
