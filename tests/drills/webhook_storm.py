"""R3: the service's word twice, in any order, late, forged. ``python -m tests.drills.webhook_storm [--events 20000]``

A shop sells by card; its service tells of every payment in two ways, each up to five times, all shuffled; among them
somebody forges. Afterwards each order must be paid once and nothing else must have come. Without the guard against
doubles (``--unguarded``) the same storm must go red.
"""

import argparse
import json
import logging
import os
import random
import secrets
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

EVENTS, DELIVERIES_AN_ORDER, THREADS = 20_000, 12, 4
PRICE = 11_900
FORGERIES = ("stranger", "other-tenant", "old", "future", "altered", "misdirected", "amount", "currency")
# These are signed by the right account, so they are kept; and set aside, for they say what was never asked.
BELIEVED_TO_BE_ITS_WORD = {"misdirected", "amount", "currency"}


@dataclass(frozen=True, slots=True)
class Delivery:
    account: str
    body: bytes
    key: str
    seconds: int  # how far the stamp is from now
    expected: int


@dataclass(slots=True)
class Result:
    passed: int = 0
    failed: int = 0
    tally: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def check(self, what: str, is_right: bool) -> None:
        self.passed += is_right
        self.failed += not is_right
        self.tally[what] += not is_right


@dataclass(slots=True)
class Shop:
    """Who sells, and what is to be paid: (order, session, payment) by number."""

    account: Any
    secret: str
    other: Any
    other_secret: str
    orders: list[tuple[Any, Any, str]]


def open_shop(count: int, now: Any) -> Shop:
    from django.conf import settings

    from laurels.kernel.actor import Actor
    from laurels.kernel.money import Money
    from laurels.kernel.sealing import seal
    from laurels.payments.actions import place_order
    from laurels.payments.models import CardAccount, CardSession
    from laurels.payments.models.cards import SEALED_FOR
    from laurels.people.models import Organisation, Person

    drill, accounts, keys = Actor.of_system("drill"), [], []
    for slug in ("storm-harbour", "storm-maple"):
        seller = Organisation.objects.create(slug=slug, name=slug.title(), is_provider=True, zone="Europe/Berlin")
        keys.append(f"whsec_{secrets.token_hex(16)}")
        sealed = [seal(one, key=settings.SECRET_KEY, purpose=SEALED_FOR) for one in ("sk_test_storm", keys[-1])]
        account = CardAccount(seller=seller, account_id=f"acct_{slug}", connected_at=now)
        account.sealed_key, account.sealed_webhook_secret = sealed
        account.save()
        accounts.append(account)
    buyer = Person(name="Storm Buyer", created_at=now)
    buyer.set_unusable_password()
    buyer.save()
    orders = []
    for number in range(count):
        order = place_order(
            accounts[0].seller, buyer, description=f"Seat {number}", amount=Money(PRICE, "EUR"), way="card",
            held_until=now, by=drill, now=now,
        )  # fmt: skip
        session = CardSession.objects.create(
            account=accounts[0], order=order, session_id=f"cs_{number}", url="https://pay.example/", opened_at=now,
            amount_minor=PRICE, currency="EUR", held_until=now,
        )  # fmt: skip
        orders.append((order, session, f"pi_{number}"))
    return Shop(accounts[0], keys[0], accounts[1], keys[1], orders)


def deliveries(shop: Shop, chance: random.Random, most: int, at: int) -> list[Delivery]:
    """Every payment told in two ways, up to five times each; the rest of ``most`` is forged. In any order."""
    honest: list[Delivery] = []
    for number, (order, session, intent) in enumerate(shop.orders):
        for kind in ("checkout.session.completed", "payment_intent.succeeded"):
            created = at - (86_400 * chance.randrange(1, 3) if chance.random() < 0.1 else 0)
            body = _event(f"evt_{number}_{kind}", kind, created, _thing(kind, order, session, intent))
            late = chance.choice([0, 0, 0, -200, 45])
            honest += [Delivery(shop.account.public_id, body, shop.secret, late, 200)] * chance.randrange(1, 6)
    honest = honest[:most]
    forged = [_forged(shop, chance, number, at) for number in range(most - len(honest))]
    storm = honest + forged
    chance.shuffle(storm)
    return storm


