"""What a meeting is worth: minutes that the server saw."""

from collections.abc import Iterable
from datetime import datetime

type Span = tuple[datetime, datetime]


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What of ``spans`` is not in ``taken``: nobody sits in two meetings at once."""
    left = sorted(spans)
    for start, end in sorted(taken):
        left = [
            piece
            for begin, finish in left
            for piece in ((begin, min(finish, start)), (max(begin, end), finish))
            if piece[1] > piece[0]
        ]
    return left
