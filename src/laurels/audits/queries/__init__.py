from laurels.audits.queries.pages import AuditPage, Line, Queue, audit_page, mine, queue
from laurels.audits.queries.population import countable_entries, people_of

__all__ = ["AuditPage", "Line", "Queue", "audit_page", "countable_entries", "mine", "people_of", "queue"]
