"""Checkout sessions: what is to be paid, a page to pay it on, and the way back."""

import re

from laurels.web.demo.stripe_like import accounts, intents
from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.cards import Card
from laurels.web.demo.stripe_like.errors import Thing, Wrong, bad
from laurels.web.demo.stripe_like.events import tell
from laurels.web.demo.stripe_like.ids import new_id
from laurels.web.demo.stripe_like.parameters import Parameters
from laurels.web.demo.stripe_like.state import State

KIND = "checkout.session"
SOONEST, LATEST = 30 * 60, 24 * 3600
CREATED_WITH = {
    *("mode", "line_items", "client_reference_id", "customer_email", "metadata", "payment_intent_data"),
    *("success_url", "cancel_url", "expires_at", "payment_method_types", "locale", "submit_type", "ui_mode"),
}
EMPTY = (
    *("adaptive_pricing", "after_expiration", "allow_promotion_codes", "billing_address_collection", "client_secret"),
    *("collected_information", "consent", "consent_collection", "currency_conversion", "customer", "customer_creation"),
    *("invoice", "invoice_creation", "payment_intent", "payment_link", "payment_method_configuration_details"),
    *("payment_method_options", "permissions", "recovered_from", "return_url", "setup_intent", "shipping_cost"),
    *("saved_payment_method_options", "shipping_address_collection", "subscription", "customer_details"),
)


def create(call: Call) -> Thing:
    asked = call.asked
    asked.know_only(CREATED_WITH)
    if asked.needed("mode") != "payment":
        raise bad("mode", "The test till only knows mode=payment.")
    if (asked.text("ui_mode") or "hosted_page") not in {"hosted_page", "hosted"}:
        raise bad("ui_mode", "The test till only has its own page.")
    lines = _lines(asked)
    session = _session(call, lines)
    session |= {"line_items": lines, "payment_intent_data": _intent_data(asked)}
    return call.add(session)


def _session(call: Call, lines: list[Thing]) -> Thing:
    asked, name, now = call.asked, new_id("cs_test", 58), call.state.now()
    total = sum(line["amount_total"] for line in lines)
    if total:
        intents.require_amount(total, "line_items")
    return {
        **dict.fromkeys(EMPTY),
        "id": name,
        "object": KIND,
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "cancel_url": _url(asked, "cancel_url") if asked.text("cancel_url") else None,
        "client_reference_id": asked.text("client_reference_id"),
        "created": now,
        "currency": lines[0]["currency"],
        "custom_fields": [],
        "custom_text": dict.fromkeys(["after_submit", "shipping_address", "submit", "terms_of_service_acceptance"]),
        "customer_email": _email(asked),
        "discounts": [],
        "expires_at": _expiry(asked, now),
        "livemode": False,
        "locale": asked.text("locale"),
        "metadata": asked.metadata(),
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_types": ["card"],
        "payment_status": "unpaid" if total else "no_payment_required",
        "phone_number_collection": {"enabled": False},
        "shipping_options": [],
        "status": "open",
        "submit_type": asked.text("submit_type"),
        "success_url": _url(asked, "success_url"),
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{call.public_url}/pay/{name}",
    }


def _lines(asked: Parameters) -> list[Thing]:
    groups = asked.groups("line_items")
    if not groups:
        raise bad("line_items", "Missing required param: line_items.", "parameter_missing")
    lines = [_line(group) for group in groups]
    if len({line["currency"] for line in lines}) > 1:
        raise bad("line_items", "All line items need the same currency.")
    return lines


