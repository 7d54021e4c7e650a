"""An expected "no" that speaks to a person: what is wrong, and what to do."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """``code`` is stable and for machines; ``message`` is a sentence for people (may be a lazy translation)."""

    code: str
    message: Any
    field: str = ""

    def __str__(self) -> str:
        return str(self.message)


class Refused(Exception):
    """Raised by actions, turned into a 409 page, a problem document or a command's sentence in one place each."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal.message))
        self.refusal = refusal


def require(refusal: Refusal | None) -> None:
    """Raise ``Refused`` unless the rule had nothing against it."""
    if refusal is not None:
        raise Refused(refusal)
