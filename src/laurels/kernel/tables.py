"""Tables for people's spreadsheets."""

from collections.abc import Iterable

# Signs that make a spreadsheet read a cell as a formula, also behind spaces.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def formula_safe(row: Iterable[str]) -> list[str]:
    """The cells so that no spreadsheet takes one of them for a formula."""
    return [f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell for cell in row]
