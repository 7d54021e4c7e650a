"""The verbs of the community."""

from laurels.community.actions.letters import tell_of_message, tell_of_outcome, tell_of_ruling, tell_of_settlement
from laurels.community.actions.profiles import follow_the_name, publish, save_profile, take_down
from laurels.community.actions.reporting import appeal, report
from laurels.community.actions.ruling import lift, rule_on, settle
from laurels.community.actions.writing import block, note_read, reply, unblock, write_to

__all__ = [
    "appeal",
    "block",
    "follow_the_name",
    "lift",
    "note_read",
    "publish",
    "reply",
    "report",
    "rule_on",
    "save_profile",
    "settle",
    "take_down",
    "tell_of_message",
    "tell_of_outcome",
    "tell_of_ruling",
    "tell_of_settlement",
    "unblock",
    "write_to",
]
