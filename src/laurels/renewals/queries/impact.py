"""What other rules would change, and for whom."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from laurels.people.models import Organisation, Person
from laurels.programmes.rules.renewal import Conditions, Quote, pricing, units_in_words
from laurels.renewals.queries.nightly import EVERYBODY, members

SHOWN = 20


@dataclass(slots=True)
class Change:
    """One person before and after, in words."""

    person_id: int
    before: Mapping[str, str]
    after: Mapping[str, str]
    name: str = ""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What differs."""
        return [(self.before[key], self.after[key]) for key in self.before if self.before[key] != self.after[key]]


@dataclass(slots=True)
class Impact:
    """How many of ``people`` would see another price, other units, another end, or could (not) renew any more."""

    on: date
    people: int = 0
    touched: int = 0
    prices: int = 0
    units: int = 0
    ends: int = 0
    opened: int = 0
    closed: int = 0
    examples: list[Change] = field(default_factory=list)


def impact(body: Organisation, before: Conditions, after: Conditions, on: date) -> Impact:
    """Everybody's quote on the day under both rules; one pass, constant memory."""
    return named(add_impact(Impact(on), body, before, after))


def add_impact(
    found: Impact, body: Organisation, before: Conditions, after: Conditions, span: tuple[int, int] = EVERYBODY
) -> Impact:
    """``found`` with what the rules change for the people of ``span`` added."""
    old, new = pricing(before), pricing(after)
    needs_proof = before.evidence_needed or after.evidence_needed
    for one in members(body, found.on, with_proof=needs_proof, span=span):
        _compare(found, one.person_id, old(one.asked), new(one.asked))
    return found


def named(found: Impact) -> Impact:
    """The examples with the names their people have today."""
    names = dict(Person.objects.filter(pk__in=[one.person_id for one in found.examples]).values_list("pk", "name"))
    for example in found.examples:
        example.name = names[example.person_id]
    return found


def impact_to_keep(found: Impact) -> dict[str, Any]:
    """As plain values, without names: those are looked up when it is shown."""
    kept = asdict(found) | {"on": found.on.isoformat()}
    return kept | {"examples": [{key: one[key] for key in one if key != "name"} for one in kept["examples"]]}


def impact_kept(values: Mapping[str, Any], on: date) -> Impact:
    """What ``impact_to_keep`` gave; nothing yet where there are no values."""
    examples = [Change(**one) for one in values.get("examples", [])]
    return Impact(**{**values, "on": on, "examples": examples})


def _compare(found: Impact, person_id: int, old: Quote, new: Quote) -> None:
    found.people += 1
    is_price, is_units = old.fee != new.fee, old.minutes_required != new.minutes_required
    is_end = dict(old.new_ends) != dict(new.new_ends)
    found.prices += is_price
    found.units += is_units
    found.ends += is_end
    found.opened += new.is_eligible and not old.is_eligible
    found.closed += old.is_eligible and not new.is_eligible
    if is_price or is_units or is_end or old.is_eligible != new.is_eligible:
        found.touched += 1
        if len(found.examples) < SHOWN:
            found.examples.append(Change(person_id, _in_words(old), _in_words(new)))


def _in_words(one: Quote) -> dict[str, Any]:
    ends = ", ".join(f"{scheme} {end.isoformat()}" for scheme, end in sorted(one.new_ends.items()))
    first = str(one.refusals[0]) if one.refusals else "✓"
    return {"fee": str(one.fee or "–"), "units": units_in_words(one.minutes_required), "ends": ends, "able": first}
