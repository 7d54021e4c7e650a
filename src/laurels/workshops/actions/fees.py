"""What a provider owes its certifying body for seats."""

from datetime import date, datetime, timedelta

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.periods import add_months
from laurels.kernel.refusal import require
from laurels.payments.actions import post
from laurels.payments.models import Account
from laurels.people.models import Organisation
from laurels.programmes.models import Course
from laurels.workshops import facts, rules
from laurels.workshops.models import FeeSettlement, SeatFee, SeatFeeOwed, Workshop


@transaction.atomic
def set_seat_fee(
    body: Organisation,
    amount: Money,
    *,
    provider: Organisation | None = None,
    course: Course | None = None,
    from_on: date,
    by: Actor,
    now: datetime,
) -> SeatFee:
    """What the body asks for each seat from a day on; zero ends it. The same again changes nothing. Raises Refused."""
    body = Organisation.objects.lock(body.pk)
    require(rules.why_not_set_fee(body, amount.minor, by=by))
    same = SeatFee.objects.filter(body=body, provider=provider, course=course, from_on=from_on).order_by("-pk").first()
    if same and same.amount == amount:
        return same
    fee = SeatFee.objects.create(
        body=body,
        provider=provider,
        course=course,
        minor=amount.minor,
        currency=amount.currency,
        from_on=from_on,
        set_by_id=by.person_id,
        set_at=now,
    )
    record(body.topic, facts.SeatFeeSet(fee.pk), by=by, at=now)
    return fee


@transaction.atomic
def owe_seat_fees(workshop: Workshop, *, by: Actor, now: datetime) -> list[SeatFeeOwed]:
    """Book the fee of each filled seat of a workshop that was held, each once; none where no fee binds that day."""
    workshop = Workshop.objects.lock(workshop.pk)
    course, provider = workshop.course, workshop.provider
    body = course.scheme.body
    fee = rules.binding_fee(list(SeatFee.objects.reaching(provider, course, workshop.ends_on)))
    if fee is None or not fee.minor or body.pk == provider.pk or workshop.state not in Workshop.HAPPENED:
        return []
    owed = []
    for seat in workshop.seats.filled().filter(fee_owed=None).order_by("pk"):
        one = SeatFeeOwed.objects.create(
            seat=seat,
            fee=fee,
            provider=provider,
            body=body,
            minor=fee.minor,
            currency=fee.currency,
            owed_on=workshop.ends_on,
        )
        legs = [(Account.SEAT_FEES, Account.OWED_TO_BODY, fee.minor)]
        reference = f"seat-fee:{seat.public_id}"
        post(provider, "seat-fee", reference, legs, currency=fee.currency, order=None, at=now)
        owed.append(one)
    if owed:
        record(workshop.topic, facts.SeatFeesOwed(workshop.pk, len(owed)), by=by, at=now)
    return owed


@transaction.atomic
def settle_seat_fees(
    provider: Organisation, body: Organisation, month: date, currency: str, *, by: Actor, now: datetime
) -> FeeSettlement | None:
    """What the provider owed the body for that month was paid: into its books, once. None when nothing is open.

    What falls due for that month afterwards is open again. Raises Refused.
    """
    require(rules.why_not_settle_fees(provider, body, by=by))
    first = month.replace(day=1)
    of_month = SeatFeeOwed.objects.between(provider, first, add_months(first, 1) - timedelta(days=1))
    open_ones = of_month.filter(provider=provider, body=body, currency=currency).unsettled().select_for_update()
    fees = list(open_ones)
    if not fees:
        return None
    settlement = FeeSettlement.objects.create(
        provider=provider,
        body=body,
        month=first,
        minor=sum(fee.minor for fee in fees),
        currency=currency,
        noted_by_id=by.person_id,
        noted_at=now,
    )
    SeatFeeOwed.objects.filter(pk__in=[fee.pk for fee in fees]).update(settlement=settlement)
    legs = [(Account.OWED_TO_BODY, Account.BANK, settlement.minor)]
    reference = f"fees-settled:{settlement.public_id}"
    post(provider, "fees-settled", reference, legs, currency=currency, order=None, at=now, is_first=True)
    record(provider.topic, facts.SeatFeesSettled(settlement.pk), by=by, at=now)
    return settlement
