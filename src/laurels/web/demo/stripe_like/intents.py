"""Payment intents: a sum that shall be paid, through as many attempts as it takes, once."""

from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.cards import GOOD, PAYMENT_METHODS, SENTENCES, Card
from laurels.web.demo.stripe_like.charges import charge
from laurels.web.demo.stripe_like.errors import Thing, Wrong, bad
from laurels.web.demo.stripe_like.events import tell
from laurels.web.demo.stripe_like.ids import new_id

KIND = "payment_intent"
LEAST, MOST = 50, 99_999_999
PAYABLE = {"requires_payment_method", "requires_confirmation", "requires_action"}
EMPTY = (
    *("application", "application_fee_amount", "canceled_at", "cancellation_reason", "customer", "last_payment_error"),
    *("latest_charge", "next_action", "on_behalf_of", "payment_method", "processing", "review", "shipping", "source"),
    *("setup_future_usage", "statement_descriptor", "statement_descriptor_suffix", "transfer_data", "transfer_group"),
)
CREATED_WITH = {
    *("amount", "currency", "description", "metadata", "receipt_email", "payment_method", "confirm", "return_url"),
    *("payment_method_types", "automatic_payment_methods"),
}


def require_amount(amount: int, param: str) -> None:
    if amount < LEAST:
        raise bad(param, f"The amount must be {LEAST} at least.", "amount_too_small")
    if amount > MOST:
        raise bad(param, f"The amount must be {MOST} at most.", "amount_too_large")


def new_intent(
    call: Call, amount: int, currency: str, *, description: str | None, email: str | None, metadata: dict[str, str]
) -> Thing:
    name = new_id("pi")
    intent = {
        **dict.fromkeys(EMPTY),
        "id": name,
        "object": KIND,
        "amount": amount,
        "amount_capturable": 0,
        "amount_received": 0,
        "automatic_payment_methods": None,
        "capture_method": "automatic_async",
        "client_secret": f"{name}_secret_{new_id('x')[2:]}",
        "confirmation_method": "automatic",
        "created": call.state.now(),
        "currency": currency,
        "description": description,
        "livemode": False,
        "metadata": metadata,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"],
        "receipt_email": email,
        "status": "requires_payment_method",
    }
    tell(call, "payment_intent.created", call.add(intent))
    return intent


def attempt(call: Call, intent: Thing, card: Card, *, return_url: str | None = None) -> Thing:
    """Try to take the money. A declined card leaves the intent as it was, with ``last_payment_error``."""
    intent |= {"payment_method": card.payment_method, "last_payment_error": None, "next_action": None}
    planned = call.state.dial("next_card")
    if planned:
        call.state.turn("next_card", None)
        return fail(call, intent, card, "card_declined", planned)
    if card.code:
        return fail(call, intent, card, card.code, card.decline_code)
    if card.asks_owner:
        return _ask_owner(call, intent, return_url)
    return succeed(call, intent, card)


def succeed(call: Call, intent: Thing, card: Card) -> Thing:
    taken = charge(call, intent, card)
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "latest_charge": taken["id"],
        "next_action": None,
    }
    tell(call, "payment_intent.succeeded", call.state.save(intent))
    return intent


def fail(call: Call, intent: Thing, card: Card, code: str, decline_code: str = "") -> Thing:
    failed = charge(call, intent, card, code=code, decline_code=decline_code)
    intent |= {
        "status": "requires_payment_method",
        "latest_charge": failed["id"],
        "payment_method": None,
        "next_action": None,
        "last_payment_error": {
            "type": "card_error",
            "code": code,
            "message": failed["failure_message"] or SENTENCES["card_declined"],
            "charge": failed["id"],
        }
        | ({"decline_code": decline_code} if decline_code else {}),
    }
    tell(call, "payment_intent.payment_failed", call.state.save(intent))
    return intent


def _ask_owner(call: Call, intent: Thing, return_url: str | None) -> Thing:
    url = f"{call.public_url}/owner/{intent['id']}"
    redirect = {"type": "redirect_to_url", "redirect_to_url": {"url": url, "return_url": return_url}}
    intent |= {"status": "requires_action", "next_action": redirect}
    tell(call, "payment_intent.requires_action", call.state.save(intent))
    return intent


def answer_of_owner(call: Call, intent: Thing, *, confirms: bool) -> Thing:
    """The owner of the card confirms or refuses. Answering twice gives the same."""
    if intent["status"] != "requires_action":
        return intent
    card = PAYMENT_METHODS.get(intent["payment_method"], GOOD)
    if confirms:
        return succeed(call, intent, card)
    return fail(call, intent, card, "payment_intent_authentication_failure")


def call_off(call: Call, intent: Thing, reason: str | None) -> Thing:
    if intent["status"] not in PAYABLE:
        raise _unexpected(intent, "cancel")
    intent |= {
        "status": "canceled",
        "canceled_at": call.state.now(),
        "cancellation_reason": reason,
        "next_action": None,
    }
    tell(call, "payment_intent.canceled", call.state.save(intent))
    return intent


def create(call: Call) -> Thing:
    asked = call.asked
    asked.know_only(CREATED_WITH)
    amount, currency = asked.whole("amount"), asked.currency()
    require_amount(int(asked.needed("amount")) if amount is None else amount, "amount")
    intent = new_intent(
        call,
        amount or 0,
        currency,
        description=asked.text("description"),
        email=asked.text("receipt_email"),
        metadata=asked.metadata(),
    )
    method = asked.text("payment_method")
    if asked.text("confirm") == "true":
        return _confirmed(call, intent, asked.needed("payment_method"))
    if method:
        _card(method)
        intent |= {"payment_method": method, "status": "requires_confirmation"}
    return call.state.save(intent)


def confirm(call: Call) -> Thing:
    call.asked.know_only({"payment_method", "return_url"})
    intent = call.get(KIND, call.names[0], param="intent")
    if intent["status"] not in PAYABLE:
        raise _unexpected(intent, "confirm")
    method = call.asked.text("payment_method") or intent["payment_method"]
    if not method:
        raise _unexpected(intent, "confirm without a payment method")
    return _confirmed(call, intent, method)


def cancel(call: Call) -> Thing:
    call.asked.know_only({"cancellation_reason"})
    intent = call.get(KIND, call.names[0], param="intent")
    return call_off(call, intent, call.asked.text("cancellation_reason"))


def _confirmed(call: Call, intent: Thing, method: str) -> Thing:
    intent = attempt(call, intent, _card(method), return_url=call.asked.text("return_url"))
    problem = intent["last_payment_error"]
    if problem:
        more = {name: problem[name] for name in ("charge", "decline_code") if name in problem}
        raise Wrong(
            problem["message"],
            status=402,
            kind="card_error",
            code=problem["code"],
            keeps=True,
            payment_intent=intent,
            **more,
        )
    return intent


def _card(method: str) -> Card:
    if method not in PAYMENT_METHODS:
        raise Wrong(f"No such PaymentMethod: '{method}'", code="resource_missing", param="payment_method")
    return PAYMENT_METHODS[method]


def _unexpected(intent: Thing, wanted: str) -> Wrong:
    return Wrong(
        f"This PaymentIntent's status is {intent['status']}; one cannot {wanted} it.",
        code="payment_intent_unexpected_state",
        payment_intent=intent,
    )