def _line(asked: Parameters) -> Thing:
    asked.know_only({"price_data", "quantity"})
    price, quantity = asked.group("price_data"), asked.whole("quantity", least=1, most=10_000)
    price.know_only({"currency", "unit_amount", "product_data"})
    product = price.group("product_data")
    product.know_only({"name", "description", "metadata"})
    if quantity is None:
        raise bad(asked.named("quantity"), "Quantity is required.", "parameter_missing")
    amount = price.whole("unit_amount", most=intents.MOST)
    if amount is None:
        amount = int(price.needed("unit_amount"))
    currency = price.currency()
    return {
        "id": new_id("li"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": amount * quantity,
        "amount_tax": 0,
        "amount_total": amount * quantity,
        "currency": currency,
        "description": product.needed("name"),
        "price": {
            "id": new_id("price"),
            "object": "price",
            "active": False,
            "currency": currency,
            "metadata": {},
            "product": new_id("prod", 14),
            "type": "one_time",
            "unit_amount": amount,
            "unit_amount_decimal": str(amount),
        },
        "quantity": quantity,
    }


def _intent_data(asked: Parameters) -> Thing:
    data = asked.group("payment_intent_data")
    data.know_only({"metadata", "description", "receipt_email"})
    return {
        "metadata": data.metadata(),
        "description": data.text("description"),
        "email": data.text("receipt_email") or asked.text("customer_email"),
    }


def _url(asked: Parameters, name: str) -> str:
    value = asked.needed(name)
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
        raise bad(name, "Not a valid URL", "url_invalid")
    return value


def _email(asked: Parameters) -> str | None:
    value = asked.text("customer_email")
    if value and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        raise bad("customer_email", f"Invalid email address: {value}", "email_invalid")
    return value


def _expiry(asked: Parameters, now: int) -> int:
    at = asked.whole("expires_at")
    if at is None:
        return now + LATEST
    if not now + SOONEST <= at <= now + LATEST:
        raise bad("expires_at", "A session ends 30 minutes to 24 hours from now.")
    return at


def shown(session: Thing) -> Thing:
    """As the API gives it: what only the till needs is left out, and the lines come when they are asked for."""
    return {name: value for name, value in session.items() if name not in {"line_items", "payment_intent_data"}}


def expire(call: Call) -> Thing:
    session = call.get(KIND, call.names[0], param="session")
    if session["status"] != "open":
        raise Wrong(f"Only an open Checkout Session can be expired; this one is {session['status']}.", param="session")
    return shown(_expire(call, session))


def _expire(call: Call, session: Thing) -> Thing:
    session |= {"status": "expired", "url": None}
    call.state.save(session)
    if session["payment_intent"]:
        intents.call_off(call, call.get(intents.KIND, session["payment_intent"]), "automatic")
    tell(call, "checkout.session.expired", shown(session))
    return session


def expire_overdue(state: State, public_url: str) -> None:
    overdue = "json_extract(body, '$.status') = 'open' AND json_extract(body, '$.expires_at') <= ?"
    if not state.find(KIND, overdue, state.now()):
        return
    with state.change():
        for session in state.find(KIND, overdue, state.now()):
            _expire(Call(state, state.owner(session["id"]), public_url), session)


def why_not_pay(state: State, session: Thing) -> str:
    if session["status"] == "complete":
        return "This has been paid."
    if session["status"] == "expired" or session["expires_at"] <= state.now():
        return "The time to pay here is over. Nothing was taken from your card."
    return ""


def pay(call: Call, session: Thing, card: Card, email: str | None = None) -> Thing:
    """Try this card. The session is complete afterwards, or open still: the intent tells what happened."""
    if why_not_pay(call.state, session):
        return session
    session["customer_details"] = _customer(email or session["customer_email"])
    if not session["amount_total"]:
        return _complete(call, session, "no_payment_required")
    intent = _intent(call, session)
    intents.attempt(call, intent, card)
    call.state.save(session)
    return go_on(call, session)


def go_on(call: Call, session: Thing) -> Thing:
    """Look whether the money has come by now."""
    intent = call.get(intents.KIND, session["payment_intent"])
    if session["status"] == "open" and intent["status"] == "succeeded":
        return _complete(call, session, "paid")
    return session


def _intent(call: Call, session: Thing) -> Thing:
    if session["payment_intent"]:
        return call.get(intents.KIND, session["payment_intent"])
    intent = intents.new_intent(call, session["amount_total"], session["currency"], **session["payment_intent_data"])
    session["payment_intent"] = intent["id"]
    return intent


def _complete(call: Call, session: Thing, payment_status: str) -> Thing:
    session |= {"status": "complete", "payment_status": payment_status, "url": None}
    tell(call, "checkout.session.completed", shown(call.state.save(session)))
    return session


def _customer(email: str | None) -> Thing:
    return {
        "address": None,
        "email": email,
        "name": None,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }


def way_back(session: Thing) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def seller(state: State, session: Thing) -> str:
    return str(state.get(accounts.KIND, state.owner(session["id"]))["name"])
