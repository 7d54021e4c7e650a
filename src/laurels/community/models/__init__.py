"""Profiles, conversations and blocks, and what is done about reports."""

from laurels.community.models.conduct import Appeal, Case, Report, Ruling
from laurels.community.models.conversations import Blocking, Conversation, Message, Party
from laurels.community.models.profiles import Profile

__all__ = ["Appeal", "Blocking", "Case", "Conversation", "Message", "Party", "Profile", "Report", "Ruling"]
