"""Everything that can happen to a letter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterWritten:
    letter_id: int


@dataclass(frozen=True, slots=True)
class LetterSent:
    letter_id: int


@dataclass(frozen=True, slots=True)
class LetterFailed:
    letter_id: int


@dataclass(frozen=True, slots=True)
class LetterBounced:
    """It came back for good: nobody reads at that address."""

    letter_id: int
