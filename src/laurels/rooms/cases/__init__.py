"""The product case: what a team made in a class, to take home as a text, a document, a table or data.

case.py       what is in it, read from the room
markdown.py   as text; table.py as CSV for backlog tools; document.py as JSON; paper.py as PDF
"""

from laurels.rooms.cases.case import Case, Item, Made, case_of

__all__ = ["Case", "Item", "Made", "case_of"]
