"""Read models of paying by card."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format

from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refusal
from laurels.payments import rules
from laurels.payments.models import CardAccount, CardSession, Dispute, Order, ProviderEvent, Refund
from laurels.payments.models.orders import Way
from laurels.payments.queries.billing import loaded_billing
from laurels.people.models import Organisation

SHOWN = 20


@dataclass(frozen=True, slots=True)
class CardPart:
    """What the order's page says about paying by card. ``held`` is an instant in words, with its zone."""

    is_shown: bool
    why_not: Refusal | None
    is_held: bool
    held: str
    problem: str
    may_transfer: bool


@dataclass(frozen=True, slots=True)
class CardAccountPage:
    """What staff see of the account; its secrets are not among it."""

    seller: Organisation
    account: CardAccount | None
    webhook_url: str
    has_secret: bool
    heard_at: datetime | None
    aside: list[ProviderEvent]
    failed: list[Refund]
    disputes: list[Dispute]


def card_part(order: Order, *, now: datetime) -> CardPart:
    """For an order loaded ``for_page``."""
    account = getattr(order.seller, "card_account", None)
    account = account if account and account.is_active else None
    is_held, is_frozen = order.is_paying, order.is_disputed
    is_due = not order.is_paid and order.cancelled_at is None
    latest = CardSession.objects.open().filter(order=order).first() if is_due else None
    return CardPart(
        is_shown=(is_due and (account is not None or order.way == Way.CARD)) or is_frozen,
        why_not=rules.why_frozen(order, is_disputed=is_frozen, by=ANONYMOUS)
        or rules.why_not_pay_by_card(order, account, now=now),
        is_held=is_held,
        held=instant_in_words(order.held_until, order.seller.zone) if is_held and order.held_until else "",
        problem=latest.problem if latest else "",
        may_transfer=is_held and loaded_billing(order.seller).takes_transfer,
    )


def card_account_page(seller: Organisation) -> CardAccountPage:
    account = CardAccount.objects.of_seller(seller).first()
    events = ProviderEvent.objects.filter(account=account)
    latest = events.order_by("-received_at").first() if account else None
    by_card = Refund.objects.of_seller(seller).filter(state=Refund.State.FAILED, receipt__way=Way.CARD)
    disputed = Dispute.objects.filter(receipt__seller=seller).order_by("-opened_at", "-pk")
    return CardAccountPage(
        seller,
        account,
        f"{settings.PUBLIC_URL}/webhooks/cards/{account.public_id}" if account else "",
        bool(account and account.sealed_webhook_secret),
        latest.received_at if latest else None,
        list(events.set_aside()[:SHOWN]) if account else [],
        list(by_card.select_related("order").order_by("-asked_at", "-pk")[:SHOWN]),
        list(disputed.select_related("receipt__order")[:SHOWN]),
    )


def is_disputed(order: Order) -> bool:
    """Whether a bank is asked to take some of its money back, which is not decided."""
    return Dispute.objects.open().about(order).exists()


def instant_in_words(instant: datetime, zone: str) -> str:
    """``14:05 (Europe/Berlin)``: an instant of today or nearly so."""
    return f"{date_format(instant.astimezone(ZoneInfo(zone)), 'H:i')} ({zone.replace('_', ' ')})"
