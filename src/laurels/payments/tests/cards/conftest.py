"""One till for all of these stories; each has an account of Harbour there, whose events are brought when it says so."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import stripe
from django.test import Client
from django.utils import timezone

from laurels.journal.worker import drain
from laurels.payments.actions import connect_card_account
from laurels.payments.models import CardAccount, CardSession, Order
from laurels.payments.queries import balances
from laurels.web.demo.stripe_like.running import Running, start
from laurels.web.demo.stripe_like.state import DIALS
from laurels.web.tests.till.receiving import Ear, listening
from laurels.workshops.actions import check_out
from laurels.workshops.models import Workshop
from laurels.workshops.rules import Attendee, Basket
from tests.world.cast import World

ADA = Attendee("Ada Lovelace", "ada@people.example")


@dataclass
class Shop:
    """Harbour with its account at the till. Events wait in the ear until ``bring``."""

    world: World
    till: Running
    ear: Ear
    account: CardAccount
    key: str
    secret: str
    client: Client
    service: Client = field(default_factory=Client)
    brought: int = 0
    workshop: Workshop = field(init=False)

    def __post_init__(self):
        self.workshop = self.world.workshop_with(
            price_minor=10_000, capacity=2, starts_on=self.day(60), ends_on=self.day(61)
        )
        self.stripe = stripe.StripeClient(self.key, base_addresses={"api": self.till.base_url}).v1

    @property
    def now(self):
        return timezone.now()

    def day(self, days):
        return (self.now + timedelta(days=days)).date()

    def order(self, *, way="card", basket=None):
        ada = self.world.ada
        bought = check_out(self.workshop, ada, basket or Basket((ADA,), way=way), by=ada.actor, now=self.now)
        return Order.objects.get(pk=bought.order.pk)

    def press(self, order, **fields):
        """Ada presses "Pay by card"."""
        self.client.force_login(self.world.ada)
        return self.client.post(f"/orders/{order.public_id}/card", fields)

    def opened(self, order) -> CardSession:
        answer = self.press(order)
        session = CardSession.objects.open().get(order=order)
        assert (answer.status_code, answer["Location"]) == (303, session.url)
        return session

    def paid(self, order=None, **more) -> str:
        """Paid at the service, of which nothing is heard yet; the payment's id."""
        session = self.opened(order or self.order())
        return self.till.pay(session.session_id, **more)["payment_intent"]

    def heard(self):
        self.till.settle(self.account.account_id)
        return self.ear.heard[self.brought :]

    def bring(self, *, shuffled=None, times=1) -> list[int]:
        """All events that have not been brought yet, in order or shuffled by a seed; then the worker works."""
        heard = self.heard() * times
        self.brought = len(self.ear.heard)
        if shuffled is not None:
            random.Random(shuffled).shuffle(heard)
        statuses = [self.tell(body, signature).status_code for signature, body in heard]
        drain(is_strict=True)
        return statuses

    def tell(self, body, signature, account=None):
        where = f"/webhooks/cards/{(account or self.account).public_id}"
        return self.service.post(where, body, "application/json", headers={"Stripe-Signature": signature})

    def invent(self, kind, **thing):
        """A well signed event about something that never happened so."""
        self.till.control("POST", "events", {"account": self.account.account_id, "type": kind, **thing})

    def books(self, order=None):
        found = balances(self.world.harbour, order=order)
        return {account: minor for (account, _eur), minor in found.items() if minor and account != "card-fees"}


@pytest.fixture(scope="package")
def one_till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start(tmp_path_factory.mktemp("till") / "till.sqlite3") as running:
        yield running


def connect(world, seller, till, staff, ear, client) -> Shop:
    chance = secrets.token_hex(8)
    name, key, secret = f"acct_{chance}", f"sk_test_{chance}", f"whsec_{chance}"
    till.open_account(name, key, webhook_url=ear.url, webhook_secret=secret, name=seller.name)
    account = connect_card_account(seller, key, secret, api_base=till.base_url, by=staff.actor, now=timezone.now())
    assert account.account_id == name
    return Shop(world, till, ear, account, key, secret, client)


@pytest.fixture
def shop(world: World, one_till: Running, client: Client) -> Iterator[Shop]:
    with listening() as ear:
        yield connect(world, world.harbour, one_till, world.sam, ear, client)
    one_till.turn(**DIALS)


@pytest.fixture
def other_shop(shop: Shop) -> Iterator[Shop]:
    """Maple & Tide's, at the same till."""
    with listening() as ear:
        yield connect(shop.world, shop.world.maple, shop.till, shop.world.mallory, ear, Client())
