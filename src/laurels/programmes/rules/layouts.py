"""Reading ``certificates/*.toml``: the words and colours printed on certificates."""

from laurels.programmes.rules.contents import PackLayout, PackScheme
from laurels.programmes.rules.problems import Problem
from laurels.programmes.rules.schemes import check_schemes
from laurels.programmes.rules.tables import Table, digest_of

WORDS = ("heading", "earned", "valid_from", "valid_until", "number", "verify")
COLOURS = ("ink", "accent", "paper")
COLOUR = r"#[0-9a-f]{6}"


def read_layouts(tables: list[Table], known: tuple[PackScheme, ...], problems: list[Problem]) -> tuple[PackLayout, ...]:
    """One layout a file; every scheme has exactly one."""
    found: list[PackLayout] = []
    covered: set[str] = set()
    for table in tables:
        layout = _read_layout(table, known)
        for code in sorted(covered & set(layout.schemes)):
            table.say("schemes", f"“{code}” has another layout already. Keep it in one file.")
        covered |= set(layout.schemes)
        found.append(layout)
    for code in [scheme.code for scheme in known if tables and scheme.code not in covered]:
        message = f"The scheme “{code}” has no certificate layout. Add its code to the schemes of one file."
        problems.append(Problem("certificates/", 0, "schemes", message))
    return tuple(found)


def _read_layout(table: Table, known: tuple[PackScheme, ...]) -> PackLayout:
    codes = table.texts("schemes")
    check_schemes(table, "schemes", codes, known)
    parameters = {
        "words": _texts(table.table("words"), WORDS, limit=300),
        "colours": _texts(table.table("colours"), COLOURS, limit=7, pattern=COLOUR),
        "signatory": _texts(table.table("signatory"), ("name", "role"), limit=120),
    }
    table.close()
    return PackLayout(tuple(codes), parameters, digest_of(parameters))


def _texts(table: Table | None, keys: tuple[str, ...], *, limit: int, pattern: str = "") -> dict[str, str]:
    if table is None:
        return {}
    words = {key: table.text(key, limit=limit, pattern=pattern, like="#2f5d46") for key in keys}
    table.close()
    return words
