"""What is made of a gathering afterwards."""

from datetime import datetime

from django.db import transaction

from laurels.gatherings import facts, queries, rules
from laurels.gatherings.models import FollowUp, Gathering
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.library.actions import write_article
from laurels.library.models import Article


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


@transaction.atomic
def draft_article(gathering: Gathering, table: int, topic: int, *, by: Actor, now: datetime) -> Article:
    """A topic becomes the draft of an article, with its notes and take-aways, for staff to write on. Raises Refused.

    Asking twice gives the same draft. ``table`` and ``topic`` count from 0, as in the record.
    """
    gathering = Gathering.objects.lock(gathering.pk)
    file = queries.topic_as_article(gathering, table, topic)
    if drafted := Article.objects.filter(slug=file.slug, body=gathering.body_id).first():
        return drafted
    return write_article(gathering.body, file, was="", by=by, now=now)


@transaction.atomic
def hide_words(gathering: Gathering, *, by: Actor, now: datetime) -> Gathering:
    """Nobody reads its description and what came of it any more; nothing is deleted. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    require(rules.why_not_hide(by=by))
    if gathering.hidden_at is None:
        gathering.hidden_at = now
        gathering.save(update_fields=["hidden_at"])
        record(gathering.topic, facts.WordsHidden(gathering.pk), by=by, at=now)
    return gathering


@transaction.atomic
def show_words(gathering: Gathering, *, by: Actor, now: datetime) -> Gathering:
    """The ruling was undone: they are read again. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    require(rules.why_not_hide(by=by))
    if gathering.hidden_at is not None:
        gathering.hidden_at = None
        gathering.save(update_fields=["hidden_at"])
        record(gathering.topic, facts.WordsShown(gathering.pk), by=by, at=now)
    return gathering
