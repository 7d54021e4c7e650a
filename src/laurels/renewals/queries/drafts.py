"""A draft of rules beside those that would bind without it."""

from dataclasses import dataclass

from laurels.programmes.models import Policy, PolicyDraft
from laurels.programmes.queries import policy_in_force
from laurels.programmes.rules import policy_in_words
from laurels.programmes.rules.contents import PackPolicy
from laurels.programmes.rules.words import levels_in_words
from laurels.renewals.queries.impact import Impact, impact
from laurels.renewals.queries.offers import rules_of


@dataclass(frozen=True, slots=True)
class DraftPage:
    """``gone`` and ``fresh`` are the sentences in which they differ from ``before``."""

    policy: PackPolicy
    before: Policy
    gone: list[str]
    fresh: list[str]
    impact: Impact


def draft_page(draft: PolicyDraft, policy: PackPolicy) -> DraftPage:
    """Everybody's price under both, on the first day of the draft. Raises Refused where nothing binds on that day."""
    before = policy_in_force(draft.body, policy.in_force_from)
    after = Policy(body=draft.body, key=policy.key, parameters=policy.parameters, sources=policy.sources)
    old = [rule.sentence for rule in policy_in_words(before)] + _levels(before)
    new = [rule.sentence for rule in policy_in_words(after)] + _levels(after)
    return DraftPage(
        policy,
        before,
        [one for one in old if one not in new],
        [one for one in new if one not in old],
        impact(draft.body, rules_of(before), rules_of(after), policy.in_force_from),
    )


def _levels(policy: Policy) -> list[str]:
    rows = levels_in_words(policy)
    return [f"{one.name}: {one.fee}, {one.units_primary} + {one.units_add_on} ({', '.join(one.codes)})" for one in rows]
