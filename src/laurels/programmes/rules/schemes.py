"""Reading ``schemes.toml``: what can be certified."""

from laurels.programmes.rules.contents import PackScheme
from laurels.programmes.rules.tables import Table

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
CODE = r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*"


def read_schemes(table: Table | None) -> tuple[PackScheme, ...]:
    if table is None:
        return ()
    found: dict[str, PackScheme] = {}
    for row in table.tables("scheme"):
        scheme = _read_scheme(row)
        if scheme.slug and scheme.slug in found:
            row.say("code", f"“{scheme.code}” stands here twice. Give each scheme a code of its own.")
        found.setdefault(scheme.slug, scheme)
    table.close()
    return tuple(found.values())


def _read_scheme(row: Table) -> PackScheme:
    scheme = PackScheme(
        code=row.text("code", limit=20, pattern=CODE, like="CSPO or CAL 1"),
        name=row.text("name", limit=120),
        track=row.text("track", limit=40, pattern=SLUG, like="productowner"),
        level=row.text("level", limit=40, pattern=SLUG, like="foundational"),
        description=row.text("description"),
        criteria=row.text("criteria"),
        never_expires=row.flag("never_expires"),
    )
    row.close()
    return scheme


def check_schemes(row: Table, key: str, codes: list[str], known: tuple[PackScheme, ...]) -> None:
    """Say of each code that no scheme of the pack has it."""
    for code in codes:
        if code not in {scheme.code for scheme in known}:
            row.say(key, f"No scheme has the code “{code}”. Add it to schemes.toml or correct it.")
