from laurels.audits.queries.pages import AuditPage, Line, Queue, audit_page, mine, queue
from laurels.audits.queries.population import countable_entries, people_of, percent_of
from laurels.audits.queries.retention import is_looked_at, served_until

__all__ = [
    "AuditPage",
    "Line",
    "Queue",
    "audit_page",
    "countable_entries",
    "is_looked_at",
    "mine",
    "people_of",
    "percent_of",
    "queue",
    "served_until",
]
