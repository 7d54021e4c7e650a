"""The badge as a picture: the wreath, the scheme, the year."""

from datetime import UTC, datetime
from pathlib import Path

from laurels import typesetting

_SIDE_IN_INCHES = 150 / 25.4

HERE = Path(__file__).parent


def badge_svg(*, scheme: str, body: str, year: int) -> str:
    return typesetting.svg(HERE / "badge.typ", _words(scheme, body, year), at=_at(year))


def badge_png(*, scheme: str, body: str, year: int, size: int = 600) -> bytes:
    """``size`` is the side in pixels."""
    return typesetting.png(HERE / "badge.typ", _words(scheme, body, year), at=_at(year), ppi=size / _SIDE_IN_INCHES)


def _words(scheme: str, body: str, year: int) -> dict[str, str | int]:
    return {"scheme": scheme, "body": body, "year": year}


def _at(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)
