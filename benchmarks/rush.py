"""A rush for seats: two thousand people ask a real server for two hundred seats. And what one booking costs."""

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import Row, cpu
from laurels.workshops.models import Workshop
from tests.drills.oversell import Wish, is_sold
from tests.drills.scene import Answer, Cast, Server

BUYERS, SEATS = 2_000, 200
AT_ONCE = 64
PRICE = 119_000


def measure(scale: float) -> list[Row]:
    buyers, seats = max(100, int(BUYERS * scale)), max(10, int(SEATS * scale))
    cast = Cast(buyers + 2)
    workshop = cast.workshop(capacity=seats, price_minor=PRICE)
    connection.close()
    with Server(processes=2) as server:
        empty = _seconds(server, cast, lambda nth: server.ask("GET", "/empty", session=cast.sessions[nth]), buyers)
        path = f"/workshops/{workshop.public_id}/seat"
        answers: list[Answer] = []
        rushed = _seconds(
            server,
            cast,
            lambda nth: answers.append(server.ask("POST", path, Wish(nth, 1, "").form, session=cast.sessions[nth])),
            buyers,
        )
    sold, errors = sum(map(is_sold, answers)), sum(answer.status >= 500 for answer in answers)
    filled = Workshop.objects.get(pk=workshop.pk).count_filled()
    assert sold == filled == seats, (sold, filled, seats)
    page, empty_page, statements = _one_booking(cast)
    return [
        Row(
            f"rush: {buyers:,} buyers, {seats} seats",
            f"{rushed:.1f} s, {errors} errors, {filled} sold",
            f"as many empty pages {empty:.1f} s",
            f"×{rushed / empty:.1f}",
            "≤ 30 s, 0 errors, 0 oversold",
        ),
        Row(
            "booking page",
            f"{page * 1000:.1f} CPU-ms",
            f"an empty page {empty_page * 1000:.1f} CPU-ms",
            f"×{page / empty_page:.1f}",
            "≤ 60 ms",
        ),
        Row("one booking by invoice", f"{statements} statements, 1 request", "", "", "≤ 25 statements, ≤ 3 requests"),
    ]


def _seconds(server: Server, cast: Cast, ask: object, count: int) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(ask, range(count)))  # type: ignore[arg-type]
    return time.perf_counter() - began


def _one_booking(cast: Cast) -> tuple[float, float, int]:
    """CPU seconds of the booking page and of an empty one; statements of one booking."""
    client, workshop = Client(), cast.workshop(capacity=20, price_minor=PRICE)
    client.force_login(cast.people[-1])
    path, times = f"/workshops/{workshop.public_id}/seat", 30
    assert client.get(path).status_code == 200
    page = cpu(lambda: [client.get(path) for _ in range(times)]) / times
    empty = cpu(lambda: [client.get("/empty") for _ in range(times)]) / times
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(path, Wish(len(cast.people) - 1, 1, "").form)
    assert answer.status_code == 303, answer.status_code
    return page, empty, len(asked)
