"""The verbs of claim codes. The code's row orders those who type it: nobody too many, nobody twice."""

from datetime import date, datetime

from django.db import transaction

from laurels.education import facts, queries
from laurels.education.actions.ledger import FURTHEST_EAST, credit
from laurels.education.models import Claim, ClaimCode, LedgerEntry
from laurels.education.rules.categories import why_not_category
from laurels.education.rules.others import why_not_claim, why_not_close, why_not_make_code
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.ids import secret_code
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.people.models import Organisation, Person
from laurels.people.rules import normal_code


@transaction.atomic
def make_code(
    organisation: Organisation,
    title: str,
    *,
    on: date,
    minutes: int,
    category: str,
    most: int,
    final_day: date,
    by: Actor,
    now: datetime,
) -> ClaimCode:
    """A code to give out at an event: whoever was there types it. Raises Refused."""
    fields = {"on": on, "minutes": minutes, "most": most, "final_day": final_day}
    today, since = day_in(FURTHEST_EAST, now), queries.first_day()
    require(why_not_make_code(organisation.pk, title, **fields, today=today, since=since, by=by))  # type: ignore[arg-type]
    require(why_not_category(category, queries.bindings_here(now)))
    code = ClaimCode.objects.create(
        organisation=organisation,
        code=secret_code(),
        title=title.strip(),
        category=category,
        made_by_id=by.person_id,
        made_at=now,
        **fields,
    )
    record(code.topic, facts.ClaimCodeMade(code.pk, organisation.pk), by=by, at=now)
    return code


@transaction.atomic
def claim(person: Person, typed: str, *, by: Actor, now: datetime) -> LedgerEntry:
    """The entry a code gives; typing it twice gives the same. Raises Refused."""
    known = ClaimCode.objects.filter(code=normal_code(typed)).first()
    code = ClaimCode.objects.lock(known.pk) if known else None
    if code and by.person_id == person.pk and (earlier := code.claims.filter(entry__person=person).first()):
        return earlier.entry
    count = code.claims.count() if code else 0
    require(why_not_claim(code, claimed=count, today=day_in(FURTHEST_EAST, now), by=by))
    assert code is not None
    entry = credit(
        person,
        code.title,
        source="claim",
        key=f"code:{code.pk}",
        on=code.on,
        minutes=code.minutes,
        category=code.category,
        grade=LedgerEntry.Grade.COSIGNED,
        evidence=f"{code.organisation.name}: {code.code}",
        by=by,
        now=now,
    )
    Claim.objects.get_or_create(code=code, entry=entry)
    return entry


@transaction.atomic
def close_code(code: ClaimCode, *, by: Actor, now: datetime) -> ClaimCode:
    """Nobody can use it any more; closing twice changes nothing. Raises Refused."""
    code = ClaimCode.objects.lock(code.pk)
    require(why_not_close(code, by=by))
    if code.closed_at is None:
        code.closed_at = now
        code.save(update_fields=["closed_at"])
        record(code.topic, facts.ClaimCodeClosed(code.pk, code.organisation_id), by=by, at=now)
    return code
