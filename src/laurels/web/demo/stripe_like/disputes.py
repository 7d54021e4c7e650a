"""A buyer's bank asks the money back; somebody decides later who is right."""

from laurels.web.demo.stripe_like import balance
from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.errors import Thing, Wrong
from laurels.web.demo.stripe_like.events import tell
from laurels.web.demo.stripe_like.ids import new_id

KIND = "dispute"
DAYS_TO_ANSWER = 9


def open_dispute(call: Call, charge: Thing, *, amount: int | None = None, reason: str = "fraudulent") -> Thing:
    if charge["disputed"] or not charge["paid"]:
        raise Wrong(f"Charge {charge['id']} cannot be disputed (again).", code="charge_disputed")
    name, amount = new_id("du"), amount or charge["amount"]
    line = balance.write_line(
        call, "adjustment", -amount, charge["currency"], name, category="dispute", fee=balance.DISPUTE_FEE
    )
    charge["disputed"] = True
    call.state.save(charge)
    dispute = call.add(
        {
            "id": name,
            "object": KIND,
            "amount": amount,
            "balance_transactions": [line],
            "charge": charge["id"],
            "created": call.state.now(),
            "currency": charge["currency"],
            "enhanced_eligibility_types": [],
            "evidence": {},
            "evidence_details": {
                "due_by": call.state.now() + DAYS_TO_ANSWER * 86400,
                "has_evidence": False,
                "past_due": False,
                "submission_count": 0,
            },
            "is_charge_refundable": False,
            "livemode": False,
            "metadata": {},
            "network_reason_code": "10.4",
            "payment_intent": charge["payment_intent"],
            "payment_method_details": {"type": "card", "card": {"brand": "visa", "case_type": "chargeback"}},
            "reason": reason,
            "status": "needs_response",
        }
    )
    tell(call, "charge.dispute.created", dispute)
    tell(call, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def close(call: Call, dispute: Thing, *, won: bool) -> Thing:
    """Decided for the seller (the money comes back, the fee does not) or for the buyer."""
    if dispute["status"] in {"won", "lost"}:
        return dispute
    dispute["status"] = "won" if won else "lost"
    if won:
        line = balance.write_line(
            call, "adjustment", dispute["amount"], dispute["currency"], dispute["id"], category="dispute_reversal"
        )
        dispute["balance_transactions"].append(line)
    tell(call, "charge.dispute.closed", call.state.save(dispute))
    if won:
        tell(call, "charge.dispute.funds_reinstated", dispute)
    return dispute
