"""What somebody who announces a gathering says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Terms:
    """Words, length and size of a gathering, or of each of a series. ``capacity`` None: as many as want."""

    title: str
    zone: str
    about: str = ""
    place: str = ""
    link: str = ""
    language: str = "en"
    minutes: int = 60
    capacity: int | None = None
    table_size: int = 8
    is_led: bool = True
    board: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Any]:
        names = ("title", "zone", "about", "place", "link", "language", "minutes", "capacity", "table_size", "is_led")
        return {name: getattr(self, name) for name in names} | {"board": dict(self.board)}


def terms_of(described: Any) -> Terms:
    """The terms a series or a gathering has."""
    return Terms(**{name: getattr(described, name) for name in Terms.__slots__})
