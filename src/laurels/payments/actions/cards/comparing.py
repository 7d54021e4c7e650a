"""The books held against the card service's own lists of charges, refunds and disputes. It writes nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from laurels.kernel.faults import Fault
from laurels.kernel.money import Money
from laurels.payments.models import Account, CardAccount, Dispute, Leg, Refund
from laurels.payments.models.orders import Way
from laurels.payments.providers import CardService, ListedCharge, ListedRefund, ServiceDown, ServiceRefused
from laurels.payments.providers.stripe_service import service_of
from laurels.people.models import Organisation

# The service's word of what happened just now may still be on its way to us.
ON_ITS_WAY = timedelta(minutes=30)
OVER = {"won": Dispute.State.WON, "warning_closed": Dispute.State.WON, "lost": Dispute.State.LOST}
State = Refund.State


@dataclass(slots=True)
class Comparison:
    """``problem`` is why the service could not be asked to the end, in its words; what was found until then counts."""

    faults: list[Fault] = field(default_factory=list)
    problem: str = ""


def compare_with_service(seller: Organisation, *, now: datetime) -> Comparison:
    """Every difference between the seller's books and its account at the card service. Not in a transaction."""
    done = Comparison()
    account = CardAccount.objects.of_seller(seller).first()
    if account is None:
        return done
    try:
        for fault in _differences(seller, service_of(account), now - ON_ITS_WAY):
            done.faults.append(fault)
    except (ServiceDown, ServiceRefused) as problem:
        done.problem = str(problem) or type(problem).__name__
    return done


def _differences(seller: Organisation, service: CardService, settled: datetime) -> Iterator[Fault]:
    # The books are read first: whatever they know by then is at the service already.
    booked = _moved(seller, "receipt:card:")
    back = _moved(seller, "refund-")
    disputed = _moved(seller, "disputed:")
    refunds = list(Refund.objects.filter(seller=seller, receipt__way=Way.CARD).select_related("receipt").order_by("pk"))
    disputes = {one.external_id: one for one in Dispute.objects.filter(receipt__seller=seller)}
    charges = {charge.intent_id: charge for charge in service.charges() if charge.is_ours or charge.intent_id in booked}
    yield from _of_charges(booked, charges, settled)
    yield from _of_refunds(refunds, back, service, set(charges) | set(booked), settled)
    yield from _of_disputes(disputes, disputed, service, set(charges) | set(booked), settled)


def _of_charges(booked: dict[str, Money], charges: dict[str, ListedCharge], settled: datetime) -> Iterator[Fault]:
    for name, charge in charges.items():
        yield from _held(f"charge {name}", booked.get(name), charge.money, is_new=charge.created > settled)
    for name in booked.keys() - charges.keys():
        yield _missing_there(f"charge {name}", booked[name])


def _of_refunds(
    ours: list[Refund], back: dict[str, Money], service: CardService, intents: set[str], settled: datetime
) -> Iterator[Fault]:
    by_name = {one.public_id: one for one in ours}
    by_external = {one.external_id: one for one in ours if one.external_id}
    sent: dict[str, Counter[str]] = {}
    seen, young = set(), set()
    for told in service.refunds():
        refund = by_external.get(told.id) or by_name.get(told.refund)
        seen.add(told.id)
        if refund is None:
            if told.state != "failed" and told.intent_id in intents and told.created <= settled:
                yield _missing_here(f"refund {told.id}", told.money)
            continue
        if told.created > settled:
            young.add(refund.public_id)
        if told.state == "done" or (told.state == "pending" and refund.state == State.DONE):
            sent.setdefault(refund.public_id, Counter())[told.money.currency] += told.money.minor
        yield from _of_way_back(refund, told)
    for refund in ours:
        name, place = refund.public_id, f"refund {refund.external_id or refund.public_id}"
        there = next((Money(minor, currency) for currency, minor in sent.get(name, Counter()).items()), None)
        gone = back.get(name)
        here = Money(-gone.minor, gone.currency) if gone and gone.minor else None
        if there:
            yield from _held(place, here, there, is_new=name in young)
        elif here or (refund.state == State.SENT and refund.external_id not in seen):
            yield _missing_there(place, here or refund.amount)


def _of_way_back(refund: Refund, told: ListedRefund) -> Iterator[Fault]:
    """One that is on its way has moved nothing in the books yet, and is for as much as was promised all the same."""
    if told.state == "pending" and refund.state != State.DONE and told.money != refund.amount:
        yield _other(f"refund {told.id}", refund.amount, told.money)


def _of_disputes(
    ours: dict[str, Dispute], booked: dict[str, Money], service: CardService, intents: set[str], settled: datetime
) -> Iterator[Fault]:
    seen = set()
    for told in service.disputes():
        if told.intent_id not in intents and told.id not in booked:
            continue
        seen.add(told.id)
        here, is_new = booked.get(told.id), told.created > settled
        yield from _held(f"dispute {told.id}", Money(-here.minor, here.currency) if here else None, told.money, is_new)
        state = OVER.get(told.state, Dispute.State.OPEN)
        if here and told.id in ours and ours[told.id].state != state and not is_new:
            words = f"is {ours[told.id].state} in the books, {state.value} at the card service"
            yield Fault(f"dispute {told.id}", words)
    for name in booked.keys() - seen:
        yield _missing_there(f"dispute {name}", Money(-booked[name].minor, booked[name].currency))


def _held(place: str, here: Money | None, there: Money, is_new: bool = False) -> Iterator[Fault]:
    """What is ``is_new`` at the service may not have come here yet; what has come has to be the same."""
    if here is None:
        if not is_new:
            yield _missing_here(place, there)
    elif here != there:
        yield _other(place, here, there)


def _missing_here(place: str, money: Money) -> Fault:
    return Fault(place, f"{money} at the card service, missing in the books")


def _missing_there(place: str, money: Money) -> Fault:
    return Fault(place, f"{money} in the books, missing at the card service")


def _other(place: str, here: Money, there: Money) -> Fault:
    what = "amount" if here.currency == there.currency else "currency"
    return Fault(place, f"another {what}: {here} in the books, {there} at the card service")


def _moved(seller: Organisation, prefix: str) -> dict[str, Money]:
    """By the name at the reference's end: what such events moved to the card service (below zero: away from it)."""
    found: dict[str, Money] = {}
    for leg in _legs(seller, prefix):
        name = leg.event.reference.rpartition(":")[2]
        minor = leg.minor if leg.debit == Account.CARD else -leg.minor if leg.credit == Account.CARD else 0
        before = found[name].minor if name in found else 0
        if minor or name in found:
            found[name] = Money(before + minor, leg.event.currency)
    return found


def _legs(seller: Organisation, prefix: str) -> "QuerySet[Leg]":
    legs = Leg.objects.filter(event__seller=seller, event__reference__startswith=prefix)
    return legs.select_related("event").order_by("pk")
