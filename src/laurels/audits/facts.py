"""What can have happened to an audit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditsDrawn:
    draw_id: int
    body_id: int
    count: int


@dataclass(frozen=True, slots=True)
class AuditBegun:
    audit_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class AuditAnswered:
    audit_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class EntryRuled:
    audit_id: int
    ruling_id: int


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """``ruling_id`` asks the member something."""

    audit_id: int
    ruling_id: int


@dataclass(frozen=True, slots=True)
class AuditClosed:
    audit_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class AuditReminded:
    audit_id: int
    reminder_id: int


@dataclass(frozen=True, slots=True)
class AuditMissed:
    """Nothing came in time; what the person holds is paused."""

    audit_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class AppealMade:
    audit_id: int
    appeal_id: int


@dataclass(frozen=True, slots=True)
class AppealSettled:
    audit_id: int
    appeal_id: int
