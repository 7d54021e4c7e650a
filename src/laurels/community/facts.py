"""What can have happened among members."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProfileSaved:
    profile_id: int


@dataclass(frozen=True, slots=True)
class ProfilePublished:
    profile_id: int


@dataclass(frozen=True, slots=True)
class ProfileTakenDown:
    profile_id: int


@dataclass(frozen=True, slots=True)
class ConversationBegun:
    conversation_id: int


@dataclass(frozen=True, slots=True)
class MessageWritten:
    conversation_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class PersonBlocked:
    """Of interest to nobody but ``blocker_id``."""

    blocker_id: int
    blocked_id: int


@dataclass(frozen=True, slots=True)
class BlockRemoved:
    blocker_id: int
    blocked_id: int


@dataclass(frozen=True, slots=True)
class Reported:
    case_id: int
    report_id: int


@dataclass(frozen=True, slots=True)
class CaseRuled:
    case_id: int
    ruling_id: int


@dataclass(frozen=True, slots=True)
class RulingLifted:
    """``ruling_id`` is the later ruling, which undoes ``lifted_id``."""

    case_id: int
    ruling_id: int
    lifted_id: int


@dataclass(frozen=True, slots=True)
class AppealMade:
    case_id: int
    appeal_id: int


@dataclass(frozen=True, slots=True)
class AppealSettled:
    case_id: int
    appeal_id: int
