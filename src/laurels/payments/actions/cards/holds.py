"""Orders that were to be paid by card and were not; and sessions of which no word came."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.payments import facts, rules
from laurels.payments.actions.cards.sessions import end_session, look_at_session
from laurels.payments.actions.orders import cancel_order
from laurels.payments.models import CardSession, Order
from laurels.payments.providers import ServiceDown, ServiceRefused

logger = logging.getLogger("laurels.cards")
AT_A_TIME = 50


def end_overdue_holds(*, by: Actor, now: datetime) -> int:
    """End what was held until now for being paid by card; how many orders were looked at. Not in a transaction."""
    overdue = list(Order.objects.paying().filter(held_until__lte=now)[:AT_A_TIME])
    for order in overdue:
        end_hold(order, by=by, now=now)
    return len(overdue)


def end_hold(order: Order, *, by: Actor, now: datetime) -> Order:
    """Close the page to pay on; unless it turns out to be paid, the order is given up.

    While the service cannot be asked, what the order is for stays held, for an hour at most.
    """
    sessions = list(CardSession.objects.open().filter(order=order).select_related("account", "order"))
    for session in sessions:
        try:
            end_session(session, by=by, now=now)
        except (ServiceDown, ServiceRefused) as problem:
            logger.warning("Card session %s could not be ended: %s", session, problem)
            if now < (session.held_until or session.opened_at) + rules.HELD_LONGER:
                return _hold_longer(order, session, by=by, now=now)
    return give_up_order(order, by=by, now=now)


def let_go(order: Order, *, by: Actor, now: datetime) -> Order:
    """The buyer does not want it any more: what is held for being paid by card is free at once. Twice changes nothing.

    Paid meanwhile it stays paid; while the service cannot be asked it stays held. Raises Refused. Not in a transaction.
    """
    if not order.is_paying:
        return order
    require(rules.why_not_cancel(order, by=by))
    return end_hold(order, by=by, now=now)


@transaction.atomic
def give_up_order(order: Order, *, by: Actor, now: datetime) -> Order:
    """An order whose time for paying is over is cancelled, and what it was for becomes free. Twice changes nothing."""
    order = Order.objects.lock(order.pk)
    if order.is_paid or order.cancelled_at or order.held_until is None:
        return order
    cancelled = cancel_order(order, by=by, now=now)
    record(order.topic, facts.OrderGivenUp(order.pk), by=by, at=now)
    return cancelled


@transaction.atomic
def _hold_longer(order: Order, session: CardSession, *, by: Actor, now: datetime) -> Order:
    order = Order.objects.lock(order.pk)
    if order.held_until is None or order.held_until > now:
        return order
    latest = (session.held_until or session.opened_at) + rules.HELD_LONGER
    order.held_until = min(now + rules.HELD_STEP, latest)
    order.save(update_fields=["held_until"])
    record(order.topic, facts.HoldProlonged(order.pk), by=by, at=now)
    return order


def look_after_sessions(*, by: Actor, now: datetime) -> int:
    """Ask about sessions of which no word has come for two minutes; how many. Not in a transaction."""
    unheard = CardSession.objects.without_word_since(now - rules.UNHEARD_AFTER).select_related("account", "order")
    found = list(unheard[:AT_A_TIME])
    for session in found:
        try:
            look_at_session(session, by=by, now=now)
        except ServiceDown as problem:
            logger.warning("The card service does not answer about %s: %s", session, problem)
            break
        except ServiceRefused as problem:
            logger.warning("The card service knows nothing of %s: %s", session, problem)
            _forget(session, now)
    return len(found)


def _forget(session: CardSession, now: datetime) -> None:
    """A session that the service denies for a day is closed; nothing was paid there."""
    if session.opened_at <= now - timedelta(days=1):
        CardSession.objects.filter(pk=session.pk).update(closed_at=now)
