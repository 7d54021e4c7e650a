"""R1: no seat is sold twice, over HTTP: singles, groups, coupons, cards, offers of the queue, holds that run out,
seats and places without a name given back, capacity cut.

    python -m tests.drills.oversell [--rounds 200] [--buyers 200] [--seed N] [--unlocked]

On SQLite, or on PostgreSQL with ``tools/with_postgresql.py``. Everybody asks at one moment. ``--unlocked`` is the
control: a server without the guard must be found out.
"""

import argparse
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier
from typing import Any

from tests.drills.scene import Answer, Cast, Count, Server, seeded, stage

PROCESSES = 2
WAITING = 3
UNLOCKED = "tests.drills.unlocked:application"


@dataclass(frozen=True, slots=True)
class Wish:
    """What one buyer asks for: ``seats`` above one are named later."""

    nth: int
    seats: int
    coupon: str
    way: str = "transfer"
    offer: str = ""

    @property
    def form(self) -> dict[str, Any]:
        who = {"attending": "later", "seats": self.seats} if self.seats > 1 else {"attending": "me"}
        named = {"name": f"Buyer {self.nth}", "email": f"b{self.nth}@drill.example"}
        return {**who, **named, "way": self.way, "coupon": self.coupon, "key": f"k{random.getrandbits(64):x}"}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=200)
    asked.add_argument("--buyers", type=int, default=200)
    asked.add_argument("--seed", type=int)
    asked.add_argument("--unlocked", action="store_true")
    given = asked.parse_args()
    chance, count = seeded(given.seed), Count()
    application = UNLOCKED if given.unlocked else "laurels.web.server:application"
    with stage():
        cast = Cast(given.buyers + 2 * WAITING)
        cast.card_account()
        with Server(processes=PROCESSES, application=application) as server:
            for _round in range(given.rounds):
                play(server, cast, chance, count)
    return count.close()


