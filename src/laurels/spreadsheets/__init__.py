"""Lists that people upload, read whatever program wrote them; and how their titles are compared."""

from laurels.spreadsheets.reading import ADDRESS, MOST_BYTES, MOST_LINES, Row, read_rows
from laurels.spreadsheets.titles import folded

__all__ = ["ADDRESS", "MOST_BYTES", "MOST_LINES", "Row", "folded", "read_rows"]
