"""Money that goes back to a card: sent with the refund's own name as key, so that asking twice sends it once."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.payments import facts, rules
from laurels.payments.actions.refunds import note_refund_done, note_refund_failed, note_refund_sent
from laurels.payments.models import CardAccount, Dispute, Order, Refund
from laurels.payments.models.orders import Way
from laurels.payments.providers import SeenRefund, ServiceDown, ServiceRefused
from laurels.payments.providers.stripe_service import service_of

logger = logging.getLogger("laurels.cards")
AT_A_TIME = 50
QUIET = timedelta(minutes=20)
State = Refund.State


def send_card_refund(refund: Refund, *, by: Actor, now: datetime) -> Refund:
    """Send it, once; one that was sent stays as it is, one whose payment is disputed waits.

    Raises ServiceDown when the service does not answer. Not to be called in a transaction.
    """
    refund = Refund.objects.select_related("receipt", "seller").get(pk=refund.pk)
    if refund.state != State.ASKED or refund.receipt.way != Way.CARD or _is_disputed(refund):
        return refund
    account = CardAccount.objects.of_seller(refund.seller).first()
    if account is None:
        return note_refund_failed(refund, "no account at the card service", by=by, now=now)
    try:
        seen = service_of(account).send_refund(
            refund.receipt.reference, refund.amount, refund=refund.public_id, attempt=refund.attempt
        )
    except ServiceRefused as refused:
        return note_refund_failed(refund, str(refused), by=by, now=now)
    return note_seen_refund(refund, seen, by=by, now=now)


@transaction.atomic
def note_seen_refund(refund: Refund, seen: SeenRefund, *, by: Actor, now: datetime) -> Refund:
    """What the service says of the present try to send it; older word than what we know changes nothing."""
    refund = Refund.objects.lock(refund.pk)
    if seen.state == "failed":
        if refund.state == State.ASKED:
            note_refund_sent(refund, external_id=seen.id, by=by, now=now)
        return note_refund_failed(refund, seen.problem or "failed", by=by, now=now)
    if refund.state == State.FAILED:
        # What failed at the bank never comes back to life: this word was overtaken on its way.
        return refund
    if seen.state == "done":
        return note_refund_done(refund, external_id=seen.id, by=by, now=now)
    return note_refund_sent(refund, external_id=seen.id, by=by, now=now)


@transaction.atomic
def ask_refund_again(refund: Refund, *, by: Actor, now: datetime) -> Refund:
    """Send one that failed once more. Raises Refused."""
    if refund.order_id:
        Order.objects.lock(refund.order_id)
    refund = Refund.objects.lock(refund.pk)
    require(rules.why_not_ask_again(refund, by=by))
    refund.state, refund.attempt, refund.external_id, refund.problem = State.ASKED, refund.attempt + 1, "", ""
    refund.save(update_fields=["state", "attempt", "external_id", "problem"])
    record(refund.order.topic if refund.order else refund.topic, facts.RefundAsked(refund.pk), by=by, at=now)
    return refund


def look_after_refunds(*, by: Actor, now: datetime) -> int:
    """Refunds to cards that should have been sent or heard of by now; how many. Not in a transaction."""
    waiting = Refund.objects.open().filter(receipt__way=Way.CARD, asked_at__lte=now - QUIET)
    waiting = waiting.exclude(receipt__disputes__state=Dispute.State.OPEN)
    ours = waiting.filter(Q(state=State.ASKED) | Q(state=State.SENT)).select_related("receipt", "seller")
    found = list(ours[:AT_A_TIME])
    for refund in found:
        try:
            _look_after(refund, by=by, now=now)
        except (ServiceDown, ServiceRefused) as problem:
            logger.warning("The card service does not answer about %s: %s", refund, problem)
    return len(found)


def _look_after(refund: Refund, *, by: Actor, now: datetime) -> None:
    if refund.state == State.ASKED:
        send_card_refund(refund, by=by, now=now)
        return
    account = CardAccount.objects.of_seller(refund.seller).first()
    if account and refund.external_id:
        note_seen_refund(refund, service_of(account).look_up_refund(refund.external_id), by=by, now=now)


def _is_disputed(refund: Refund) -> bool:
    return refund.receipt.disputes.open().exists()


def drop_lost_refunds(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """The buyer has the money by their bank's word: what we promised of it besides is for staff to look at."""
    for refund in dispute.receipt.refunds.filter(state=State.ASKED).order_by("pk"):
        note_refund_failed(refund, "the bank gave this payment back in a dispute", by=by, now=now)
