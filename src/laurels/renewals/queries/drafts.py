"""A draft of rules beside those that would bind without it."""

from dataclasses import dataclass
from hashlib import sha256

from laurels.programmes.models import Policy, PolicyDraft
from laurels.programmes.queries import policy_in_force
from laurels.programmes.rules import policy_in_words
from laurels.programmes.rules.contents import PackPolicy
from laurels.programmes.rules.words import levels_in_words
from laurels.renewals.models import Preview
from laurels.renewals.queries.impact import Impact, impact, impact_kept, named
from laurels.renewals.queries.nightly import holders
from laurels.renewals.queries.offers import rules_of
from laurels.renewals.rules import PEOPLE_AT_ONCE


@dataclass(frozen=True, slots=True)
class DraftPage:
    """``gone`` and ``fresh`` are the sentences in which they differ from ``before``.

    ``impact`` is None until it was worked out; ``is_old``: it is that of an earlier text. Of ``people`` many it is
    worked out in the background, by ``running``.
    """

    policy: PackPolicy
    before: Policy
    gone: list[str]
    fresh: list[str]
    impact: Impact | None
    people: int = 0
    is_old: bool = False
    finished: Preview | None = None
    running: Preview | None = None
    digest: str = ""

    @property
    def is_worked_out(self) -> bool:
        """Whether what is shown is what exactly this text changes, for everybody."""
        return self.impact is not None and not self.is_old

    @property
    def needs_run(self) -> bool:
        """Whether nobody has asked yet to work it out for the text as it is."""
        return self.running is None and (self.impact is None or self.is_old)


def draft_page(draft: PolicyDraft, policy: PackPolicy) -> DraftPage:
    """Everybody's price under both, on the first day of the draft. Raises Refused where nothing binds on that day."""
    before, after = beside(draft, policy)
    old = [rule.sentence for rule in policy_in_words(before)] + _levels(before)
    new = [rule.sentence for rule in policy_in_words(after)] + _levels(after)
    gone, fresh = [one for one in old if one not in new], [one for one in new if one not in old]
    people = holders(draft.body).count()
    if people <= PEOPLE_AT_ONCE:
        found = impact(draft.body, rules_of(before), rules_of(after), policy.in_force_from)
        return DraftPage(policy, before, gone, fresh, found, people, digest=digest_of(draft))
    previews = list(Preview.objects.filter(draft=draft).newest_first()[:10])
    is_this = {"digest": digest_of(draft), "before_id": before.pk}
    mine = next((one for one in previews if all(getattr(one, key) == is_this[key] for key in is_this)), None)
    done = mine if mine and mine.finished_at else next((one for one in previews if one.finished_at), None)
    return DraftPage(
        policy,
        before,
        gone,
        fresh,
        impact=named(impact_kept(done.found, done.on)) if done else None,
        people=people,
        is_old=done is not None and done != mine,
        finished=done,
        digest=digest_of(draft),
        running=mine if mine and not mine.finished_at else None,
    )


def beside(draft: PolicyDraft, policy: PackPolicy) -> tuple[Policy, Policy]:
    """What would bind on the draft's first day without it, and with it. Raises Refused where nothing binds then."""
    before = policy_in_force(draft.body, policy.in_force_from)
    return before, Policy(body=draft.body, key=policy.key, parameters=policy.parameters, sources=policy.sources)


def digest_of(draft: PolicyDraft) -> str:
    return sha256(draft.text.encode()).hexdigest()


def _levels(policy: Policy) -> list[str]:
    rows = levels_in_words(policy)
    return [f"{one.name}: {one.fee}, {one.units_primary} + {one.units_add_on} ({', '.join(one.codes)})" for one in rows]
