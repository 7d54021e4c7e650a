from laurels.rooms.models.people import Claim, Participant, ParticipantQuerySet, Presence, SeatLink
from laurels.rooms.models.rooms import Room, RoomQuerySet, Team
from laurels.rooms.models.sheet import Activity, ActivityQuerySet
from laurels.rooms.models.work import Act, Canvas, CanvasQuerySet, Card, Contribution

__all__ = [
    "Act",
    "Activity",
    "ActivityQuerySet",
    "Canvas",
    "CanvasQuerySet",
    "Card",
    "Claim",
    "Contribution",
    "Participant",
    "ParticipantQuerySet",
    "Presence",
    "Room",
    "RoomQuerySet",
    "SeatLink",
    "Team",
]
