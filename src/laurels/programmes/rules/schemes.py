"""Reading ``schemes.toml``: what can be certified."""

from collections.abc import Iterable
from typing import Any

from laurels.programmes.rules.contents import PackScheme
from laurels.programmes.rules.prerequisites import STANDINGS
from laurels.programmes.rules.tables import Table

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
CODE = r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*"


def read_schemes(table: Table | None) -> tuple[PackScheme, ...]:
    if table is None:
        return ()
    found: dict[str, PackScheme] = {}
    rows = table.tables("scheme")
    for row in rows:
        scheme = _read_scheme(row)
        if scheme.slug and scheme.slug in found:
            row.say("code", f"“{scheme.code}” stands here twice. Give each scheme a code of its own.")
        found.setdefault(scheme.slug, scheme)
    table.close()
    _check_ladder(rows, found.values())
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
        prerequisites=_read_prerequisites(row),
    )
    row.close()
    return scheme


def _read_prerequisites(row: Table) -> dict[str, Any]:
    """As ``Scheme.prerequisites`` keeps it; empty where nothing is needed before."""
    requires = [_read_lower(each) for each in row.tables("requires", required=False)]
    experience = row.table("experience", required=False)
    found = {"requires": requires, "experience": _read_experience(experience) if experience else None}
    return {key: value for key, value in found.items() if value}


def _read_lower(row: Table) -> dict[str, Any]:
    lower = {
        "scheme": row.text("scheme", limit=20, pattern=CODE, like="CSPO"),
        "standing": row.choice("standing", STANDINGS),
    }
    row.close()
    return lower


def _read_experience(row: Table) -> dict[str, Any]:
    months, within = row.whole("months", least=1, most=600), row.whole("within_months", least=1, most=1200)
    if months > within:
        row.say("months", f"{months} months do not fit into the last {within}. Lower it, or raise within_months.")
    role = row.text("role", limit=60)
    row.close()
    return {"months": months, "within_months": within, "role": role}


def _check_ladder(rows: list[Table], known: Iterable[PackScheme]) -> None:
    """Say of each required scheme that it is not there, or that it leads back to where it is required."""
    lower = {one.code: [each["scheme"] for each in one.prerequisites.get("requires", [])] for one in known}
    for row in rows:
        code = row.values.get("code")
        for at, wanted in enumerate(lower.get(str(code), [])):
            if wanted and wanted not in lower:
                row.say_at(("requires", at, "scheme"), f"No scheme has the code “{wanted}”. Add it or correct it.")
            elif code in _reached(wanted, lower):
                message = f"“{wanted}” needs “{code}” itself, so nobody could begin. Take one of them out."
                row.say_at(("requires", at, "scheme"), message)


def _reached(code: str, lower: dict[str, list[str]]) -> set[str]:
    found, waiting = set[str](), [code]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += lower.get(at, [])
    return found


def check_schemes(row: Table, key: str, codes: list[str], known: tuple[PackScheme, ...]) -> None:
    """Say of each code that no scheme of the pack has it."""
    for code in codes:
        if code not in {scheme.code for scheme in known}:
            row.say(key, f"No scheme has the code “{code}”. Add it to schemes.toml or correct it.")