def _thing(kind: str, order: Any, session: Any, intent: str, **changed: Any) -> dict[str, Any]:
    names = {"order": order.public_id, "session": session.public_id}
    if kind == "payment_intent.succeeded":
        return {"id": intent, "amount_received": PRICE, "currency": "eur", "metadata": names} | changed
    paid = {"id": session.session_id, "status": "complete", "payment_status": "paid", "payment_intent": intent}
    return {**paid, "url": None, "amount_total": PRICE, "currency": "eur", "metadata": names} | changed


def _event(name: str, kind: str, created: int, thing: dict[str, Any]) -> bytes:
    return json.dumps({"id": name, "type": kind, "created": created, "data": {"object": thing}}).encode()


def _forged(shop: Shop, chance: random.Random, number: int, at: int) -> Delivery:
    """It tells of a payment that never was, for an order that is there."""
    how, kind = FORGERIES[number % len(FORGERIES)], "payment_intent.succeeded"
    order, session, _intent = chance.choice(shop.orders)
    changed = {"amount": {"amount_received": PRICE + chance.choice([-1, 1])}, "currency": {"currency": "usd"}}
    thing = _thing(kind, order, session, f"pi_forged_{number}", **changed.get(how, {}))
    body = _event(f"evt_forged_{number}", kind, at, thing)
    account, key, seconds = shop.account.public_id, shop.secret, 0
    if how == "stranger":
        key = "whsec_guessed"
    if how in {"other-tenant", "misdirected"}:
        key = shop.other_secret
    if how == "misdirected":
        account = shop.other.public_id
    if how in {"old", "future"}:
        seconds = chance.choice([-301, -3600, -86_400]) if how == "old" else chance.choice([90, 3600, 31_000_000])
    if how == "altered":
        return Delivery(account, body.replace(b"eur", b"eua"), f"{key}\0{body.decode()}", 0, 400)
    return Delivery(account, body, key, seconds, 200 if how in BELIEVED_TO_BE_ITS_WORD else 400)


def deliver(one: Delivery) -> int:
    from laurels.payments.providers.stripe_events import signed

    # An altered one carries the mark of what was there before.
    key, _zero, before = one.key.partition("\0")
    stamp = str(int(time.time()) + one.seconds)
    mark = signed(before.encode() if before else one.body, stamp, key)
    header = {"Stripe-Signature": f"t={stamp},v1={mark}"}
    return _door().post(f"/webhooks/cards/{one.account}", one.body, "application/json", headers=header).status_code


_doors = threading.local()


def _door() -> Any:
    """A client for each thread: making one takes longer than asking."""
    from django.test import Client

    if not hasattr(_doors, "client"):
        _doors.client = Client()
    return _doors.client


