"""R2: nothing that was acknowledged is lost or doubled by ``kill -9`` in booking, paying, the card
service's word, the ledger, a room, issuing; `laurels fsck` finds nothing afterwards.

    python -m tests.drills.killed [--kills 500] [--seed N] [--early]

On SQLite, or on PostgreSQL with ``tools/with_postgresql.py``. Six kinds of work go on while the server with its
worker is killed again and again, at a moment that chance picks. ``--early`` is the control: a server that answers
before it has done the work must be found out.
"""

import argparse
import http.client
import json
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from tests.drills.scene import LATE_SECONDS, PATIENCE_SECONDS, TOO_EARLY, Cast, Count, Server, seeded, stage

GOING_ON_SECONDS = (0.3, 1.2)
SETTLED_SECONDS = 120
ENOUGH = 8
# The card service does not answer in this drill, so what it keeps of a payment is asked in vain.
UNANSWERED = "book_card_fee"


@dataclass(slots=True)
class Work:
    """One kind of work: ``do`` the nth piece of it, True when it was acknowledged."""

    name: str
    do: Callable[[Server, int], bool]
    acknowledged: list[int] = field(default_factory=list)
    nth: int = 0

    def go_on(self, server: Server, until: threading.Event) -> None:
        while not until.is_set():
            nth, self.nth = self.nth, self.nth + 1
            try:
                if self.do(server, nth):
                    self.acknowledged.append(nth)
            except (OSError, http.client.HTTPException):
                until.wait(0.02)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=500)
    asked.add_argument("--seed", type=int)
    asked.add_argument("--early", action="store_true")
    given = asked.parse_args()
    chance, count = seeded(given.seed), Count()
    with stage():
        drill(given.kills, chance, count, is_early=given.early)
    return count.close()


def drill(kills: int, chance: random.Random, count: Count, *, is_early: bool = False) -> None:
    cast = Cast(people=60 + 40 * kills)
    works = [booking(cast), paying(cast, orders=40 * kills), ledger(cast), room(cast), webhooks(cast, 40 * kills)]
    issuing = Issuing(cast)
    server = Server(application=TOO_EARLY if is_early else "laurels.web.server:application")
    for _kill in range(kills):
        server.start()
        over = threading.Event()
        busy = [threading.Thread(target=work.go_on, args=[server, over], daemon=True) for work in works]
        for thread in busy:
            thread.start()
        issuing.award_some(3)
        wait_for_the_first(works)
        time.sleep(chance.uniform(*GOING_ON_SECONDS))
        server.kill()
        over.set()
        for thread in busy:
            thread.join()
    time.sleep(LATE_SECONDS)
    with server:
        settle()
    judge(works, issuing, cast, count)


def wait_for_the_first(works: list[Work]) -> None:
    """Nothing is learnt from killing a server that has not yet said "done", or anything at all, to anybody."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends and not all(work.acknowledged or work.nth > ENOUGH for work in works):
        time.sleep(0.02)


def settle() -> None:
    """Wait until the worker has done what the killed ones left."""
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.update(run_after=timezone.now())
    left = DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exclude(task_path__endswith=UNANSWERED)
    ends = time.monotonic() + SETTLED_SECONDS
    while time.monotonic() < ends and left.exists():
        time.sleep(0.2)


def booking(cast: Cast) -> Work:
    workshop = cast.workshop(capacity=30_000, price_minor=10_000)

    def do(server: Server, nth: int) -> bool:
        form = {"name": f"Buyer {nth}", "way": "transfer", "seats": "1", "who": "me"}
        answer = server.ask("POST", f"/workshops/{workshop.public_id}/seat", form, session=cast.sessions[nth])
        return answer.status == 303 and not answer.location.startswith("/sign-in")

    return Work(f"booking {workshop.pk}", do)


def paying(cast: Cast, orders: int) -> Work:
    from laurels.kernel.money import Money
    from laurels.payments.actions import place_order

    placed = [
        place_order(
            cast.provider,
            cast.people[0],
            description=f"Order {nth}",
            amount=Money(500, "EUR"),
            by=cast.by,
            now=cast.now,
        )
        for nth in range(orders)
    ]

    def do(server: Server, nth: int) -> bool:
        answer = server.ask("POST", f"/orders/{placed[nth].public_id}/payment", {}, session=cast.staff_session)
        return answer.location.startswith("/orders/")

    return Work("paying", do)


def webhooks(cast: Cast, orders: int) -> Work:
    """The service's word that an order is paid, signed; 200 once it is kept."""
    from laurels.kernel.money import Money
    from laurels.payments.actions import place_order
    from laurels.payments.models import CardSession
    from laurels.payments.providers.stripe_events import signed

    account, secret = cast.card_account()
    told = []
    for nth in range(orders):
        order = place_order(
            cast.provider, cast.people[0], description=f"Word {nth}", amount=Money(500, "EUR"), way="card",
            held_until=cast.now + timedelta(days=1), by=cast.by, now=cast.now,
        )  # fmt: skip
        session = CardSession.objects.create(
            account=account, order=order, session_id=f"cs_{nth}", url="https://pay.example/", amount_minor=500,
            currency="EUR", opened_at=cast.now, looked_at=cast.now + timedelta(days=1),
        )  # fmt: skip
        names = {"order": order.public_id, "session": session.public_id}
        thing = {"id": f"pi_{nth}", "amount_received": 500, "currency": "eur", "metadata": names}
        event = {"id": f"evt_{nth}", "type": "payment_intent.succeeded", "created": int(cast.now.timestamp())}
        told.append(json.dumps(event | {"data": {"object": thing}}).encode())

    def do(server: Server, nth: int) -> bool:
        stamp = str(int(time.time()))
        return (
            server.tell(
                f"/webhooks/cards/{account.public_id}", told[nth], f"t={stamp},v1={signed(told[nth], stamp, secret)}"
            )
            == 200
        )

    return Work("webhooks", do)


