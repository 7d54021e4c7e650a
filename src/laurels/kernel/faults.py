"""What a look through the whole database finds: where, and what is wrong there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """``place`` names the row as staff and operators know it; ``words`` say what should be so and is not."""

    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"
