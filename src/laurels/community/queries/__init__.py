"""Read models of the community, fully loaded; ``subjects`` says what can be reported."""

from laurels.community.queries.conversations import conversation_page, inbox, unread_count
from laurels.community.queries.members import (
    Badge,
    Directory,
    ProfilePage,
    badges_of,
    directory,
    own_certifications,
    preview,
    profile_page,
)
from laurels.community.queries.reports import CasePage, Queue, RulingPage, case_page, queue, ruling_page
from laurels.community.queries.standing import body_of, exclusion_of, hiding_of, is_hidden, sides
from laurels.community.queries.subjects import Subject, find_subject, subjects

__all__ = [
    "Badge",
    "CasePage",
    "Directory",
    "ProfilePage",
    "Queue",
    "RulingPage",
    "Subject",
    "badges_of",
    "body_of",
    "case_page",
    "conversation_page",
    "directory",
    "exclusion_of",
    "find_subject",
    "hiding_of",
    "inbox",
    "is_hidden",
    "own_certifications",
    "preview",
    "profile_page",
    "queue",
    "ruling_page",
    "sides",
    "subjects",
    "unread_count",
]
