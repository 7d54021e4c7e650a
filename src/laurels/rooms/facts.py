"""What can have happened in a room; everything is recorded under ``room:<id>``, in one order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoomOpened:
    room_id: int


@dataclass(frozen=True, slots=True)
class RoomClosed:
    room_id: int


@dataclass(frozen=True, slots=True)
class RoomForgotten:
    """The room is gone with everything in it."""

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
class LeadShared:
    """Somebody leads the room as well."""

    room_id: int
    participant_id: int


@dataclass(frozen=True, slots=True)
class ParticipantMoved:
    """Somebody works at a table in another room until that one closes."""

    room_id: int
    participant_id: int
    to_id: int


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


@dataclass(frozen=True, slots=True)
class CanvasStepped:
    """One team went to another step at its own pace."""

    room_id: int
    activity_id: int
    canvas_id: int
    step: int


@dataclass(frozen=True, slots=True)
class RunSheetChanged:
    """A line was added, moved or repeated, or its pace was set."""

    room_id: int
    activity_id: int


@dataclass(frozen=True, slots=True)
class RoamingAllowed:
    room_id: int


@dataclass(frozen=True, slots=True)
class EverybodyGathered:
    room_id: int


@dataclass(frozen=True, slots=True)
class TeamChoiceOpened:
    room_id: int


@dataclass(frozen=True, slots=True)
class TeamChoiceClosed:
    room_id: int


@dataclass(frozen=True, slots=True)
class TeamNamed:
    room_id: int
    team_id: int


@dataclass(frozen=True, slots=True)
class SaidDone:
    """Somebody said that they are done with the step, or took it back."""

    room_id: int
    participant_id: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """Streams of these participants opened or closed."""

    room_id: int
    arrived: tuple[int, ...]
    went: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SeatLinkSent:
    room_id: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class SeatLinkUsed:
    room_id: int
    participant_id: int


@dataclass(frozen=True, slots=True)
class SeatClaimed:
    """Somebody else says the seat is theirs; the trainer settles it."""

    room_id: int
    claim_id: int


@dataclass(frozen=True, slots=True)
class ClaimSettled:
    room_id: int
    claim_id: int
    is_granted: bool


@dataclass(frozen=True, slots=True)
class CardHidden:
    room_id: int
    team_id: int | None
    card: str


@dataclass(frozen=True, slots=True)
class CardShown:
    room_id: int
    team_id: int | None
    card: str


@dataclass(frozen=True, slots=True)
class ContributionMarked:
    """The trainer's word on how somebody took part; empty: the rule counts again."""

    room_id: int
    activity_id: int
    participant_id: int
    level: str
