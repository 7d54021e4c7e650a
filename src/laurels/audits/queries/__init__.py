from laurels.audits.queries.pages import (
    AuditPage,
    Line,
    Past,
    Queue,
    audit_page,
    letters_of,
    mine,
    past_at,
    past_of,
    queue,
)
from laurels.audits.queries.population import countable_entries, people_of, percent_of
from laurels.audits.queries.retention import is_looked_at, served_until

__all__ = [
    "AuditPage",
    "Line",
    "Past",
    "Queue",
    "audit_page",
    "countable_entries",
    "is_looked_at",
    "letters_of",
    "mine",
    "past_at",
    "past_of",
    "people_of",
    "percent_of",
    "queue",
    "served_until",
]
