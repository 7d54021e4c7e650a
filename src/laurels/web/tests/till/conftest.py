"""One till for all these stories, and for each a seller of its own who listens."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import stripe

from laurels.web.demo.stripe_like.running import Running, start
from laurels.web.demo.stripe_like.state import DIALS
from laurels.web.tests.till.receiving import Ear, listening


@dataclass
class Seller:
    till: Running
    ear: Ear
    account: str
    key: str
    secret: str

    def __post_init__(self):
        self.stripe = stripe.StripeClient(self.key, base_addresses={"api": self.till.base_url}).v1

    def sell(self, amount=10_000, **more) -> stripe.checkout.Session:
        price = {"currency": "eur", "unit_amount": amount, "product_data": {"name": "A seat"}}
        asked = {
            "mode": "payment",
            "line_items": [{"price_data": price, "quantity": 1}],
            "customer_email": "ada@example.org",
            "success_url": "http://school.example/paid?session={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://school.example/left",
        }
        return self.stripe.checkout.sessions.create({**asked, **more})

    def sold(self, amount=10_000) -> str:
        """The payment intent of something that is paid for."""
        return self.till.pay(self.sell(amount).id)["payment_intent"]

    def events(self) -> list[stripe.Event]:
        self.till.settle(self.account)
        return self.ear.events(self.secret)

    def told(self) -> list[str]:
        return sorted(event.type for event in self.events())


def seller_at(till: Running, ear: Ear) -> Seller:
    chance = secrets.token_hex(8)
    seller = Seller(till, ear, f"acct_{chance}", f"sk_test_{chance}", f"whsec_{chance}")
    till.open_account(
        seller.account, seller.key, webhook_url=ear.url, webhook_secret=seller.secret, name="Harbour School"
    )
    return seller


@pytest.fixture(scope="package")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start(tmp_path_factory.mktemp("till") / "till.sqlite3") as running:
        yield running


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as ear:
        yield ear


@pytest.fixture
def seller(shared: Running, ear: Ear) -> Iterator[Seller]:
    """The dials are turned back afterwards."""
    yield seller_at(shared, ear)
    shared.turn(**DIALS)
