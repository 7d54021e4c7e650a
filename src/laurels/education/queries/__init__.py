from laurels.education.queries.binding import bindings, bindings_here
from laurels.education.queries.codes import CodeList, claim_codes
from laurels.education.queries.ledger import (
    PROGRAMME_BEGAN,
    CategorySum,
    LedgerPage,
    Quarter,
    addresses,
    body_of,
    countable,
    first_day,
    ledger_page,
    open_again,
)

__all__ = [
    "PROGRAMME_BEGAN",
    "CategorySum",
    "CodeList",
    "LedgerPage",
    "Quarter",
    "addresses",
    "bindings",
    "bindings_here",
    "body_of",
    "claim_codes",
    "countable",
    "first_day",
    "ledger_page",
    "open_again",
]
