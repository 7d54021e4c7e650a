"""Why a workshop, a seat or a list of attendees cannot be had that way; and how such a list is read."""

from laurels.spreadsheets import MOST_BYTES
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
from laurels.workshops.rules.checkout import (
    PAID_TOO_LATE,
    Attendee,
    Basket,
    why_not_check_out,
    why_not_invited,
    why_not_name,
    why_not_seat_twice,
)
from laurels.workshops.rules.fees import binding_fee, why_not_set_fee
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
from laurels.workshops.rules.prices import Priced, early_price, price, why_not_coupon
from laurels.workshops.rules.seats import (
    why_not_book,
    why_not_book_for,
    why_not_book_somebody,
    why_not_cancel_seat,
    why_not_import,
    why_not_open,
    why_not_seat_so_many,
)
from laurels.workshops.rules.terms import USUAL, RefundQuote, Step, Terms, terms_of, why_not_terms

__all__ = [
    "CHANGEABLE",
    "LEAST_PEOPLE",
    "MOST_BYTES",
    "PAID_TOO_LATE",
    "SCALE",
    "USUAL",
    "Attendee",
    "Basket",
    "ImportLine",
    "Priced",
    "RefundQuote",
    "Step",
    "Terms",
    "binding_fee",
    "early_price",
    "moment_of",
    "parse_attendees",
    "price",
    "ratings",
    "terms_of",
    "why_not_announce",
    "why_not_book",
    "why_not_book_for",
    "why_not_book_somebody",
    "why_not_cancel",
    "why_not_cancel_seat",
    "why_not_change",
    "why_not_check_out",
    "why_not_close",
    "why_not_confirm",
    "why_not_coupon",
    "why_not_draft",
    "why_not_hold",
    "why_not_import",
    "why_not_invited",
    "why_not_name",
    "why_not_open",
    "why_not_own_seat",
    "why_not_say",
    "why_not_seat_so_many",
    "why_not_seat_twice",
    "why_not_set_fee",
    "why_not_start",
    "why_not_tell",
    "why_not_terms",
]