def play(server: Server, cast: Cast, chance: random.Random, count: Count) -> None:
    """One round: a new workshop, everybody at once, then what stands is counted."""
    buyers = len(cast.people) - 2 * WAITING
    capacity = WAITING + chance.randint(5, max(6, buyers // 3))
    workshop, offered = offer_some(cast, capacity, chance.choice([0, 10_000]))
    count.check(len(offered) == WAITING, f"workshop {workshop.pk}: {len(offered)} offers")
    coupon = make_coupon(cast, chance)
    hold_some(workshop, chance, cast)
    wishes = [
        Wish(
            nth,
            chance.choice([1, 1, 1, 1, 2, 5]),
            chance.choice(["", "", coupon.code]),
            chance.choice(["transfer", "transfer", "card"]),
        )
        for nth in range(buyers)
    ]
    wishes += [
        Wish(nth, 1, "", chance.choice(["transfer", "card"]), offer)
        for nth, offer in enumerate(offered, start=buyers + WAITING)
    ]
    answers = rush(server, cast, workshop, wishes, count)
    for wish, answer in zip(wishes, answers, strict=True):
        count.check(answer.status < 500, f"buyer {wish.nth} got {answer.status}")
    judge(workshop, coupon, wishes, answers, count)
    clear(cast)


def offer_some(cast: Cast, capacity: int, price_minor: int) -> tuple[Any, list[str]]:
    """A workshop that was full, with people who waited for it, and whose seats became more: their offers."""
    from laurels.kernel.actor import Actor
    from laurels.workshops import actions
    from laurels.workshops.models import Offer

    workshop = cast.workshop(capacity=WAITING, price_minor=price_minor)
    for person in cast.people[-2 * WAITING : -WAITING]:
        actions.book(workshop, person, by=cast.by, now=cast.now)
    for person in cast.people[-WAITING:]:
        wish = {"dates": [workshop.public_id], "by": Actor(person_id=person.pk), "now": cast.now}
        actions.join_queue(cast.provider, workshop.course, person, **wish)
    resize(cast, workshop, capacity)
    offers = Offer.objects.open().filter(workshop=workshop).order_by("queue_place__turn")
    return workshop, [offer.public_id for offer in offers]


def resize(cast: Cast, workshop: Any, capacity: int) -> None:
    from django.utils import timezone

    from laurels.workshops import actions

    workshop.refresh_from_db()
    actions.change(
        workshop, mode=workshop.mode, place=workshop.place, zone=workshop.zone, language=workshop.language,
        starts_on=workshop.starts_on, ends_on=workshop.ends_on, capacity=capacity,
        price=workshop.price, trainers=[cast.trainer], by=cast.by, now=timezone.now(),
    )  # fmt: skip


def clear(cast: Cast) -> None:
    """The next round begins anew: nobody waits, and what was held by card long ago does not count against anybody."""
    from laurels.kernel.actor import Actor
    from laurels.payments.models import Order
    from laurels.workshops import actions
    from laurels.workshops.models import QueuePlace

    for place in QueuePlace.objects.live():
        actions.leave_queue(place, by=Actor(person_id=place.person_id), now=cast.now)
    Order.objects.filter(way="card").update(placed_at=cast.now - timedelta(days=30))


def rush(server: Server, cast: Cast, workshop: Any, wishes: list[Wish], count: Count) -> list[Answer]:
    together = Barrier(len(wishes) + 1)

    def ask(wish: Wish) -> Answer:
        together.wait()
        path = f"/workshops/{workshop.public_id}/seat" + (f"?offer={wish.offer}" if wish.offer else "")
        return server.ask("POST", path, wish.form, session=cast.sessions[wish.nth])

    with ThreadPoolExecutor(len(wishes) + 1) as pool:
        asked = [pool.submit(ask, wish) for wish in wishes]
        meddling = pool.submit(meddle, together, cast, workshop)
        answers = [one.result() for one in asked]
        count.check(meddling.exception() is None, f"staff met {meddling.exception()!r}")
    return answers


def meddle(together: Barrier, cast: Cast, workshop: Any) -> None:
    """In the middle of it a seat and a place without a name are given back, and staff cut the capacity as they may."""
    from django.db import connection
    from django.utils import timezone

    from laurels.kernel.refusal import Refused
    from laurels.workshops import actions

    together.wait()
    for cut in (1, 2):
        seat = workshop.seats.filled().order_by("pk").first()
        if seat:
            with suppress(Refused):
                actions.cancel_seat(seat, by=cast.by, now=timezone.now())
        if unnamed := workshop.places.open().first():
            with suppress(Refused):
                actions.cancel_place(unnamed, by=cast.by, now=timezone.now())
        workshop.refresh_from_db()
        with suppress(Refused):
            resize(cast, workshop, max(1, workshop.capacity - cut))
    connection.close()


def make_coupon(cast: Cast, chance: random.Random) -> Any:
    from laurels.workshops.models import Coupon

    return Coupon.objects.create(
        provider=cast.provider, code=f"C{chance.getrandbits(40):X}", percent=chance.choice([10, 100]),
        most_uses=chance.randint(1, 5), made_at=cast.now,
    )  # fmt: skip


def hold_some(workshop: Any, chance: random.Random, cast: Cast) -> None:
    """Places whose time is over: they are free again for whoever asks first."""
    from laurels.workshops.models import Place

    Place.objects.bulk_create(
        Place(workshop=workshop, held_until=cast.now - timedelta(minutes=1), made_at=cast.now - timedelta(hours=1))
        for _held in range(chance.randint(0, workshop.capacity))
    )


def judge(workshop: Any, coupon: Any, wishes: list[Wish], answers: list[Answer], count: Count) -> None:
    workshop.refresh_from_db()
    filled = workshop.count_filled()
    count.check(filled <= workshop.capacity, f"workshop {workshop.pk}: {filled} in {workshop.capacity} seats")
    uses = coupon.uses.filter(released_at=None).count()
    count.check(uses <= coupon.most_uses, f"coupon {coupon.pk}: used {uses} times of {coupon.most_uses}")
    sold = sum(wish.seats for wish, answer in zip(wishes, answers, strict=True) if is_sold(answer))
    bought = workshop.places.filter(seat=None, state__in=["open", "given-up"]).count()
    held = workshop.places.held().exclude(order=None).count()
    stands = workshop.all_seats.count() - WAITING + bought + held
    count.check(sold == stands, f"workshop {workshop.pk}: {sold} acknowledged, {stands} stand")


def is_sold(answer: Answer) -> bool:
    """By card it is held, and they are sent on to pay."""
    if answer.status == 307:
        return answer.location.startswith("/orders/")
    return answer.status == 303 and answer.location.startswith(("/bookings/", "/seats/", "/workshops/"))


if __name__ == "__main__":
    raise SystemExit(main())
