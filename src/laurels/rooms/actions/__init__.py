"""The verbs of a room: opening and conducting it, joining it, and acting on what lies in it."""

from laurels.rooms.actions.acting import act
from laurels.rooms.actions.conducting import end_activity, enter_step, extend, skip, start_activity
from laurels.rooms.actions.joining import (
    confirm,
    join_as_guest,
    join_as_trainer,
    lower_hand,
    raise_hand,
    remove,
    take_seat,
)
from laurels.rooms.actions.opening import close_room, freeze, open_room, thaw
from laurels.rooms.actions.presence import note_gone, note_here
from laurels.rooms.actions.teams import make_teams, move_to_team

__all__ = [
    "act",
    "close_room",
    "confirm",
    "end_activity",
    "enter_step",
    "extend",
    "freeze",
    "join_as_guest",
    "join_as_trainer",
    "lower_hand",
    "make_teams",
    "move_to_team",
    "note_gone",
    "note_here",
    "open_room",
    "raise_hand",
    "remove",
    "skip",
    "start_activity",
    "take_seat",
    "thaw",
]
