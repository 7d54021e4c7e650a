"""A policy as text under the hands of a body's staff, and back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import tomlkit
from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.money import MINOR_DIGITS
from laurels.kernel.refusal import Refusal
from laurels.programmes.rules.contents import PackPolicy
from laurels.programmes.rules.files import check_text
from laurels.programmes.rules.parameters import NEVER, NONE, NOT_FOUND, PARAMETERS
from laurels.programmes.rules.policies import read_policies
from laurels.programmes.rules.problems import PackProblems, Problem
from laurels.programmes.rules.tables import read_table

if TYPE_CHECKING:
    from laurels.programmes.models import Policy, PolicyDraft, Scheme

FILE = "policies/draft.toml"
OWN = "OWN"


def policy_as_text(policy: "Policy") -> str:
    """The policy as a pack's author would write it; reading it again gives the same values."""
    values, document = policy.parameters, tomlkit.document()
    document.update({"key": policy.key, "title": policy.title, "about": policy.about})
    document["in_force_from"] = policy.in_force_from
    if currency := _currency(values):
        document["currency"] = currency
    for name in PARAMETERS:
        source = policy.sources.get(name, {})
        if name in values:
            document[name] = {"value": _plain(name, values[name]), **_cited(source)}
        elif source.get("is_unknown"):
            document[name] = {"value": NOT_FOUND, **_cited(source)}
    levels = tomlkit.aot()
    for key, level in values.get("levels", {}).items():
        prices = {name: _amount(level[name]) for name in ("fee", "fee_member") if name in level}
        row = {"key": key, **level, **prices, **_cited(policy.sources.get(f"levels.{key}", {}))}
        levels.append(tomlkit.item(row))
    if levels:
        document["level"] = levels
    own = tomlkit.aot()
    for rule in values.get("rules", []):
        own.append(tomlkit.item({**rule, **_cited(policy.sources.get(f"rules.{rule['key']}", {}))}))
    if own:
        document["rule"] = own
    return tomlkit.dumps(document)


def read_policy(text: str, schemes: Iterable["Scheme"], policies: Iterable["Policy"], body: str) -> PackPolicy:
    """The policy in ``text``. Raises ``PackProblems`` with the line of everything that is wrong.

    Its sources are those of the body's ``policies``, and ``OWN`` for what the body has decided itself.
    """
    problems: list[Problem] = []
    checked = check_text(FILE, text, problems)
    table = read_table(FILE, checked, problems) if checked else None
    found = read_policies([table], tuple(schemes), _catalogue(policies, body), problems) if table else ()  # type: ignore[arg-type]
    if problems or not found:
        raise PackProblems(problems or [Problem(FILE, 0, "", "There is nothing here. Write the rules.")])
    return found[0]


def why_not_draft_policy(body_id: int, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=body_id):
        return Refusal("not-staff", _("Only the body's staff write its rules."))
    return None


def why_not_put_into_effect(
    draft: "PolicyDraft", policy: PackPolicy, *, known: Iterable[str], latest: date | None, today: date, by: Actor
) -> Refusal | None:
    """``known`` are the keys of the body's rules, ``latest`` the first day of the newest ones."""
    if refusal := why_not_draft_policy(draft.body_id, by=by):
        return refusal
    if draft.dropped_at is not None:
        return Refusal("dropped", _("This draft was thrown away. Begin another one."))
    if policy.is_reference:
        return Refusal("reference", _("A reference policy binds nobody. Take that line out."))
    if policy.key in known:
        words = _("Rules called %(key)s exist already. Give these a key of their own, such as one with the year.")
        return Refusal("key", words % {"key": policy.key})
    if policy.in_force_from <= today:
        return Refusal("past", _("Rules bind from a day to come on: nobody may be surprised by what was."))
    if latest is not None and policy.in_force_from <= latest:
        words = _("The newest rules begin on %(day)s. These have to begin later.")
        return Refusal("order", words % {"day": latest.isoformat()})
    return None


def _catalogue(policies: Iterable["Policy"], body: str) -> dict[str, dict[str, str]]:
    found = {OWN: {"key": OWN, "title": body, "worth": "own-page", "url": ""}}
    for policy in policies:
        for source in policy.sources.values():
            found |= {one["key"]: one for one in source.get("from", [])}
    return found


def _cited(source: Mapping[str, Any]) -> dict[str, Any]:
    cited: dict[str, Any] = {"source": [one["key"] for one in source.get("from", [])] or [OWN]}
    if source.get("note"):
        cited["note"] = source["note"]
    if source.get("is_inferred"):
        cited["is_inferred"] = True
    return cited


def _plain(name: str, value: Any) -> Any:
    if name == "term_months" and value is None:
        return NEVER
    if isinstance(value, dict) and set(value) == {"minor", "currency"}:
        return _amount(value)
    if name == "categories":
        return dict(value)
    if name == "several_of_level":
        return {level: {**row, **_priced_from(row)} for level, row in value.items()}
    return NONE if value == {} else value


def _priced_from(row: Mapping[str, Any]) -> dict[str, Any]:
    days = {"ending_from": date.fromisoformat(row["ending_from"])} if "ending_from" in row else {}
    return {"fee": _amount(row["fee"]), **days}


def _amount(money: Mapping[str, Any]) -> int | str:
    digits = MINOR_DIGITS.get(money["currency"], 2)
    whole, rest = divmod(money["minor"], 10**digits)
    return f"{whole}.{rest:0{digits}}" if rest else whole


def _currency(values: Mapping[str, Any]) -> str:
    amounts = [value for value in values.values() if isinstance(value, dict) and "currency" in value]
    amounts += [level["fee"] for level in values.get("levels", {}).values()]
    return str(amounts[0]["currency"]) if amounts else ""


def draft_is_over(draft: "PolicyDraft") -> Refusal | None:
    if draft.policy_id is not None:
        return Refusal("in-effect", _("These rules are in effect and stay as they are. Begin another draft."))
    if draft.dropped_at is not None:
        return Refusal("dropped", _("This draft was thrown away. Begin another one."))
    return None
