"""Why a workshop, a seat or a list of attendees cannot be had that way; and how such a list is read."""

from laurels.workshops.rules.asking import (
    LEAST_PEOPLE,
    SCALE,
    moment_of,
    ratings,
    why_not_own_seat,
    why_not_say,
    why_not_tell,
)
from laurels.workshops.rules.attendees import ImportLine, parse_attendees
from laurels.workshops.rules.files import MOST_BYTES
from laurels.workshops.rules.moves import (
    CHANGEABLE,
    why_not_announce,
    why_not_cancel,
    why_not_change,
    why_not_close,
    why_not_confirm,
    why_not_draft,
    why_not_hold,
    why_not_start,
)
from laurels.workshops.rules.reminding import (
    LONGEST_JOINING,
    drawn,
    due_point,
    points,
    why_not_plan_reminders,
    why_not_tell_joining,
)
from laurels.workshops.rules.seats import (
    why_not_book,
    why_not_book_for,
    why_not_book_somebody,
    why_not_cancel_seat,
    why_not_import,
    why_not_seat_so_many,
)

__all__ = [
    "CHANGEABLE",
    "LEAST_PEOPLE",
    "LONGEST_JOINING",
    "MOST_BYTES",
    "SCALE",
    "ImportLine",
    "drawn",
    "due_point",
    "moment_of",
    "parse_attendees",
    "points",
    "ratings",
    "why_not_announce",
    "why_not_book",
    "why_not_book_for",
    "why_not_book_somebody",
    "why_not_cancel",
    "why_not_cancel_seat",
    "why_not_change",
    "why_not_close",
    "why_not_confirm",
    "why_not_draft",
    "why_not_hold",
    "why_not_import",
    "why_not_own_seat",
    "why_not_plan_reminders",
    "why_not_say",
    "why_not_seat_so_many",
    "why_not_start",
    "why_not_tell",
    "why_not_tell_joining",
]
