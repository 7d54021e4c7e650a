"""R1: no seat is sold twice, over HTTP: singles, groups, coupons, holds that run out, seats given back, capacity cut.

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
UNLOCKED = "tests.drills.unlocked:application"


@dataclass(frozen=True, slots=True)
class Wish:
    """What one buyer asks for: ``seats`` above one are named later."""

    nth: int
    seats: int
    coupon: str

    @property
    def form(self) -> dict[str, Any]:
        who = {"attending": "later", "seats": self.seats} if self.seats > 1 else {"attending": "me"}
        named = {"name": f"Buyer {self.nth}", "email": f"b{self.nth}@drill.example"}
        return {**who, **named, "way": "transfer", "coupon": self.coupon, "key": f"k{random.getrandbits(64):x}"}


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
        cast = Cast(given.buyers)
        with Server(processes=PROCESSES, application=application) as server:
            for _round in range(given.rounds):
                play(server, cast, chance, count)
    return count.close()


def play(server: Server, cast: Cast, chance: random.Random, count: Count) -> None:
    """One round: a new workshop, everybody at once, then what stands is counted."""
    capacity = chance.randint(5, max(6, len(cast.people) // 3))
    workshop = cast.workshop(capacity=capacity, price_minor=chance.choice([0, 10_000]))
    coupon = make_coupon(cast, chance)
    hold_some(workshop, chance, cast)
    wishes = [
        Wish(nth, chance.choice([1, 1, 1, 1, 2, 5]), chance.choice(["", "", coupon.code]))
        for nth in range(len(cast.people))
    ]
    answers = rush(server, cast, workshop, wishes, count)
    for wish, answer in zip(wishes, answers, strict=True):
        count.check(answer.status < 500, f"buyer {wish.nth} got {answer.status}")
    judge(workshop, coupon, wishes, answers, count)


def rush(server: Server, cast: Cast, workshop: Any, wishes: list[Wish], count: Count) -> list[Answer]:
    together = Barrier(len(wishes) + 1)

    def ask(wish: Wish) -> Answer:
        together.wait()
        path = f"/workshops/{workshop.public_id}/seat"
        return server.ask("POST", path, wish.form, session=cast.sessions[wish.nth])

    with ThreadPoolExecutor(len(wishes) + 1) as pool:
        asked = [pool.submit(ask, wish) for wish in wishes]
        meddling = pool.submit(meddle, together, cast, workshop)
        answers = [one.result() for one in asked]
        count.check(meddling.exception() is None, f"staff met {meddling.exception()!r}")
    return answers


def meddle(together: Barrier, cast: Cast, workshop: Any) -> None:
    """In the middle of it somebody gives a seat back, and staff cut the capacity, as far as they may."""
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
        workshop.refresh_from_db()
        with suppress(Refused):
            actions.change(
                workshop, mode=workshop.mode, place=workshop.place, zone=workshop.zone, language=workshop.language,
                starts_on=workshop.starts_on, ends_on=workshop.ends_on, capacity=max(1, workshop.capacity - cut),
                price=workshop.price, trainers=[cast.trainer], by=cast.by, now=timezone.now(),
            )  # fmt: skip
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
    stands = workshop.all_seats.count() + workshop.places.open().count()
    count.check(sold == stands, f"workshop {workshop.pk}: {sold} acknowledged, {stands} stand")


def is_sold(answer: Answer) -> bool:
    return answer.status == 303 and answer.location.startswith(("/bookings/", "/seats/", "/workshops/"))


if __name__ == "__main__":
    raise SystemExit(main())
