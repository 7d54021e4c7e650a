"""One attempt to take money from a card: it comes off or it does not."""

from laurels.web.demo.stripe_like import balance
from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.cards import SENTENCES, Card
from laurels.web.demo.stripe_like.errors import Thing
from laurels.web.demo.stripe_like.events import tell
from laurels.web.demo.stripe_like.ids import new_id

EMPTY = (
    *("application", "application_fee", "application_fee_amount", "customer", "failure_balance_transaction"),
    *("on_behalf_of", "receipt_number", "receipt_url", "review", "shipping", "source_transfer", "transfer_data"),
    *("statement_descriptor", "statement_descriptor_suffix", "transfer_group"),
)


def charge(call: Call, intent: Thing, card: Card, *, code: str = "", decline_code: str = "") -> Thing:
    """Charge the card, or with a ``code`` write down that it was declined."""
    thing = call.add(_attempt(call, intent, card, code, decline_code))
    if code:
        tell(call, "charge.failed", thing)
        return thing
    fee = balance.fee_of(intent["amount"])
    line = balance.write_line(
        call, "charge", intent["amount"], intent["currency"], thing["id"], category="charge", fee=fee
    )
    thing["balance_transaction"] = line["id"]
    tell(call, "charge.succeeded", call.state.save(thing))
    return thing


def _attempt(call: Call, intent: Thing, card: Card, code: str, decline_code: str) -> Thing:
    return {
        **dict.fromkeys(EMPTY),
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0 if code else intent["amount"],
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": {"address": None, "email": intent["receipt_email"], "name": None, "phone": None},
        "calculated_statement_descriptor": "TEST TILL",
        "captured": not code,
        "created": call.state.now(),
        "currency": intent["currency"],
        "description": intent["description"],
        "disputed": False,
        "failure_code": code or None,
        "failure_message": SENTENCES.get(decline_code) or SENTENCES.get(code) if code else None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "outcome": _outcome(code, decline_code),
        "paid": not code,
        "payment_intent": intent["id"],
        "payment_method": card.payment_method,
        "payment_method_details": card.details(),
        "receipt_email": intent["receipt_email"],
        "refunded": False,
        "status": "failed" if code else "succeeded",
    }


def _outcome(code: str, decline_code: str) -> Thing:
    return {
        "network_status": "declined_by_network" if code else "approved_by_network",
        "reason": (decline_code or code) or None,
        "risk_level": "normal",
        "seller_message": "The bank declined the payment." if code else "Payment complete.",
        "type": "issuer_declined" if code else "authorized",
    }
