"""The test cards: the same public numbers with the same outcomes."""

import re
from dataclasses import dataclass

from laurels.web.demo.stripe_like.errors import Thing


@dataclass(frozen=True, slots=True)
class Card:
    number: str
    says: str
    code: str = ""
    decline_code: str = ""
    asks_owner: bool = False  # 3-D Secure

    @property
    def payment_method(self) -> str:
        return f"pm_test_{self.number}"

    def details(self) -> Thing:
        return {
            "type": "card",
            "card": {
                "brand": "visa",
                "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
                "country": "US",
                "exp_month": 12,
                "exp_year": 2050,
                "funding": "credit",
                "last4": self.number[-4:],
                "network": "visa",
                "three_d_secure": {"result": "authenticated", "version": "2.2.0"} if self.asks_owner else None,
                "wallet": None,
            },
        }


CARDS = {
    card.number: card
    for card in [
        Card("4242424242424242", "succeeds"),
        Card("4000000000000002", "is declined", "card_declined", "generic_decline"),
        Card("4000000000009995", "is declined: not enough money", "card_declined", "insufficient_funds"),
        Card("4000000000000069", "is declined: expired", "expired_card"),
        Card("4000000000000127", "is declined: wrong security code", "incorrect_cvc"),
        Card("4000002500003155", "asks its owner first (3-D Secure)", asks_owner=True),
        Card("4000000000000259", "succeeds, and may be disputed later"),
    ]
}
GOOD, DECLINED, ASKING, DISPUTED = (
    CARDS[number] for number in ("4242424242424242", "4000000000000002", "4000002500003155", "4000000000000259")
)
PAYMENT_METHODS = {
    "pm_card_visa": GOOD,
    "pm_card_chargeDeclined": DECLINED,
    "pm_card_visa_chargeDeclined": DECLINED,
    "pm_card_chargeDeclinedInsufficientFunds": CARDS["4000000000009995"],
    "pm_card_chargeDeclinedExpiredCard": CARDS["4000000000000069"],
    "pm_card_authenticationRequired": ASKING,
    "pm_card_threeDSecureRequired": ASKING,
    "pm_card_createDispute": DISPUTED,
    **{card.payment_method: card for card in CARDS.values()},
}
SENTENCES = {
    "card_declined": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "payment_intent_authentication_failure": "The owner of the card did not confirm this payment.",
}


def card_of(typed: str) -> Card | None:
    return CARDS.get(re.sub(r"\D", "", typed))
