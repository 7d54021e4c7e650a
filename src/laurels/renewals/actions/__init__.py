"""The verbs of renewing."""

from laurels.renewals.actions.groups import (
    bill_group,
    invite_to_group,
    make_group,
    remind_groups,
    remind_of_group,
    tell_of_group,
)
from laurels.renewals.actions.letters import tell_it_fell_short
from laurels.renewals.actions.previews import ask_preview, put_into_effect, work_out
from laurels.renewals.actions.reminding import plan_reminders, remind, remind_all, remind_part
from laurels.renewals.actions.renewing import (
    begin,
    complete,
    complete_paid,
    give_up,
    renew_the_rest,
)

__all__ = [
    "ask_preview",
    "begin",
    "bill_group",
    "complete",
    "complete_paid",
    "give_up",
    "invite_to_group",
    "make_group",
    "plan_reminders",
    "put_into_effect",
    "remind",
    "remind_all",
    "remind_groups",
    "remind_of_group",
    "remind_part",
    "renew_the_rest",
    "tell_it_fell_short",
    "tell_of_group",
    "work_out",
]
