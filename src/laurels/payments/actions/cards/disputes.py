"""A buyer's bank takes money back until it is decided who is right."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.payments import facts
from laurels.payments.actions.books import post
from laurels.payments.models import Account, Dispute, Receipt

State = Dispute.State
SETTLED_ON = {State.WON: Account.CARD, State.LOST: Account.LOSSES}


@transaction.atomic
def open_dispute(receipt: Receipt, external_id: str, minor: int, reason: str, *, by: Actor, now: datetime) -> Dispute:
    """The service holds this much back; told twice it is the same dispute. Seats stay."""
    dispute, is_new = Dispute.objects.get_or_create(
        external_id=external_id,
        defaults={"receipt": receipt, "minor": minor, "reason": reason[:80], "opened_at": now},
    )
    if is_new:
        _post(dispute, "disputed", [(Account.DISPUTED, Account.CARD, minor)], now)
        record(_topic(receipt), facts.DisputeOpened(dispute.pk), by=by, at=now)
    return dispute


@transaction.atomic
def close_dispute(dispute: Dispute, *, is_won: bool, by: Actor, now: datetime) -> Dispute:
    """Decided: the money is the seller's again, or lost. Told twice changes nothing."""
    dispute = Dispute.objects.select_for_update().get(pk=dispute.pk)
    if dispute.state != State.OPEN:
        return dispute
    dispute.state, dispute.closed_at = State.WON if is_won else State.LOST, now
    dispute.save(update_fields=["state", "closed_at"])
    _post(dispute, f"dispute-{dispute.state}", [(SETTLED_ON[dispute.state], Account.DISPUTED, dispute.minor)], now)
    record(_topic(dispute.receipt), facts.DisputeClosed(dispute.pk), by=by, at=now)
    return dispute


def _topic(receipt: Receipt) -> str:
    return receipt.order.topic if receipt.order else receipt.topic


def _post(dispute: Dispute, kind: str, legs: list[tuple[Account, Account, int]], now: datetime) -> None:
    receipt, reference = dispute.receipt, f"{kind}:{dispute.external_id}"
    post(receipt.seller, kind, reference, legs, currency=receipt.currency, order=receipt.order, at=now)
