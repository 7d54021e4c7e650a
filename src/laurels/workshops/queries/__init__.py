"""Read models of workshops and seats: everything a page or a letter needs, fully loaded."""

from laurels.workshops.queries.after import (
    AfterPage,
    CancelPage,
    MovePage,
    cancel_page,
    move_page,
    other_dates,
    substitute_page,
)
from laurels.workshops.queries.asking import expectation_page, expected
from laurels.workshops.queries.calendar import calendar_file, seat_calendar_file
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
from laurels.workshops.queries.offers import CatalogueFilter, catalogue, choices
from laurels.workshops.queries.pages import seat_page, workshop_page
from laurels.workshops.queries.words import dates_in_words, place_in_words

__all__ = [
    "AfterPage",
    "CancelPage",
    "CatalogueFilter",
    "MovePage",
    "at_stake",
    "calendar_file",
    "cancel_page",
    "catalogue",
    "choice_page",
    "choice_seen_by",
    "choice_with_secret",
    "choices",
    "choices_of",
    "class_confidence",
    "confidence_page",
    "dates_in_words",
    "desk",
    "desk_workshop",
    "expectation_page",
    "expected",
    "import_page",
    "move_page",
    "other_dates",
    "place_in_words",
    "possible_trainers",
    "released_seats",
    "seat_calendar_file",
    "seat_page",
    "seated_emails",
    "seats_of_import",
    "substitute_page",
    "workshop_page",
]
