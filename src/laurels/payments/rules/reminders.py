"""When a buyer is reminded of an order."""

from collections.abc import Collection
from datetime import date

# Days after the due date.
STEPS = (1, 8, 15)


def due_reminder(due_on: date, today: date, sent: Collection[int]) -> int | None:
    """The step whose turn it is: the latest reached, if neither it nor a later one was sent.

    Whoever could not be written to for a while gets one letter afterwards, not three.
    """
    late = (today - due_on).days
    reached = max((step for step in STEPS if step <= late), default=None)
    return reached if reached is not None and all(step < reached for step in sent) else None
