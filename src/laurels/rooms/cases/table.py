"""A case's backlog as a table that backlog tools import.

``jira``: Jira's CSV import maps any column; Summary is the one it needs. ``azure``: Azure DevOps imports by the names
of its fields; Work Item Type and Title are needed. Others (Trello, Linear and so on) read the first with a mapping.
"""

import csv
import io
from collections.abc import Callable, Sequence

from laurels.kernel.tables import formula_safe
from laurels.rooms.cases.case import Case, Item

type Column = Callable[[Item], str]


def _description(item: Item) -> str:
    named = [("Outcome", item.outcome), ("Seen by", item.measure), ("Why here", " ".join(item.reasons))]
    return "\n".join(f"{name}: {words}" for name, words in named if words)


def _criteria(item: Item) -> str:
    return "\n".join(item.criteria)


TOOLS: dict[str, dict[str, Column]] = {
    "jira": {
        "Issue Type": lambda item: "Story",
        "Summary": lambda item: item.text,
        "Description": _description,
        "Acceptance Criteria": _criteria,
        "Story Points": lambda item: item.size,
        "Priority": lambda item: str(item.rank),
        "Labels": lambda item: "product-case",
        "Parent": lambda item: item.parent,
    },
    "azure": {
        "Work Item Type": lambda item: "Product Backlog Item",
        "Title": lambda item: item.text,
        "Description": _description,
        "Acceptance Criteria": _criteria,
        "Effort": lambda item: item.size,
        "Priority": lambda item: str(min(4, 1 + item.rank // 5)),
        "Tags": lambda item: "product-case",
    },
}


def write(case: Case, tool: str = "jira") -> str:
    columns = TOOLS[tool]
    rows: list[Sequence[str]] = [list(columns)]
    rows += [formula_safe(column(item) for column in columns.values()) for item in case.backlog]
    sheet = io.StringIO()
    csv.writer(sheet).writerows(rows)
    return "\ufeff" + sheet.getvalue()