def ledger(cast: Cast) -> Work:
    def do(server: Server, nth: int) -> bool:
        form = {"title": f"Hour {nth}", "on": f"{cast.now:%Y-%m-%d}", "hours": "1", "category": "learning"}
        return server.ask("POST", "/ledger/entries", form, session=cast.sessions[1]).location.startswith("/ledger")

    return Work("ledger", do)


def room(cast: Cast) -> Work:
    from benchmarks import rooms

    one = rooms._class(2)

    card, session = one.cards[0], one.cookies[0].partition("=")[2].partition(";")[0]

    def do(server: Server, nth: int) -> bool:
        words = {"verb": "edit", "card": card, "text": f"number{nth} of this drill"}
        return server.ask("POST", one.acts, words, session=session).status == 200

    return Work("room", do)


class Issuing:
    """Certifications awarded beside the server, whose worker signs them while it is killed."""

    def __init__(self, cast: Cast) -> None:
        from laurels.programmes.models import Scheme

        self.cast, self.scheme = cast, Scheme.objects.get(body=cast.body, code="CSPO")
        self.awarded: list[int] = []

    def award_some(self, count: int) -> None:
        from laurels.credentials.actions import award

        for person in self.cast.people[len(self.awarded) :][:count]:
            on = self.cast.now.date()
            made = award(person, self.scheme, name=person.name, on=on, by=self.cast.by, now=self.cast.now)
            self.awarded.append(made.pk)


def judge(works: list[Work], issuing: Issuing, cast: Cast, count: Count) -> None:
    for work, done in zip(works, stands(works, cast), strict=True):
        print(f"{work.name}: {len(work.acknowledged)} acknowledged, {len(done)} stand", flush=True)
        for nth in work.acknowledged:
            count.check(done.count(nth) == 1, f"{work.name} {nth} stands {done.count(nth)} times")
        count.check(bool(work.acknowledged), f"{work.name}: nothing was acknowledged")
    judge_issuing(issuing, count)
    judge_books(count)
    judge_all(count)


def stands(works: list[Work], cast: Cast) -> list[list[int]]:
    """The pieces of each work that are in the database, as often as they are."""
    from laurels.education.models import LedgerEntry
    from laurels.payments.models import Payment
    from laurels.rooms.models import Act
    from laurels.workshops.models import Seat

    people = {person.pk: nth for nth, person in enumerate(cast.people)}
    seats = Seat.objects.filter(workshop=int(works[0].name.split()[1])).values_list("person", flat=True)
    paid = Payment.objects.filter(order__description__startswith="Order ").values_list("order__description", flat=True)
    heard = Payment.objects.filter(order__description__startswith="Word ").values_list("order__description", flat=True)
    hours = LedgerEntry.objects.of(cast.people[1]).values_list("title", flat=True)
    acts = Act.objects.filter(verb="edit").values_list("values", flat=True)
    edits = [number for values in acts if (number := _number(values)) is not None]
    return [[people[pk] for pk in seats], [int(words.split()[1]) for words in paid],
            [int(title.split()[1]) for title in hours], edits, [int(words.split()[1]) for words in heard]]  # fmt: skip


def _number(values: object) -> int | None:
    found = re.search(r"number(\d+)", str(values))
    return int(found[1]) if found else None


def judge_issuing(issuing: Issuing, count: Count) -> None:
    from laurels.credentials.models import Credential

    for pk in issuing.awarded:
        signed = Credential.objects.filter(term__certification=pk).exclude(document="").count()
        count.check(signed == 1, f"certification {pk} has {signed} signed credentials")


def judge_books(count: Count) -> None:
    """What was paid stands in the books, on a paper, and nowhere twice; no number is missing."""
    from laurels.payments.models import Invoice, Order
    from laurels.payments.queries import balances

    # By card the books know an order once it is paid.
    for order in Order.objects.exclude(invoices=None).select_related("seller", "payment"):
        owed = order.amount_minor - order.credited_minor - order.received_minor + order.refunded_minor
        stands = balances(order.seller, order=order).get(("receivable", order.currency), 0)
        count.check(stands == owed, f"order {order.pk}: the books say {stands}, the order {owed}")
    numbers = list(Invoice.objects.order_by("sequence").values_list("sequence", flat=True))
    count.check(numbers == list(range(1, len(numbers) + 1)), "invoice numbers are skipped or given twice")


def judge_all(count: Count) -> None:
    """What ``laurels fsck`` looks through, beside the card service, which does not answer here."""
    from laurels.people.models import Organisation
    from laurels.web.soundness import PARTS

    for organisation in Organisation.objects.order_by("slug"):
        for part, look in PARTS.items():
            faults = [str(fault) for fault in look(organisation)]
            count.check(not faults, f"fsck, {organisation.slug}, {part}: {faults[:3]}")


if __name__ == "__main__":
    raise SystemExit(main())
