"""Read models of workshops and seats: everything a page or a letter needs, fully loaded."""

from laurels.workshops.queries.asking import expectation_page, expected
from laurels.workshops.queries.calendar import calendar_file, seat_calendar_file
from laurels.workshops.queries.classes import (
    desk,
    desk_workshop,
    import_page,
    possible_trainers,
    seated_emails,
    seats_of_import,
)
from laurels.workshops.queries.confidence import class_confidence, confidence_page
from laurels.workshops.queries.money import payouts, statement, statement_table
from laurels.workshops.queries.offers import CatalogueFilter, catalogue, choices
from laurels.workshops.queries.pages import seat_page, workshop_page
from laurels.workshops.queries.words import dates_in_words, place_in_words

__all__ = [
    "CatalogueFilter",
    "calendar_file",
    "catalogue",
    "choices",
    "class_confidence",
    "confidence_page",
    "dates_in_words",
    "desk",
    "desk_workshop",
    "expectation_page",
    "expected",
    "import_page",
    "payouts",
    "place_in_words",
    "possible_trainers",
    "seat_calendar_file",
    "seat_page",
    "seated_emails",
    "seats_of_import",
    "statement",
    "statement_table",
    "workshop_page",
]
