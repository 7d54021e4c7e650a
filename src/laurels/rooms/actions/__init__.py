"""The verbs of a room: opening and conducting it, joining it, and acting on what lies in it."""

from laurels.rooms.actions.acting import act, put_in
from laurels.rooms.actions.clockwork import move, move_due
from laurels.rooms.actions.conducting import end_activity, enter_step, extend, go_on, skip, start_activity
from laurels.rooms.actions.forgetting import forget_room
from laurels.rooms.actions.joining import (
    attend,
    confirm,
    join_as_guest,
    join_as_trainer,
    lead,
    lower_hand,
    raise_hand,
    remember,
    remove,
    say_done,
    share_lead,
    take_seat,
)
from laurels.rooms.actions.moderating import hide_card, mark, show_card
from laurels.rooms.actions.moving import send_to
from laurels.rooms.actions.opening import close_room, freeze, gather, let_roam, open_meeting, open_room, thaw
from laurels.rooms.actions.presence import note_gone, note_here
from laurels.rooms.actions.seats import claim_seat, send_seat_link, settle_claim, use_seat_link
from laurels.rooms.actions.sheet import add_exercise, add_line, move_line, repeat, set_pace
from laurels.rooms.actions.tables import join_as_table, sit_down, sit_down_by_name
from laurels.rooms.actions.teams import (
    choose_team,
    close_team_choice,
    make_teams,
    move_to_team,
    name_team,
    open_team_choice,
)

__all__ = [
    "act",
    "add_exercise",
    "add_line",
    "attend",
    "choose_team",
    "claim_seat",
    "close_room",
    "close_team_choice",
    "confirm",
    "end_activity",
    "enter_step",
    "extend",
    "forget_room",
    "freeze",
    "gather",
    "go_on",
    "hide_card",
    "join_as_guest",
    "join_as_table",
    "join_as_trainer",
    "lead",
    "let_roam",
    "lower_hand",
    "make_teams",
    "mark",
    "move",
    "move_due",
    "move_line",
    "move_to_team",
    "name_team",
    "note_gone",
    "note_here",
    "open_meeting",
    "open_room",
    "open_team_choice",
    "put_in",
    "raise_hand",
    "remember",
    "remove",
    "repeat",
    "say_done",
    "send_seat_link",
    "send_to",
    "set_pace",
    "settle_claim",
    "share_lead",
    "show_card",
    "sit_down",
    "sit_down_by_name",
    "skip",
    "start_activity",
    "take_seat",
    "thaw",
    "use_seat_link",
]
