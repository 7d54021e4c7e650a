"""The seller's balance: every movement of money is a line with its fee."""

from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.errors import Thing
from laurels.web.demo.stripe_like.ids import new_id

PER_MILLE, FIXED, DISPUTE_FEE = 15, 25, 2000
DAYS_UNTIL_AVAILABLE = 2


def fee_of(amount: int) -> int:
    """1.5 % and 25, rounded to the nearest."""
    return (amount * PER_MILLE + 500) // 1000 + FIXED


def write_line(
    call: Call, kind: str, amount: int, currency: str, source: str, *, category: str, fee: int = 0, text: str = ""
) -> Thing:
    at = call.state.now()
    detail = {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Till's fee",
        "type": "stripe_fee",
    }
    return call.add(
        {
            "id": new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": at + DAYS_UNTIL_AVAILABLE * 86400,
            "balance_type": "payments",
            "created": at,
            "currency": currency,
            "description": text or None,
            "exchange_rate": None,
            "fee": fee,
            "fee_details": [detail] if fee else [],
            "net": amount - fee,
            "reporting_category": category,
            "source": source,
            "status": "pending",
            "type": kind,
        }
    )
