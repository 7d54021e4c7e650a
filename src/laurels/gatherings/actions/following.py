from datetime import datetime

from django.db import transaction

from laurels.gatherings import facts, rules
from laurels.gatherings.models import FollowUp, Gathering
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require


@transaction.atomic
def follow_up(followup: FollowUp, *, by: Actor, now: datetime) -> FollowUp:
    """It is done. Raises Refused."""
    gathering = Gathering.objects.lock(followup.gathering_id)
    followup = FollowUp.objects.select_related("gathering").get(pk=followup.pk)
    if followup.done_at:
        return followup
    require(rules.why_not_follow_up(followup, by=by))
    followup.done_at = now
    followup.save(update_fields=["done_at"])
    record(gathering.topic, facts.FollowUpDone(gathering.pk, followup.pk), by=by, at=now)
    return followup
