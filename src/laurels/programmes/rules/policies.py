"""Reading ``policies/**.toml``: dated rule sets, each value with the place where it was read."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from laurels.programmes.rules.categories import LONGEST, activity_names, category, counted_names, is_category
from laurels.programmes.rules.contents import PackPolicy, PackScheme
from laurels.programmes.rules.parameters import NOT_FOUND, PARAMETERS, money_in
from laurels.programmes.rules.problems import Problem
from laurels.programmes.rules.schemes import SLUG, check_schemes
from laurels.programmes.rules.tables import Table, digest_of

KEY = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
WORTH = ("own-page", "third-party", "weak", "unmarked")

type Sources = dict[str, dict[str, str]]


def read_sources(table: Table | None) -> Sources:
    """``sources.toml``: what the source keys of the policies stand for."""
    if table is None:
        return {}
    found: Sources = {}
    for row in table.tables("source"):
        key = row.text("key", limit=40, pattern=KEY, like="SA-REQ")
        if key in found:
            row.say("key", f"The source “{key}” stands here twice. Keep one.")
        title, worth = row.text("title", limit=200), row.choice("worth", WORTH)
        url = row.text("url", default="", limit=500, pattern=r"https?://\S+", like="https://guild.example/rules")
        found[key] = {"key": key, "title": title, "worth": worth, "url": url}
        row.close()
    table.close()
    return found


def read_policies(
    tables: list[Table], known: tuple[PackScheme, ...], sources: Sources, problems: list[Problem]
) -> tuple[PackPolicy, ...]:
    found: list[tuple[Table, PackPolicy]] = []
    for table in tables:
        policy = _Reader(table, known, sources).policy()
        if any(policy.key == other.key for _, other in found):
            table.say("key", f"Another policy has the key “{policy.key}”. Give each its own.")
        found.append((table, policy))
    binding = sorted(((t, p) for t, p in found if not p.is_reference), key=lambda pair: pair[1].in_force_from)
    if tables and not binding:
        problems.append(
            Problem("policies/", 0, "", "Only reference policies are here. Add the rules that bind the body.")
        )
    for (_, earlier), (table, later) in pairwise(binding):
        _check_seam(table, earlier, later)
    return tuple(policy for _, policy in found)


def _check_seam(table: Table, earlier: PackPolicy, later: PackPolicy) -> None:
    """Of two policies in the order of their dates the later must begin on the day after the earlier's end."""
    if earlier.in_force_until is None or later.in_force_from <= earlier.in_force_until:
        until = earlier.in_force_until or "for ever"
        table.say("in_force_from", f"{earlier.key} is in force until {until} and overlaps. End it on the day before.")
    elif later.in_force_from > earlier.in_force_until + timedelta(days=1):
        table.say(
            "in_force_from", f"{earlier.key} ends on {earlier.in_force_until}: days without rules. Close the gap."
        )


