"""The service's word: kept once, then taken in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.payments import facts, rules
from laurels.payments.actions.cards.disputes import close_dispute, open_dispute
from laurels.payments.actions.cards.holds import give_up_order
from laurels.payments.actions.cards.refunds import note_seen_refund
from laurels.payments.actions.cards.sessions import take_in_payment, take_in_session
from laurels.payments.models import CardAccount, CardSession, Dispute, ProviderEvent, Receipt, Refund
from laurels.payments.models.orders import Way
from laurels.payments.providers.stripe_events import Told
from laurels.payments.providers.stripe_service import from_service, seen_refund, seen_session

type Thing = dict[str, Any]
type Taking = Callable[[CardAccount, Thing, Actor, datetime], str]


@transaction.atomic
def note_event(account: CardAccount, told: Told, *, by: Actor, now: datetime) -> ProviderEvent:
    """Keep what the service says; the same event again is the one that is kept. A reaction takes it in."""
    event, is_new = ProviderEvent.objects.get_or_create(
        account=account,
        event_id=told.id,
        defaults={"type": told.type, "created": told.created, "payload": told.thing, "received_at": now},
    )
    if is_new:
        record(f"card-event:{event.pk}", facts.EventReceived(event.pk), by=by, at=now)
    return event


@transaction.atomic
def take_in_event(event: ProviderEvent, *, by: Actor, now: datetime) -> ProviderEvent:
    """Do what follows from it, once, and note what that was. What cannot be believed is set aside for staff."""
    event = ProviderEvent.objects.select_related("account__seller").lock(event.pk)
    if event.taken_in_at:
        return event
    take = TAKEN_IN.get(event.type)
    try:
        with transaction.atomic():
            event.outcome = take(event.account, event.payload, by, now)[:250] if take else "nothing to do"
    except (KeyError, TypeError, ValueError) as problem:
        event.outcome = f"{ProviderEvent.ASIDE}not understood ({type(problem).__name__})"
    event.taken_in_at = now
    event.save(update_fields=["outcome", "taken_in_at"])
    return event


def _session_paid(account: CardAccount, thing: Thing, by: Actor, now: datetime) -> str:
    seen = seen_session(thing)
    session = _session(thing, seen.id)
    if not seen.is_paid:
        return "not paid yet"
    return _paid(session, account, seen.intent_id, seen.money, by, now)


def _intent_paid(account: CardAccount, thing: Thing, by: Actor, now: datetime) -> str:
    money = from_service(int(thing["amount_received"]), str(thing["currency"]))
    return _paid(_session(thing, ""), account, str(thing["id"]), money, by, now)


def _paid(
    session: CardSession | None, account: CardAccount, intent_id: str, money: Any, by: Actor, now: datetime
) -> str:
    if problem := rules.why_not_believe(session, account, money):
        return f"{ProviderEvent.ASIDE}{problem}"
    assert session is not None
    if not intent_id:
        return f"{ProviderEvent.ASIDE}paid without a payment"
    receipt = take_in_payment(session, intent_id, by=by, now=now)
    return f"surplus: {receipt.why_surplus}" if receipt.surplus_minor else "received"


def _session_over(account: CardAccount, thing: Thing, by: Actor, now: datetime) -> str:
    """Over without being paid: what was held for it is given up, if this was the page it was to be paid on."""
    seen = seen_session(thing)
    session = _session(thing, seen.id)
    if session is None or session.account_id != account.pk:
        return f"{ProviderEvent.ASIDE}a session that we did not open"
    if session.closed_at or seen.is_paid or seen.is_open:
        return "closed already"
    take_in_session(session, seen, by=by, now=now)
    give_up_order(session.order, by=by, now=now)
    return "over, not paid"


def _refund_moved(account: CardAccount, thing: Thing, by: Actor, now: datetime) -> str:
    names = thing.get("metadata") or {}
    refund = Refund.objects.filter(public_id=str(names.get("refund", ""))).first()
    money = from_service(int(thing["amount"]), str(thing["currency"]))
    if problem := rules.why_not_believe_refund(refund, account, money):
        return f"{ProviderEvent.ASIDE}{problem}"
    assert refund is not None
    if names.get("attempt") != str(refund.attempt):
        return "an earlier try"
    return f"refund {note_seen_refund(refund, seen_refund(thing), by=by, now=now).state}"


def _disputed(account: CardAccount, thing: Thing, by: Actor, now: datetime) -> str:
    dispute = _dispute(account, thing, by, now)
    return "dispute open" if dispute else f"{ProviderEvent.ASIDE}a dispute about a payment that we do not know"


def _dispute_decided(account: CardAccount, thing: Thing, by: Actor, now: datetime) -> str:
    dispute = _dispute(account, thing, by, now)
    if dispute is None:
        return f"{ProviderEvent.ASIDE}a dispute about a payment that we do not know"
    if thing["status"] not in {"won", "lost", "warning_closed"}:
        return "not decided"
    closed = close_dispute(dispute, is_won=thing["status"] != "lost", by=by, now=now)
    return f"dispute {closed.state}"


def _dispute(account: CardAccount, thing: Thing, by: Actor, now: datetime) -> Dispute | None:
    """Known or new: its end may be told before its beginning."""
    receipt = Receipt.objects.known_as(account.seller, Way.CARD, str(thing["payment_intent"])).first()
    money = from_service(int(thing["amount"]), str(thing["currency"]))
    if receipt is None or receipt.currency != money.currency:
        return None
    return open_dispute(receipt, str(thing["id"]), money.minor, str(thing.get("reason", "")), by=by, now=now)


def _session(thing: Thing, session_id: str) -> CardSession | None:
    """Ours, by its id, or by the name that we gave it: the event may be faster than the answer to our own question."""
    sessions = CardSession.objects.select_related("account", "order__seller")
    if session_id and (found := sessions.filter(session_id=session_id).first()):
        return found
    names = thing.get("metadata") or {}
    found = sessions.filter(public_id=str(names.get("session", ""))).first()
    # A page of ours that is known by another id is another page.
    is_other = found is not None and session_id and found.session_id not in {None, session_id}
    return None if found is None or is_other or found.order.public_id != names.get("order") else found


TAKEN_IN: dict[str, Taking] = {
    "checkout.session.completed": _session_paid,
    "checkout.session.async_payment_succeeded": _session_paid,
    "payment_intent.succeeded": _intent_paid,
    "checkout.session.expired": _session_over,
    "refund.created": _refund_moved,
    "refund.updated": _refund_moved,
    "refund.failed": _refund_moved,
    "charge.dispute.created": _disputed,
    "charge.dispute.closed": _dispute_decided,
}
