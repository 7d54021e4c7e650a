"""Pages of the service to pay on: opened, looked at, and what was paid there."""

import logging
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.payments import rules
from laurels.payments.actions.books import post
from laurels.payments.actions.receipts import receive
from laurels.payments.models import Account, CardAccount, CardSession, Order, Receipt
from laurels.payments.models.orders import Way
from laurels.payments.providers import Purchase, SeenSession, ServiceDown, ServiceRefused
from laurels.payments.providers.stripe_service import service_of
from laurels.payments.queries.links import address_in_letter

logger = logging.getLogger("laurels.cards")


def open_card_session(order: Order, *, back_to: str = "", by: Actor, now: datetime) -> CardSession:
    """The page on which ``order`` is paid; asking again gives the same page while it is open.

    Without ``url`` when the service did not open it: ``problem`` says why, and asking again tries again. That ``by``
    may see the order is the caller's to know. Raises Refused. Not to be called in a transaction.
    """
    session, outdated = _intend(order, back_to, now)
    if outdated:
        end_session(outdated, by=by, now=now)
    if session.url:
        return session
    try:
        seen = service_of(session.account).open_session(_purchase(session))
    except ServiceDown:
        return _note_problem(session, _("The card service does not answer just now."))
    except ServiceRefused as refused:
        return _note_problem(session, _("The card service refused: %(words)s") % {"words": refused})
    return _note_opened(session, seen)


@transaction.atomic
def _intend(order: Order, back_to: str, now: datetime) -> tuple[CardSession, CardSession | None]:
    """The session to be opened, and one that is open for another amount and has to be ended before."""
    order = Order.objects.lock(order.pk)
    account = CardAccount.objects.active().of_seller(order.seller).first()
    require(rules.why_not_pay_by_card(order, account, now=now))
    assert account is not None
    session = CardSession.objects.open().filter(order=order).select_related("account", "order").first()
    outdated = None
    if session and not _still_serves(session, account, order, now):
        session.closed_at = now
        session.save(update_fields=["closed_at"])
        session, outdated = None, session
    if session is None:
        return CardSession.objects.create(
            account=account,
            order=order,
            back_to=back_to[:300],
            amount_minor=order.owed.minor,
            currency=order.currency,
            held_until=order.held_until,
            opened_at=now,
        ), outdated
    if not session.url and session.opened_at <= now - rules.SAME_CLICK:
        # Nobody has seen a page that may have been opened then, so a new one cannot be paid twice.
        session.attempt, session.opened_at, session.back_to = session.attempt + 1, now, back_to[:300]
        session.save(update_fields=["attempt", "opened_at", "back_to"])
    return session, None


def _still_serves(session: CardSession, account: CardAccount, order: Order, now: datetime) -> bool:
    is_over = session.session_id is not None and session.opened_at + rules.OPEN_FOR <= now
    return session.account_id == account.pk and session.amount == order.owed and not is_over


def _purchase(session: CardSession) -> Purchase:
    """The same for the same row and attempt, to the letter: only then the service knows it again."""
    order = session.order
    page = reverse("order", args=[order.public_id])
    paid = f"{page}/return" + (f"?{urlencode({'next': session.back_to})}" if session.back_to else "")
    return Purchase(
        key=f"session-{session.public_id}-{session.attempt}",
        order=order.public_id,
        session=session.public_id,
        words=order.description,
        money=session.amount,
        email=order.bill_to.get("email") or order.buyer.email or "",
        # A bank's app may bring a guest back in another browser than the one that ordered.
        success_url=address_in_letter(order, paid),
        cancel_url=address_in_letter(order, page),
        ends_at=session.opened_at + rules.OPEN_FOR,
    )


def _note_opened(session: CardSession, seen: SeenSession) -> CardSession:
    # An event may have been faster and have closed it; so only what we learnt is written.
    CardSession.objects.filter(pk=session.pk).update(session_id=seen.id, url=seen.url, problem="")
    session.refresh_from_db()
    return session


def _note_problem(session: CardSession, words: str) -> CardSession:
    CardSession.objects.filter(pk=session.pk, url="").update(problem=words[:250])
    session.refresh_from_db()
    return session


def confirm_card_payment(order: Order, *, by: Actor, now: datetime) -> Order:
    """Look at the service whether ``order`` is paid, where its word has not come by itself. May raise ServiceDown."""
    for session in CardSession.objects.open().filter(order=order, order__payment=None).exclude(session_id=None):
        look_at_session(session, by=by, now=now)
    return Order.objects.select_related("payment").get(pk=order.pk)


def look_at_session(session: CardSession, *, by: Actor, now: datetime) -> SeenSession:
    """What the service says of it; what was paid is received. May raise ServiceDown or ServiceRefused."""
    assert session.session_id
    CardSession.objects.filter(pk=session.pk).update(looked_at=now)
    seen = service_of(session.account).look_up_session(session.session_id)
    take_in_session(session, seen, by=by, now=now)
    return seen


def end_session(session: CardSession, *, by: Actor, now: datetime) -> SeenSession | None:
    """Nobody can pay there any more; what was paid is received. May raise ServiceDown or ServiceRefused."""
    if session.session_id is None:
        _close(session, now)
        return None
    CardSession.objects.filter(pk=session.pk).update(looked_at=now)
    seen = service_of(session.account).end_session(session.session_id)
    take_in_session(session, seen, by=by, now=now)
    return seen


@transaction.atomic
def take_in_session(session: CardSession, seen: SeenSession, *, by: Actor, now: datetime) -> Receipt | str:
    """The money that was paid there; told twice it is the same. Else, in words for staff, why there is none."""
    if not seen.is_paid:
        if not seen.is_open:
            _close(session, now)
        return "open" if seen.is_open else "over, not paid"
    if problem := rules.why_not_believe(session, session.account, seen.money):
        logger.error("Card session %s is paid, but is not believed: %s", session, problem)
        _close(session, now)
        return problem
    return take_in_payment(session, seen.intent_id, by=by, now=now)


@transaction.atomic
def take_in_payment(session: CardSession, intent_id: str, *, by: Actor, now: datetime) -> Receipt:
    """What was asked for on ``session`` has been paid as ``intent_id``."""
    order = session.order
    receipt = receive(
        order.seller,
        session.amount,
        order=order,
        way=Way.CARD,
        reference=intent_id,
        note=session.account.name,
        by=by,
        now=now,
    )
    CardSession.objects.filter(pk=session.pk).update(intent_id=intent_id)
    _close(session, now)
    return receipt


def _close(session: CardSession, now: datetime) -> None:
    CardSession.objects.filter(pk=session.pk, closed_at=None).update(closed_at=now)


def book_card_fee(receipt: Receipt, *, now: datetime) -> None:
    """What the service keeps of this payment, into the books, once. May raise ServiceDown or ServiceRefused."""
    account = CardAccount.objects.of_seller(receipt.seller).first()
    reference = f"card-fee:{receipt.reference}"
    if account is None or receipt.seller.money_events.filter(reference=reference).exists():
        return
    fee = service_of(account).fee_of(receipt.reference)
    # A fee in the currency that is paid out, not the buyer's, has no place on the same line of the books.
    if fee is None or fee.currency != receipt.currency or fee.minor <= 0:
        return
    with transaction.atomic():
        legs = [(Account.CARD_FEES, Account.CARD, fee.minor)]
        post(receipt.seller, "card-fee", reference, legs, currency=fee.currency, order=receipt.order, at=now)
