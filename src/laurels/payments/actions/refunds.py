"""Money that goes back, by the way it came: promised first, then sent, then known to have arrived."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.payments import facts, rules
from laurels.payments.actions.books import post
from laurels.payments.actions.receipts import STANDS_ON
from laurels.payments.models import Account, Credit, Order, Receipt, Refund

State = Refund.State


def ask_refund(
    receipt: Receipt,
    minor: int,
    reason: str,
    *,
    order: Order | None,
    credit: Credit | None = None,
    by: Actor,
    now: datetime,
) -> Refund:
    """Promise ``minor`` of the receipt's money back, for an order whose row the caller holds; a reaction sends it."""
    refund = Refund.objects.create(
        seller=receipt.seller,
        order=order,
        receipt=receipt,
        credit=credit,
        minor=minor,
        currency=receipt.currency,
        reason=reason,
        asked_at=now,
    )
    from_account = Account.RECEIVABLE if credit else Account.SURPLUS
    _post(refund, "refund-promised", [(from_account, Account.REFUNDS, minor)], now)
    if order and credit:
        order.refunded_minor += minor
        order.save(update_fields=["refunded_minor"])
    record(order.topic if order else refund.topic, facts.RefundAsked(refund.pk), by=by, at=now)
    return refund


@transaction.atomic
def return_surplus(receipt: Receipt, reason: str, *, by: Actor, now: datetime) -> Refund | None:
    """Send back what nobody owed; asking twice gives the same refund. None when there is no surplus."""
    receipt = Receipt.objects.select_for_update().get(pk=receipt.pk)
    if found := receipt.refunds.filter(credit=None).first():
        return found
    if not receipt.surplus_minor:
        return None
    return ask_refund(receipt, receipt.surplus_minor, reason, order=receipt.order, by=by, now=now)


@transaction.atomic
def note_refund_sent(refund: Refund, *, external_id: str = "", by: Actor, now: datetime) -> Refund:
    """It is on its way; saying so twice changes nothing. Raises Refused."""
    refund = Refund.objects.lock(refund.pk)
    if refund.state in (State.SENT, State.DONE):
        return refund
    return _move(refund, State.SENT, facts.RefundSent(refund.pk), external_id=external_id, by=by, now=now)


@transaction.atomic
def note_refund_done(refund: Refund, *, external_id: str = "", by: Actor, now: datetime) -> Refund:
    """It has left the seller's account for good; saying so twice changes nothing. Raises Refused."""
    refund = Refund.objects.lock(refund.pk)
    if refund.state == State.DONE:
        return refund
    moved = _move(refund, State.DONE, facts.RefundDone(refund.pk), external_id=external_id, by=by, now=now)
    _post(moved, _try("refund-done", moved), [(Account.REFUNDS, STANDS_ON[moved.receipt.way], moved.minor)], now)
    return moved


@transaction.atomic
def note_refund_failed(refund: Refund, problem: str, *, by: Actor, now: datetime) -> Refund:
    """It did not go through: the promise stands, and staff see it. Raises Refused."""
    refund = Refund.objects.lock(refund.pk)
    if refund.state == State.FAILED:
        return refund
    if refund.state == State.DONE:
        legs = [(STANDS_ON[refund.receipt.way], Account.REFUNDS, refund.minor)]
        _post(refund, _try("refund-came-back", refund), legs, now)
    return _move(refund, State.FAILED, facts.RefundFailed(refund.pk), problem=problem, by=by, now=now)


def _move(
    refund: Refund,
    state: Refund.State,
    fact: object,
    *,
    external_id: str = "",
    problem: str = "",
    by: Actor,
    now: datetime,
) -> Refund:
    require(rules.why_not_settle_refund(refund, state, by=by))
    refund.state = state
    refund.external_id = external_id or refund.external_id
    refund.problem = problem[:250]
    refund.done_at = now if state == State.DONE else None
    refund.save(update_fields=["state", "external_id", "problem", "done_at"])
    record(refund.order.topic if refund.order else refund.topic, fact, by=by, at=now)
    return refund


def _try(kind: str, refund: Refund) -> str:
    """The first try goes by the refund's own name; another one is another event in the books."""
    return kind if refund.attempt == 1 else f"{kind}-{refund.attempt}"


def _post(refund: Refund, kind: str, legs: list[tuple[Account, Account, int]], now: datetime) -> None:
    reference = f"{kind}:{refund.public_id}"
    post(refund.seller, kind, reference, legs, currency=refund.currency, order=refund.order, at=now)
