"""The verbs of writing rules. The body's row orders them."""

from datetime import datetime, timedelta

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.people.models import Organisation
from laurels.programmes import facts
from laurels.programmes.models import Policy, PolicyDraft, Scheme
from laurels.programmes.queries import policy_in_force
from laurels.programmes.rules.contents import PackPolicy
from laurels.programmes.rules.policy_drafts import (
    draft_is_over,
    policy_as_text,
    read_policy,
    why_not_draft_policy,
    why_not_put_into_effect,
)

FIELDS = ("title", "about", "is_reference", "in_force_from", "in_force_until", "parameters", "sources", "digest")


@transaction.atomic
def begin_policy(body: Organisation, *, by: Actor, now: datetime) -> PolicyDraft:
    """A draft with today's rules in it, to be changed. Raises Refused."""
    require(why_not_draft_policy(body.pk, by=by))
    text = policy_as_text(policy_in_force(body, day_in(body.zone, now)))
    return PolicyDraft.objects.create(body=body, text=text, changed_by_id=by.person_id, changed_at=now)


def read_draft_policy(draft: PolicyDraft) -> PackPolicy:
    """What stands in it. Raises ``PackProblems`` with every problem by line."""
    schemes, policies = Scheme.objects.filter(body=draft.body), Policy.objects.filter(body=draft.body)
    return read_policy(draft.text, list(schemes), list(policies), draft.body.name)


@transaction.atomic
def change_policy(draft: PolicyDraft, text: str, *, by: Actor, now: datetime) -> PolicyDraft:
    """Keep ``text``, right or wrong: nothing typed is lost. Raises Refused, also once it is in effect."""
    draft = PolicyDraft.objects.lock(draft.pk)
    require(why_not_draft_policy(draft.body_id, by=by) or draft_is_over(draft))
    draft.text, draft.changed_by_id, draft.changed_at = text.replace("\r\n", "\n"), by.person_id, now
    draft.save(update_fields=["text", "changed_by", "changed_at"])
    return draft


@transaction.atomic
def put_into_effect(draft: PolicyDraft, *, by: Actor, now: datetime) -> Policy:
    """From its day on the draft binds, and what bound before ends on the day before. Twice gives the same.

    Raises ``PackProblems`` or Refused.
    """
    Organisation.objects.select_for_update().get(pk=draft.body_id)
    draft = PolicyDraft.objects.lock(draft.pk)
    require(why_not_draft_policy(draft.body_id, by=by))
    if draft.policy is not None:
        return draft.policy
    found, binding = read_draft_policy(draft), Policy.objects.filter(body=draft.body).binding().newest()
    rows = list(binding)
    latest = max((one.in_force_from for one in rows), default=None)
    known = list(Policy.objects.filter(body=draft.body).values_list("key", flat=True))
    today = day_in(draft.body.zone, now)
    require(why_not_put_into_effect(draft, found, known=known, latest=latest, today=today, by=by))
    policy = Policy.objects.create(
        body=draft.body, key=found.key, version=1, **{field: getattr(found, field) for field in FIELDS}
    )
    eve = policy.in_force_from - timedelta(days=1)
    for one in rows:
        if one.in_force_until is None or one.in_force_until > eve:
            Policy.objects.filter(pk=one.pk).update(in_force_until=eve)
    draft.policy = policy
    draft.save(update_fields=["policy"])
    record(f"policies:{draft.body_id}", facts.PolicyPutIntoEffect(policy.pk, draft.pk), by=by, at=now)
    return policy


@transaction.atomic
def drop_policy(draft: PolicyDraft, *, by: Actor, now: datetime) -> PolicyDraft:
    """Throw it away; twice changes nothing. Raises Refused once it is in effect."""
    draft = PolicyDraft.objects.lock(draft.pk)
    require(why_not_draft_policy(draft.body_id, by=by))
    if draft.dropped_at is None:
        require(draft_is_over(draft))
        draft.dropped_at = now
        draft.save(update_fields=["dropped_at"])
    return draft
