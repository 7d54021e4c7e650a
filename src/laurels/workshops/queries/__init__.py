"""Read models of workshops and seats: everything a page or a letter needs, fully loaded."""

from laurels.workshops.queries.after import (
    AfterPage,
    CancelPage,
    MovePage,
    cancel_page,
    cancel_place_page,
    move_page,
    move_place_page,
    other_dates,
    substitute_page,
)
from laurels.workshops.queries.asking import expectation_page, expected
from laurels.workshops.queries.booking import BookingPage, booking_page, price_table, sale_of
from laurels.workshops.queries.bookings import Booking, booking, is_for_seats
from laurels.workshops.queries.calendar import (
    Feed,
    calendar_of,
    course_feed,
    seat_attachments,
    seat_calendar_file,
    seat_events,
)
from laurels.workshops.queries.choices import (
    at_stake,
    choice_page,
    choice_seen_by,
    choice_with_secret,
    choices_of,
    released_seats,
)
from laurels.workshops.queries.classes import (
    desk,
    desk_workshop,
    import_page,
    possible_trainers,
    seated_emails,
    seats_of_import,
)
from laurels.workshops.queries.confidence import class_confidence, confidence_page
from laurels.workshops.queries.embeds import Listed, as_json, embedded, embedded_data, embedding
from laurels.workshops.queries.linked import linked_workshop
from laurels.workshops.queries.money import payouts, statement, statement_table
from laurels.workshops.queries.offers import CatalogueFilter, catalogue, choices
from laurels.workshops.queries.pages import seat_page, workshop_page
from laurels.workshops.queries.queue import (
    offer_page,
    own_places,
    position_of,
    queue_desk,
    queue_page,
    queue_path,
    queue_run_by,
    queue_table,
    until_in_words,
    waiting_at,
    wish_in_words,
)
from laurels.workshops.queries.reminding import joining_page
from laurels.workshops.queries.selling import coupon_lines, coupon_page, sale_page
from laurels.workshops.queries.telling import joining_drawn, joining_in_plain
from laurels.workshops.queries.words import dates_in_words, place_in_words

__all__ = [
    "AfterPage",
    "Booking",
    "BookingPage",
    "CancelPage",
    "CatalogueFilter",
    "Feed",
    "Listed",
    "MovePage",
    "as_json",
    "at_stake",
    "booking",
    "booking_page",
    "calendar_of",
    "cancel_page",
    "cancel_place_page",
    "catalogue",
    "choice_page",
    "choice_seen_by",
    "choice_with_secret",
    "choices",
    "choices_of",
    "class_confidence",
    "confidence_page",
    "coupon_lines",
    "coupon_page",
    "course_feed",
    "dates_in_words",
    "desk",
    "desk_workshop",
    "embedded",
    "embedded_data",
    "embedding",
    "expectation_page",
    "expected",
    "import_page",
    "is_for_seats",
    "joining_drawn",
    "joining_in_plain",
    "joining_page",
    "linked_workshop",
    "move_page",
    "move_place_page",
    "offer_page",
    "other_dates",
    "own_places",
    "payouts",
    "place_in_words",
    "position_of",
    "possible_trainers",
    "price_table",
    "queue_desk",
    "queue_page",
    "queue_path",
    "queue_run_by",
    "queue_table",
    "released_seats",
    "sale_of",
    "sale_page",
    "seat_attachments",
    "seat_calendar_file",
    "seat_events",
    "seat_page",
    "seated_emails",
    "seats_of_import",
    "statement",
    "statement_table",
    "substitute_page",
    "until_in_words",
    "waiting_at",
    "wish_in_words",
    "workshop_page",
]
