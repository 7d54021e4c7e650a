"""The verbs of gatherings: announcing, signing up, holding, and what is left to do."""

from laurels.gatherings.actions.boards import claim_board, forget_boards, open_board
from laurels.gatherings.actions.following import draft_article, follow_up, hide_words, show_words
from laurels.gatherings.actions.groups import change_group, found, join_group, leave_group, make_organiser, note_help
from laurels.gatherings.actions.holding import (
    come_in,
    deal_if_crowded,
    give_tables_time,
    harvest,
    harvest_if_done,
    hold,
    hold_if_over,
    lay_out_last_time,
    open_doors,
    set_tables,
    tend,
)
from laurels.gatherings.actions.letters import (
    give_tickets,
    remind,
    tell_of_cancellation,
    tell_of_move,
    tell_of_place,
    tell_of_summary,
)
from laurels.gatherings.actions.planning import (
    announce,
    begin_series,
    cancel,
    change,
    end_series,
    plan_ahead,
    share_hosting,
)
from laurels.gatherings.actions.signing_up import sign_off, sign_up, sign_up_guest
from laurels.gatherings.actions.tickets import claim_ticket, give_ticket

__all__ = [
    "announce",
    "begin_series",
    "cancel",
    "change",
    "change_group",
    "claim_board",
    "claim_ticket",
    "come_in",
    "deal_if_crowded",
    "draft_article",
    "end_series",
    "follow_up",
    "forget_boards",
    "found",
    "give_tables_time",
    "give_ticket",
    "give_tickets",
    "harvest",
    "harvest_if_done",
    "hide_words",
    "hold",
    "hold_if_over",
    "join_group",
    "lay_out_last_time",
    "leave_group",
    "make_organiser",
    "note_help",
    "open_board",
    "open_doors",
    "plan_ahead",
    "remind",
    "set_tables",
    "share_hosting",
    "show_words",
    "sign_off",
    "sign_up",
    "sign_up_guest",
    "tell_of_cancellation",
    "tell_of_move",
    "tell_of_place",
    "tell_of_summary",
    "tend",
]
