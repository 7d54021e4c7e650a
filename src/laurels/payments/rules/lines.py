"""The lines of an order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """``minor`` for the whole line, in prices as the seller shows them; a discount is below zero."""

    words: str
    minor: int
    quantity: int = 1
