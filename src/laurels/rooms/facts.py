"""What can have happened in a room; everything is recorded under ``room:<id>``, in one order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoomOpened:
    room_id: int


@dataclass(frozen=True, slots=True)
class RoomClosed:
    room_id: int


@dataclass(frozen=True, slots=True)
class RoomFrozen:
    room_id: int


@dataclass(frozen=True, slots=True)
class RoomThawed:
    room_id: int


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    room_id: int
    participant_id: int


@dataclass(frozen=True, slots=True)
class ParticipantConfirmed:
    room_id: int
    participant_id: int


@dataclass(frozen=True, slots=True)
class ParticipantRemoved:
    room_id: int
    participant_id: int


@dataclass(frozen=True, slots=True)
class HandRaised:
    room_id: int
    participant_id: int


@dataclass(frozen=True, slots=True)
class HandLowered:
    room_id: int
    participant_id: int


@dataclass(frozen=True, slots=True)
class TeamsMade:
    room_id: int


@dataclass(frozen=True, slots=True)
class TeamChanged:
    room_id: int
    participant_id: int


@dataclass(frozen=True, slots=True)
class ActivityStarted:
    room_id: int
    activity_id: int


@dataclass(frozen=True, slots=True)
class StepEntered:
    """``step`` counts from 0; every canvas of the activity moved on."""

    room_id: int
    activity_id: int
    step: int


@dataclass(frozen=True, slots=True)
class TimerExtended:
    room_id: int
    activity_id: int


@dataclass(frozen=True, slots=True)
class ActivityEnded:
    room_id: int
    activity_id: int


@dataclass(frozen=True, slots=True)
class ActivitySkipped:
    room_id: int
    activity_id: int


@dataclass(frozen=True, slots=True)
class Acted:
    """Something was done on a canvas; ``touched`` names the parts that look different now."""

    room_id: int
    canvas_id: int
    act_id: int
    touched: tuple[str, ...]
