"""Whom a sample takes, what may be said about an entry, and by whom."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from django.utils.translation import gettext as _

from laurels.audits.models import Appeal, Audit, AuditedEntry, Ruling
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal

ENTRIES_MOST = 5
# So many in a hundred holders are drawn where a policy is silent.
PERCENT = 5
DAYS_TO_ANSWER = 30
DAYS_TO_ADD = 14
DAYS_TO_APPEAL = 30
# Whoever has not answered so many days before the end gets one letter.
DAYS_TO_REMIND = 7
# How long before it goes the owner of a file sees that it will.
NOTICE = timedelta(days=60)
# No published rule names these; a body that wants others changes them here, in one place.
LOOKS_BACK = timedelta(days=913)


def leaves_on(announced: date | None, kept_until: date | None, today: date) -> date | None:
    """The day on which a file goes that is kept to the end of ``kept_until`` (None: for ever).

    Its owner sees that day for a while: what is due already waits, and an announced day is only ever moved back.
    """
    if kept_until is None or kept_until >= today + NOTICE:
        return None
    day_after = kept_until + timedelta(days=1)
    if announced is not None and announced >= day_after:
        return announced
    return max(day_after, today + NOTICE)


def sample(seed: str, among: Iterable[int], count: int) -> list[int]:
    """``count`` of them; whoever knows the seed and the same numbers can draw it again."""
    numbers = sorted(set(among))
    return sorted(Random(f"laurels audit {seed}").sample(numbers, min(count, len(numbers))))


def size_of(people: int, percent: int) -> int:
    """So many of so many, rounded up: one percent of three people is one."""
    return -(-people * percent // 100)


def why_not_draw(body_id: int, seed: str, percent: int, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=body_id):
        return Refusal("not-staff", _("Only the body's staff draw audits."))
    if not seed.strip():
        return Refusal("seed", _("A seed makes the sample repeatable. Any word will do."), field="seed")
    if not 1 <= percent <= 100:
        return Refusal("percent", _("Between 1 and 100 percent."), field="percent")
    return None


def why_not_answer(audit: Audit, entries: Iterable[AuditedEntry], *, by: Actor) -> Refusal | None:
    if by.person_id != audit.person_id:
        return Refusal("not-yours", _("Only the person who was asked can answer."))
    if audit.closed_at is not None:
        return Refusal("closed", _("This audit is closed."))
    for one in entries:
        if not one.entry.is_taken_back and not one.entry.has_evidence:
            words = _("“%(title)s” has nothing to show yet. Add something, or take the entry back.")
            return Refusal("bare", words % {"title": one.entry.title})
    return None


def why_not_rule(audited: AuditedEntry, kind: str, words: str, *, today: date, by: Actor) -> Refusal | None:
    audit = audited.audit
    if not by.has("staff", at=audit.body_id):
        return Refusal("not-staff", _("Only the body's staff rule on entries."))
    if by.person_id == audit.person_id:
        return Refusal("own", _("This is your own ledger. Somebody else has to look at it."))
    if kind not in Ruling.Kind.values:
        return Refusal("kind", _("Accept, ask or refuse."))
    if audit.closed_at is not None or audited.is_settled:
        return Refusal("settled", _("This entry is settled. The member can appeal against it."))
    if kind != Ruling.Kind.ACCEPT and not words.strip():
        return Refusal("words", _("Say why: the member reads it."), field="words")
    if audit.answered_at is None and today <= audit.due_on:
        return Refusal("waiting", _("The member still has time to show something. Wait for the answer."))
    return None


def why_not_appeal(
    ruling: Ruling | None, audit: Audit, words: str, *, today: date, closed_on: date | None, by: Actor
) -> Refusal | None:
    if by.person_id != audit.person_id:
        return Refusal("not-yours", _("Only the person whose entry it is can appeal."))
    if ruling is None or ruling.kind != Ruling.Kind.REFUSE:
        return Refusal("not-refused", _("Only a refused entry can be appealed against."))
    if closed_on is not None and today > closed_on + timedelta(days=DAYS_TO_APPEAL):
        return Refusal("too-late", _("The 30 days for an appeal are over. Write to the body, please."))
    if not words.strip():
        return Refusal("words", _("Say what was overlooked."), field="words")
    return None


def why_not_settle(appeal: Appeal, answer: str, outcome: str, *, by: Actor) -> Refusal | None:
    ruling = appeal.ruling
    audit = ruling.audited.audit
    if not by.has("staff", at=audit.body_id):
        return Refusal("not-staff", _("Only the body's staff settle appeals."))
    if by.person_id in (ruling.by_id, audit.person_id):
        return Refusal("same-eyes", _("You refused this entry yourself. Somebody else has to look at the appeal."))
    if appeal.outcome:
        return Refusal("settled", _("This appeal is settled."))
    if outcome not in Appeal.Outcome.values:
        return Refusal("outcome", _("Uphold it or reject it."))
    if not answer.strip():
        return Refusal("answer", _("Say why: the member reads it."), field="answer")
    return None