def storm(most: int, seed: int, *, threads: int = 0) -> Result:
    """Deliver it all, from ``threads`` at once with a worker beside them or one after the other, and judge."""
    from django.utils import timezone

    from laurels.journal.worker import drain

    began, result, now = time.monotonic(), Result(), timezone.now()
    shop = open_shop(max(1, most // DELIVERIES_AN_ORDER), now)
    weather = deliveries(shop, random.Random(seed), most, int(now.timestamp()))
    if threads:
        _at_once(weather, result, threads)
    else:
        for one in weather:
            result.check("answered wrongly", deliver(one) == one.expected)
    drain()
    _judge(shop, weather, result)
    result.seconds = time.monotonic() - began
    return result


def _at_once(weather: list[Delivery], result: Result, threads: int) -> None:
    from django.db import connections

    from laurels.journal.worker import start_thread

    lock, worker = threading.Lock(), start_thread()

    def carry(mine: list[Delivery]) -> None:
        for one in mine:
            is_right = deliver(one) == one.expected
            with lock:
                result.check("answered wrongly", is_right)
        connections.close_all()

    carriers = [threading.Thread(target=carry, args=[weather[number::threads]]) for number in range(threads)]
    for carrier in carriers:
        carrier.start()
    for carrier in carriers:
        carrier.join()
    worker.stop()
    time.sleep(2)


def _judge(shop: Shop, weather: list[Delivery], result: Result) -> None:
    from laurels.payments.models import Leg, Order, ProviderEvent, Receipt
    from laurels.payments.queries import balances

    receipts: dict[int | None, list[Receipt]] = {}
    for receipt in Receipt.objects.filter(seller__in=[shop.account.seller, shop.other.seller]):
        receipts.setdefault(receipt.order_id, []).append(receipt)
    told = {json.loads(one.body)["id"] for one in weather if one.expected == 200}
    heard_of = {json.loads(one.body)["data"]["object"].get("metadata", {}).get("order") for one in weather
                if one.expected == 200 and b"forged" not in one.body}  # fmt: skip
    for order, _session, intent in shop.orders:
        current, mine = Order.objects.get(pk=order.pk), receipts.get(order.pk, [])
        is_told = order.public_id in heard_of
        result.check("doubled", len(mine) <= 1)
        result.check("lost", not is_told or (current.is_paid and current.received_minor == PRICE))
        result.check("forged", all(one.reference == intent and one.amount_minor == PRICE for one in mine))
        result.check("surplus", not any(one.surplus_minor for one in mine))
    result.check("for another order", not receipts.keys() - {order.pk for order, _session, _intent in shop.orders})
    kept = ProviderEvent.objects.filter(account__in=[shop.account, shop.other])
    result.check("kept not once each", sorted(kept.values_list("event_id", flat=True)) == sorted(told))
    result.check("not taken in", not kept.filter(taken_in_at=None).exists())
    books = balances(shop.account.seller)
    paid = sum(one.amount_minor for some in receipts.values() for one in some)
    result.check("books", books.get(("card", "EUR"), 0) == paid and not Leg.objects.filter(minor__lte=0).exists())


@contextmanager
def unguarded() -> Iterator[None]:
    """As if neither events nor payments were known again by their names."""
    from laurels.payments.actions.cards import sessions
    from laurels.payments.models import ProviderEvent
    from laurels.payments.models.cards import ProviderEventQuerySet

    receive = sessions.receive

    def always_new(_self: object, *, defaults: dict[str, Any], event_id: str, **more: Any) -> Any:
        name = f"{event_id}#{secrets.token_hex(4)}"
        return ProviderEvent.objects.create(event_id=name, **more, **defaults), True

    def always_other(*given: Any, reference: str, **more: Any) -> Any:
        return receive(*given, reference=f"{reference}#{secrets.token_hex(4)}", **more)

    with (
        mock.patch.object(ProviderEventQuerySet, "get_or_create", always_new),
        mock.patch.object(sessions, "receive", always_other),
    ):
        yield


@contextmanager
def without_a_service() -> Iterator[None]:
    """There is nobody at hand to be asked for fees or to send money back."""
    from laurels.journal.actions import reactions

    names = ("payments.MoneyReceived", "payments.RefundAsked")
    with mock.patch.dict(reactions, {name: [] for name in names}):
        yield


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--threads", type=int, default=THREADS)
    parser.add_argument("--unguarded", action="store_true", help="the positive control: this must go red")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        _start(home)
        from django.db import connection, connections

        guards = unguarded() if given.unguarded else without_a_service()
        with without_a_service(), guards:
            result = storm(given.events, given.seed, threads=given.threads)
        wrong = ", ".join(f"{count} {what}" for what, count in result.tally.items() if count) or "nothing wrong"
        _say(f"webhook storm on {connection.vendor}: {given.events} deliveries, {given.threads} at once, "
             f"seed {given.seed}, {result.seconds:.0f} s: {wrong}")  # fmt: skip
        _say(f"{result.passed} passed, {result.failed} failed")
        connections.close_all()
    return int(bool(result.failed))


def _start(home: str) -> None:
    import django

    os.environ["LAURELS_HOME"] = home
    os.environ.setdefault("LAURELS_MODE", "rehearsal")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.web.settings")
    django.setup()
    logging.disable(logging.CRITICAL)  # a line for each forged event is right, and much
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
