"""Money that goes back, by the way it came, never more than is left."""

from laurels.web.demo.stripe_like import balance
from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.errors import Thing, Wrong, bad
from laurels.web.demo.stripe_like.events import tell
from laurels.web.demo.stripe_like.ids import new_id

KIND = "refund"
REASONS = {"duplicate", "fraudulent", "requested_by_customer"}
EMPTY = (
    *("customer", "description", "failure_balance_transaction", "failure_reason", "instructions_email", "next_action"),
    *("pending_reason", "receipt_number", "source_transfer_reversal", "transfer_reversal"),
)


def create(call: Call) -> Thing:
    asked = call.asked
    asked.know_only({"payment_intent", "charge", "amount", "reason", "metadata"})
    charge = _charge(call)
    amount = asked.whole("amount", least=1)
    reason = asked.text("reason")
    if reason and reason not in REASONS:
        raise bad("reason", f"Invalid reason: must be one of {', '.join(sorted(REASONS))}")
    left = charge["amount"] - charge["amount_refunded"]
    _require_refundable(charge, left if amount is None else amount, left)
    return _refund(call, charge, amount or left, reason, asked.metadata())


def _charge(call: Call) -> Thing:
    name = call.asked.text("charge")
    if name:
        return call.get("charge", name, param="charge")
    intent_name = call.asked.text("payment_intent")
    if not intent_name:
        raise bad("payment_intent", "One of charge and payment_intent is needed.", "parameter_missing")
    intent = call.get("payment_intent", intent_name, param="payment_intent")
    if intent["status"] != "succeeded":
        raise Wrong(f"This PaymentIntent ({intent_name}) has no successful charge to refund.", param="payment_intent")
    return call.get("charge", intent["latest_charge"])


def _require_refundable(charge: Thing, amount: int, left: int) -> None:
    if not charge["paid"]:
        raise Wrong(f"Charge {charge['id']} did not come off, so there is nothing to refund.", param="charge")
    if charge["refunded"]:
        raise Wrong(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if charge["disputed"]:
        raise Wrong(f"Charge {charge['id']} is disputed and cannot be refunded.", code="charge_disputed")
    if amount > left:
        raise Wrong(f"Refund amount ({amount}) is greater than what is left of the charge ({left}).", param="amount")


def _refund(call: Call, charge: Thing, amount: int, reason: str | None, metadata: dict[str, str]) -> Thing:
    name = new_id("re")
    line = balance.write_line(call, "refund", -amount, charge["currency"], name, category="refund")
    planned = call.state.dial("next_refund")
    call.state.turn("next_refund", None)
    refund = call.add(
        {
            **dict.fromkeys(EMPTY),
            "id": name,
            "object": KIND,
            "amount": amount,
            "balance_transaction": line["id"],
            "charge": charge["id"],
            "created": call.state.now(),
            "currency": charge["currency"],
            "destination_details": {"type": "card", "card": {"type": "refund", "reference_status": "pending"}},
            "metadata": metadata,
            "payment_intent": charge["payment_intent"],
            "reason": reason,
            "status": "pending" if planned else "succeeded",
        }
    )
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    tell(call, "refund.created", refund)
    tell(call, "charge.refunded", call.state.save(charge), before)
    if planned == "failed":
        return fail(call, refund)
    return refund if planned else settle(call, refund)


def settle(call: Call, refund: Thing) -> Thing:
    """The bank took it: the reference is there, and what was pending has succeeded."""
    before = {"status": refund["status"], "destination_details": dict(refund["destination_details"])}
    card = {"type": "refund", "reference": "7" + new_id("x")[2:22], "reference_status": "available"}
    refund |= {"status": "succeeded", "destination_details": {"type": "card", "card": card}}
    tell(call, "refund.updated", call.state.save(refund), before)
    return refund


def fail(call: Call, refund: Thing, reason: str = "expired_or_canceled_card") -> Thing:
    """The bank sent it back: the money is the seller's again, to be returned in some other way."""
    if refund["status"] == "failed":
        return refund
    before = {"status": refund["status"]}
    line = balance.write_line(
        call, "refund_failure", refund["amount"], refund["currency"], refund["id"], category="refund_failure"
    )
    refund |= {"status": "failed", "failure_reason": reason, "failure_balance_transaction": line["id"]}
    charge = call.get("charge", refund["charge"])
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    call.state.save(charge)
    call.state.save(refund)
    tell(call, "refund.updated", refund, before)
    tell(call, "refund.failed", refund, before)
    return refund
