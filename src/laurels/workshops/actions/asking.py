"""What people with a seat say: their expectations, and how sure they feel. Said again, it changes in place."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.workshops import facts, rules
from laurels.workshops.models import Confidence, Expectation, Seat, Workshop


@transaction.atomic
def tell_expectations(
    seat: Seat,
    *,
    hopes: str,
    knowledge: str,
    role: str,
    note: str = "",
    shows_name: bool = False,
    by: Actor,
    now: datetime,
) -> Expectation:
    """What they want to take home and what they bring; the same words twice change nothing. Raises Refused."""
    workshop = Workshop.objects.lock(seat.workshop_id)
    seat = Seat.objects.lock(seat.pk)
    require(rules.why_not_own_seat(seat, by=by))
    told = {"hopes": hopes.strip(), "knowledge": knowledge, "role": role, "note": note.strip()}
    earlier = Expectation.objects.filter(seat=seat, shows_name=shows_name, **told).first()
    if earlier:
        return earlier
    require(rules.why_not_tell(seat, workshop, told, by=by, now=now))
    values = {**told, "shows_name": shows_name, "told_at": now}
    expectation, _is_new = Expectation.objects.update_or_create(seat=seat, defaults=values)
    record(workshop.topic, facts.ExpectationsTold(workshop.pk, seat.pk), by=by, at=now)
    return expectation


@transaction.atomic
def say_confidence(
    seat: Seat, moment: str, *, whole: Mapping[str, int], single: Mapping[str, int], by: Actor, now: datetime
) -> list[Confidence]:
    """How sure they feel: ``whole`` by group, ``single`` by objective code, which goes first. The rows that then stand;
    what was said of this moment earlier is replaced. Raises Refused."""
    workshop = Workshop.objects.lock(seat.workshop_id)
    seat = Seat.objects.lock(seat.pk)
    require(rules.why_not_own_seat(seat, by=by))
    said = rules.ratings(list(workshop.curriculum.objectives.in_order()), whole, single)
    earlier = list(Confidence.objects.filter(seat=seat, moment=moment).order_by("pk"))
    if said and said == {row.code: (row.value, row.is_own) for row in earlier}:
        return earlier
    values = [value for value, _is_own in said.values()]
    require(rules.why_not_say(seat, workshop, moment, values, by=by, now=now))
    Confidence.objects.filter(pk__in=[row.pk for row in earlier]).delete()
    rows = [
        Confidence(seat=seat, moment=moment, code=code, value=value, is_own=is_own, said_at=now)
        for code, (value, is_own) in said.items()
    ]
    Confidence.objects.bulk_create(rows)
    record(workshop.topic, facts.ConfidenceSaid(workshop.pk, seat.pk, moment), by=by, at=now)
    return rows