class _Reader:
    def __init__(self, table: Table, known: tuple[PackScheme, ...], sources: Sources) -> None:
        self.table, self.known, self.catalogue = table, known, sources
        self.parameters: dict[str, Any] = {}
        self.sources: dict[str, Any] = {}

    def policy(self) -> PackPolicy:
        table = self.table
        key = table.text("key", limit=40, pattern=KEY, like="SA-2024")
        title, about = table.text("title", limit=160), table.text("about")
        is_reference = table.flag("reference")
        if not is_reference and table.file.startswith("policies/reference/"):
            table.say("reference", "Policies in this folder bind nobody. Write reference = true, or move the file up.")
        first, final = self.dates(is_reference)
        self.currency = table.text("currency", default="", pattern=r"[A-Z]{3}", like="USD")
        self.read_parameters()
        self.read_levels(is_reference)
        self.read_own_rules()
        if not is_reference and "term_months" not in table.values:
            table.say("term_months", "This key is missing. Say how long a certificate is valid.")
        table.close()
        digest = digest_of([title, about, is_reference, first, final, self.parameters, self.sources])
        return PackPolicy(
            key, title, about, is_reference, first or date.min, final, self.parameters, self.sources, digest
        )

    def dates(self, is_reference: bool) -> tuple[date | None, date | None]:
        """In force from and until; a reference policy only has the day as of which it was read."""
        if is_reference:
            return self.table.day("as_of"), None
        first, final = self.table.day("in_force_from"), self.table.day("in_force_until", required=False)
        if first and final and final < first:
            self.table.say("in_force_until", "This day is before in_force_from. Exchange or correct them.")
        return first, final

    def read_parameters(self) -> None:
        self.table.asked |= PARAMETERS.keys()
        for name, row in self.rows(list(PARAMETERS)):
            if row.raw("value") == NOT_FOUND:
                self.cite(name, row, is_unknown=True)
                continue
            self.parameters[name] = PARAMETERS[name].read(row, self.currency)
            self.cite(name, row)
        for codes in self.parameters.get("tracks", {}).values():
            check_schemes(self.table, "tracks", codes, self.known)
        self.check_categories()

    def check_categories(self) -> None:
        """Nobody can report what no ledger can hold, or what these rules count and do not name."""
        values = self.parameters
        own = {name for name, _label in values.get("categories", ())}
        for rule, name in counted_names(values):
            if own and category(name) not in own:
                self.table.say(rule, f"“{name}” is none of the categories above. Name it there too, or correct it.")
        for rule, name in (*counted_names(values), *activity_names(values)):
            if not is_category(category(name)):
                words = f"“{name}” cannot be reported: letters, digits and single spaces, at most {LONGEST} of them."
                self.table.say(rule, words)

    def rows(self, names: list[str]) -> Iterator[tuple[str, Table]]:
        for name in names:
            if self.table.has(name) and (row := self.table.table(name)):
                yield name, row

    def read_levels(self, is_reference: bool) -> None:
        levels: dict[str, Any] = {}
        for row in self.table.tables("level", required=not is_reference):
            key = row.text("key", limit=40, pattern=SLUG, like="foundational")
            if key in levels:
                row.say("key", f"The level “{key}” stands here twice. Keep one.")
            levels[key] = self.level(row, is_reference)
            for code in levels[key]["schemes"]:
                if any(code in level["schemes"] for other, level in levels.items() if other != key):
                    row.say("schemes", f"“{code}” stands in another level too. A scheme has one level in a policy.")
            self.cite(f"levels.{key}", row)
        if levels:
            self.parameters["levels"] = levels

    def level(self, row: Table, is_reference: bool) -> dict[str, Any]:
        codes = row.texts("schemes")
        if not is_reference:
            check_schemes(row, "schemes", codes, self.known)
        level = {
            "fee": money_in(row, "fee", self.currency),
            "units_primary": row.whole("units_primary"),
            "units_add_on": row.whole("units_add_on"),
            "schemes": codes,
        }
        if row.has("fee_member"):
            level["fee_member"] = money_in(row, "fee_member", self.currency)
        return level | ({"grace_days": row.whole("grace_days")} if row.has("grace_days") else {})

    def read_own_rules(self) -> None:
        """``[[rule]]``: what only this policy says, in words; shown to people and read by no machine."""
        rules: list[dict[str, str]] = []
        for row in self.table.tables("rule", required=False):
            key, words = row.text("key", limit=60, pattern=SLUG, like="two-at-once"), row.text("words", limit=500)
            if key in [rule["key"] for rule in rules]:
                row.say("key", f"The rule “{key}” stands here twice. Give each its own key.")
            rules.append({"key": key, "words": words})
            self.cite(f"rules.{key}", row)
        if rules:
            self.parameters["rules"] = rules

    def cite(self, name: str, row: Table, *, is_unknown: bool = False) -> None:
        keys = row.texts("source")
        if row.has("source") and not keys:
            row.say("source", "Say where this was read: a list of keys of sources.toml.")
        for key in keys:
            if key not in self.catalogue:
                row.say("source", f"sources.toml has no source “{key}”. Add it there or correct it.")
        self.sources[name] = {
            "from": [self.catalogue[key] for key in keys if key in self.catalogue],
            "note": row.text("note", default="", limit=500),
            "is_inferred": row.flag("is_inferred"),
            "is_unknown": is_unknown,
        }
        row.close()
