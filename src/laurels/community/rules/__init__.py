"""Pure decisions: what a profile may say, who may write to whom, and what follows from a report."""

from laurels.community.rules.conduct import (
    why_not_appeal,
    why_not_lift,
    why_not_look_after,
    why_not_report,
    why_not_rule,
    why_not_settle,
)
from laurels.community.rules.profiles import (
    LINKS_MOST,
    drawn,
    drawn_whole,
    language_names,
    read_languages,
    read_links,
    why_not_change,
    why_not_publish,
    why_not_save,
)
from laurels.community.rules.writing import (
    DAY,
    HOUR,
    LENGTH_MOST,
    Sides,
    why_not_block,
    why_not_unblock,
    why_not_write,
    why_not_write_now,
)

__all__ = [
    "DAY",
    "HOUR",
    "LENGTH_MOST",
    "LINKS_MOST",
    "Sides",
    "drawn",
    "drawn_whole",
    "language_names",
    "read_languages",
    "read_links",
    "why_not_appeal",
    "why_not_block",
    "why_not_change",
    "why_not_lift",
    "why_not_look_after",
    "why_not_publish",
    "why_not_report",
    "why_not_rule",
    "why_not_save",
    "why_not_settle",
    "why_not_unblock",
    "why_not_write",
    "why_not_write_now",
]
