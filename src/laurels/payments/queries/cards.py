"""Read models of paying by card."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from laurels.kernel.refusal import Refusal
from laurels.payments import rules
from laurels.payments.models import CardAccount, CardSession, Dispute, Order
from laurels.payments.models.orders import Way
from laurels.payments.queries.billing import billing_of

REFRESH_SECONDS = 3


@dataclass(frozen=True, slots=True)
class CardPart:
    """What the order's page says about paying by card. ``held`` is an instant in words, with its zone."""

    why_not: Refusal | None
    is_offered: bool
    is_held: bool
    held: str
    problem: str
    may_transfer: bool
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class ReturnPage:
    order: Order
    target: str
    seconds: int


def card_part(order: Order, *, now: datetime) -> CardPart:
    account = CardAccount.objects.active().of_seller(order.seller).first()
    is_held = order.is_paying
    latest = CardSession.objects.open().filter(order=order).first()
    return CardPart(
        why_not=rules.why_not_pay_by_card(order, account, now=now),
        is_offered=account is not None or order.way == Way.CARD,
        is_held=is_held,
        held=instant_in_words(order.held_until, order.seller.zone) if is_held and order.held_until else "",
        problem=latest.problem if latest else "",
        may_transfer=is_held and billing_of(order.seller).takes_transfer,
        is_disputed=is_disputed(order),
    )


def return_page(order: Order, target: str) -> ReturnPage:
    return ReturnPage(order, target, REFRESH_SECONDS)


def is_disputed(order: Order) -> bool:
    """Whether a bank is asked to take some of its money back, which is not decided."""
    return Dispute.objects.open().about(order).exists()


def instant_in_words(instant: datetime, zone: str) -> str:
    """``14:05 (Europe/Berlin)``: an instant of today or nearly so."""
    return f"{date_format(instant.astimezone(ZoneInfo(zone)), 'H:i')} ({zone.replace('_', ' ')})"
