"""The verbs by which it is worked out for many people what a draft would change."""

from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import override

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.programmes import actions as programmes
from laurels.programmes.actions import read_draft_policy
from laurels.programmes.models import Policy, PolicyDraft
from laurels.programmes.rules.policy_drafts import draft_is_over, why_not_draft_policy
from laurels.renewals import facts, queries, rules
from laurels.renewals.models import Preview

PORTION = 500


@transaction.atomic
def ask_preview(draft: PolicyDraft, *, by: Actor, now: datetime) -> Preview:
    """Have it worked out for everybody what the draft, as it reads now, changes. Asking twice gives the same.

    One that was finished on another day begins again, for people have learnt since. Raises Refused or ``PackProblems``.
    """
    draft = PolicyDraft.objects.lock(draft.pk)
    require(why_not_draft_policy(draft.body_id, by=by) or draft_is_over(draft))
    policy = read_draft_policy(draft)
    before, _after = queries.beside(draft, policy)
    total = queries.holders(draft.body).count()
    preview, is_new = Preview.objects.get_or_create(
        draft=draft,
        before=before,
        digest=queries.digest_of(draft),
        defaults={"on": policy.in_force_from, "total": total, "asked_by_id": by.person_id, "asked_at": now},
    )
    zone, finished = draft.body.zone, preview.finished_at
    if not is_new and (finished is None or day_in(zone, finished) == day_in(zone, now)):
        return preview
    if not is_new:
        preview.seen, preview.after, preview.total, preview.found, preview.finished_at = 0, 0, total, {}, None
        preview.save(update_fields=["seen", "after", "total", "found", "finished_at"])
    record(preview.topic, facts.PreviewAsked(preview.pk), by=by, at=now)
    return preview


@transaction.atomic
def put_into_effect(draft: PolicyDraft, seen: str, *, by: Actor, now: datetime) -> Policy:
    """The draft binds, once whoever says so has seen what this very text changes for everybody.

    ``seen`` is the digest of the text whose preview was shown. Raises ``PackProblems`` or Refused.
    """
    draft = PolicyDraft.objects.lock(draft.pk)
    require(why_not_draft_policy(draft.body_id, by=by))
    if draft.policy_id is None and draft.dropped_at is None:
        page = queries.draft_page(draft, read_draft_policy(draft))
        require(rules.why_not_effect(is_this=seen == page.digest, is_worked_out=page.is_worked_out))
    return programmes.put_into_effect(draft, by=by, now=now)


def work_out(preview: Preview, *, now: datetime) -> Preview:
    """Portion by portion, each by itself: broken off, it goes on where it was. It stops where the draft has changed."""
    while _portion(preview.pk, now):
        pass
    preview.refresh_from_db()
    return preview


@transaction.atomic
def _portion(pk: int, now: datetime) -> bool:
    """Whether there is more to do. The preview's row orders two workers who have the same."""
    preview = Preview.objects.lock(pk)
    draft, body = preview.draft, preview.draft.body
    if preview.finished_at or not draft.is_open or queries.digest_of(draft) != preview.digest:
        return False
    people = list(islice(queries.holders(body, preview.after), PORTION))
    if not people:
        preview.finished_at = now
        preview.save(update_fields=["finished_at"])
        return False
    _before, after = queries.beside(draft, read_draft_policy(draft))
    both = queries.rules_of(preview.before), queries.rules_of(after)
    found = queries.impact_kept(preview.found, preview.on)
    with override(preview.asked_by.language if preview.asked_by else "en"):
        queries.add_impact(found, body, *both, span=(people[0], people[-1]))
    preview.found, preview.after = queries.impact_to_keep(found), people[-1]
    preview.seen += len(people)
    preview.save(update_fields=["found", "after", "seen"])
    return True
