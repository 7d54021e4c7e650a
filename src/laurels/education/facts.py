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
