"""What can have happened to somebody's ledger."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryRecorded:
    entry_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class EntryReversed:
    """``reversal_id`` is the line that takes ``entry_id`` back."""

    entry_id: int
    reversal_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class EvidenceAdded:
    entry_id: int
    evidence_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class EvidenceLeaves:
    """The day on which its file goes was set, moved or called off."""

    entry_id: int
    evidence_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class EvidenceRemoved:
    """Its file is gone; the row stays."""

    entry_id: int
    evidence_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class OrganiserAsked:
    entry_id: int
    cosigning_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class OrganiserAnswered:
    entry_id: int
    cosigning_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class ClaimCodeMade:
    claim_code_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True)
class ClaimCodeClosed:
    claim_code_id: int
    organisation_id: int
