"""The card service is Stripe, through its own SDK. Everything that knows Stripe's words is in this folder."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import stripe
from django.db import transaction

from laurels.kernel.money import MINOR_DIGITS, Money
from laurels.payments.models import CardAccount
from laurels.payments.providers import (
    CardService,
    ListedCharge,
    ListedDispute,
    ListedRefund,
    Purchase,
    SeenRefund,
    SeenSession,
    ServiceDown,
    ServiceRefused,
)

PATIENCE = (3.0, 8.0)  # seconds to connect, to be answered
TRIES_AGAIN = 1
PAGE = 100  # the most that a list gives at a time
# https://docs.stripe.com/currencies: amounts in whole units; ISK and UGX are told in hundredths that must be 00.
WHOLE = {*("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF")}
THOUSANDTHS = {"BHD", "JOD", "KWD", "OMR", "TND"}
STEPS = (1, 10, 100, 1000)
REFUND_STATES = {"succeeded": "done", "failed": "failed", "canceled": "failed"}


def service_of(account: CardAccount) -> CardService:
    return service_at(account.secret_key, account.api_base)


def service_at(key: str, api_base: str = "") -> CardService:
    return StripeService(_client(key, api_base))


@lru_cache(maxsize=16)
def _client(key: str, api_base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": api_base} if api_base else {},
        max_network_retries=TRIES_AGAIN,
        http_client=stripe.RequestsClient(timeout=PATIENCE),
    )


class StripeService:
    def __init__(self, client: stripe.StripeClient, page: int = PAGE) -> None:
        self.v1, self.page = client.v1, page

    def account_name(self) -> tuple[str, str]:
        account = _ask(self.v1.accounts.retrieve_current)
        profile = _get(account, "business_profile")
        return str(account["id"]), str((profile and _get(profile, "name")) or "")

    def open_session(self, purchase: Purchase) -> SeenSession:
        names = {"order": purchase.order, "session": purchase.session}
        price = {
            "currency": purchase.money.currency.lower(),
            "unit_amount": at_service(purchase.money),
            "product_data": {"name": purchase.words},
        }
        asked: Any = {
            "mode": "payment",
            "payment_method_types": ["card"],
            "line_items": [{"price_data": price, "quantity": 1}],
            "client_reference_id": purchase.order,
            "metadata": names,
            "payment_intent_data": {"metadata": names, "description": purchase.words},
            "success_url": purchase.success_url,
            "cancel_url": purchase.cancel_url,
            "expires_at": int(purchase.ends_at.timestamp()),
        }
        if purchase.email:
            asked["customer_email"] = purchase.email
        opened = _ask(lambda: self.v1.checkout.sessions.create(asked, {"idempotency_key": purchase.key}))
        return seen_session(opened)

    def look_up_session(self, session_id: str) -> SeenSession:
        return seen_session(_ask(lambda: self.v1.checkout.sessions.retrieve(session_id)))

    def end_session(self, session_id: str) -> SeenSession:
        try:
            return seen_session(_ask(lambda: self.v1.checkout.sessions.expire(session_id)))
        except ServiceRefused:
            return self.look_up_session(session_id)

    def send_refund(self, intent_id: str, money: Money, *, refund: str, attempt: int) -> SeenRefund:
        names = {"refund": refund, "attempt": str(attempt)}
        asked: Any = {"payment_intent": intent_id, "amount": at_service(money), "metadata": names}
        key = f"refund-{refund}-{attempt}"
        return seen_refund(_ask(lambda: self.v1.refunds.create(asked, {"idempotency_key": key})))

    def look_up_refund(self, refund_id: str) -> SeenRefund:
        return seen_refund(_ask(lambda: self.v1.refunds.retrieve(refund_id)))

    def fee_of(self, intent_id: str) -> Money | None:
        expand: Any = {"expand": ["latest_charge.balance_transaction"]}
        charge = _get(_ask(lambda: self.v1.payment_intents.retrieve(intent_id, expand)), "latest_charge")
        line = _get(charge, "balance_transaction") if charge else None
        return from_service(int(line["fee"]), str(line["currency"])) if line else None

    def charges(self) -> Iterator[ListedCharge]:
        for charge in self._all(self.v1.charges.list):
            if charge["paid"] and charge["captured"]:
                intent_id, names = str(charge["payment_intent"] or charge["id"]), charge["metadata"]
                yield ListedCharge(intent_id, _money(charge), bool(names and _get(names, "session")), _created(charge))

    def refunds(self) -> Iterator[ListedRefund]:
        for refund in self._all(self.v1.refunds.list):
            state, names = REFUND_STATES.get(str(refund["status"]), "pending"), refund["metadata"]
            name = str((names and _get(names, "refund")) or "")
            intent_id = str(refund["payment_intent"] or "")
            yield ListedRefund(str(refund["id"]), intent_id, name, state, _money(refund), _created(refund))

    def disputes(self) -> Iterator[ListedDispute]:
        for one in self._all(self.v1.disputes.list):
            intent_id = str(one["payment_intent"] or "")
            yield ListedDispute(str(one["id"]), intent_id, str(one["status"]), _money(one), _created(one))

    def _all(self, listing: Callable[[Any], Any]) -> Iterator[Any]:
        """Page by page, the newest first; what is added meanwhile does not shift what follows."""
        asked: dict[str, Any] = {"limit": self.page}
        while True:
            page = _ask(lambda: listing(dict(asked)))
            yield from page.data
            if not page.has_more or not page.data:
                return
            asked["starting_after"] = page.data[-1]["id"]


def _money(thing: Any) -> Money:
    return from_service(int(thing["amount"]), str(thing["currency"]))


def _created(thing: Any) -> datetime:
    return datetime.fromtimestamp(int(thing["created"]), UTC)


def _ask(question: Callable[[], Any]) -> Any:
    # Refuses to go on inside a transaction of ours: see the port.
    with transaction.atomic(durable=True):
        pass
    try:
        return question()
    except (stripe.APIConnectionError, stripe.RateLimitError) as problem:
        raise ServiceDown(str(problem)) from problem
    except stripe.StripeError as problem:
        # A 409 is another request with the same key that has not ended yet.
        if (problem.http_status or 500) >= 500 or problem.http_status == 409:
            raise ServiceDown(str(problem)) from problem
        raise ServiceRefused(problem.user_message or str(problem)) from problem


def _get(thing: Any, name: str) -> Any:
    """A field that may be missing, of the SDK's things and of an event's plain ones."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def seen_session(session: Any) -> SeenSession:
    """``session`` is the SDK's, or an event's plain one."""
    return SeenSession(
        id=str(session["id"]),
        url=str(session["url"] or ""),
        intent_id=str(session["payment_intent"] or ""),
        is_open=session["status"] == "open",
        is_paid=session["payment_status"] == "paid",
        money=from_service(int(session["amount_total"] or 0), str(session["currency"])),
    )


def seen_refund(refund: Any) -> SeenRefund:
    state = REFUND_STATES.get(str(refund["status"]), "pending")
    return SeenRefund(str(refund["id"]), state, str(_get(refund, "failure_reason") or "") if state == "failed" else "")


def at_service(money: Money) -> int:
    """The amount as the service counts it. Raises ServiceRefused for what it cannot take exactly."""
    ours, theirs = MINOR_DIGITS.get(money.currency, 2), _digits(money.currency)
    amount, rest = divmod(money.minor * STEPS[theirs], STEPS[ours])
    if rest:
        raise ServiceRefused(f"{money} cannot be paid by card.")
    return amount


def from_service(amount: int, currency: str) -> Money:
    currency = currency.upper()
    ours, theirs = MINOR_DIGITS.get(currency, 2), _digits(currency)
    return Money(amount * STEPS[ours] // STEPS[theirs], currency)


def _digits(currency: str) -> int:
    return 0 if currency in WHOLE else 3 if currency in THOUSANDTHS else 2
