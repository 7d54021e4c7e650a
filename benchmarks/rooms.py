"""Real rooms of a real server process: people edit cards of a board, everybody else's screen is told.

Beside them a bare asyncio broadcast of cards of the same size, in the same run. Fan-out is wall time, from the commit
to each listener's receipt on one clock; it holds for a machine that has a core free for the server and one for the
listeners. Every edit bears its number, so that what a listener saw shows what was lost, doubled or out of order.
"""

import http.client
import secrets
import threading
import time
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import urlencode

from benchmarks import scenery
from benchmarks.figures import Row
from benchmarks.listeners import Heard, Listeners
from benchmarks.streams import BUSY_RATE, RATE, Told, cpu_seconds, fan_out, resident, server

CARDS = 60
MARK = r"number(\d+)"
WORDS = "A customer told us that the second step of the order takes her a whole morning every week."
PLAN = {
    "key": "bench-board",
    "title": "A board",
    "kind": "board",
    "per": "class",
    "minutes": 30,
    "settings": {"zones": [{"key": "here", "title": "Here", "most": 0}], "card_most": 280},
    "step": [{"title": "Write", "minutes": 30, "allow": ["write", "edit"]}],
    "taking_part": {"says": "A card", "all": [{"deed": "zone"}]},
}


@dataclass(frozen=True, slots=True)
class Class:
    """A room with its people: where their streams are and how they act."""

    live: str
    acts: str
    cards: list[str]
    cookies: list[str]

    def listeners(self, after: int) -> list[tuple[str, dict[str, str]]]:
        return [(f"{self.live}?after={after}", {"Cookie": cookie}) for cookie in self.cookies]


def measure(scale: float) -> list[Row]:
    seconds = max(2.0, 10 * scale)
    big, small, crowd = [_class(300)], [_class(30) for _ in range(10)], [_class(1000)]
    with server("bare") as (port, pid):
        bare = {size: fan_out(port, pid, *size, seconds) for size in [(1, 300), (10, 30), (1, 1000)]}
    with server("hybrid") as (port, pid):
        ours = {
            (1, 300): told(port, pid, big, seconds),
            (10, 30): told(port, pid, small, seconds),
            (1, 1000): told(port, pid, crowd, seconds),
        }
        cut = told(port, pid, big, seconds, cuts=30)
        rate, slowest, faults = acknowledged(port, big[0], seconds)
        memory = memory_per_listener(port, pid, crowd[0])
    rows = [_row(size, ours[size], bare[size]) for size in ours]
    marginal, cheapest = (_marginal(run[(1, 300)], run[(1, 1000)]) for run in (ours, bare))
    return [
        *rows,
        Row(
            "room: CPU a delivery",
            f"{marginal:.1f} µs",
            f"bare asyncio {cheapest:.1f} µs",
            f"×{marginal / cheapest:.1f}",
            "≤ 20 µs",
        ),
        Row("room: memory a listener", f"{memory:.0f} KB", "", "", "≤ 60 KB"),
        Row("room: 30 disconnects/s, 300 people", f"{cut.faults} faults", f"{cut.returns} came back", "", "0"),
        Row(
            "room: acknowledged acts, 300 people",
            f"{rate:.0f}/s, p99 {slowest:.0f} ms",
            f"{faults} faults",
            "",
            "≥ 150/s, ≤ 150 ms",
        ),
    ]


def _row(size: tuple[int, int], run: Told, bare: Told) -> Row:
    rooms, each = size
    what = f"room: fan-out p50/p99, {rooms} × {each:,} people, {RATE} acts/s"
    promise = "≤ 15/40 ms" if rooms * each == 300 else "1,000 in one process"
    return Row(what, run.fan_out(), f"bare asyncio {bare.fan_out()}", f"{run.faults} faults", promise)


def _marginal(few: Told, many: Told) -> float:
    return (many.cpu - few.cpu) / (len(many.waits) - len(few.waits)) * 1e6


def told(port: int, pid: int, classes: list[Class], seconds: float, cuts: float = 0.0) -> Told:
    """``RATE`` edits a second in all, told to everybody in each room."""
    people = [place for one in classes for place in one.listeners(_now(one))]
    with Listeners(port, people, cuts, mark=MARK) as crowd:
        time.sleep(2)
        before = cpu_seconds(pid)
        edits = edit_steadily(port, classes, seconds)
        time.sleep(1 + bool(cuts))
        cpu = cpu_seconds(pid) - before
        heard = crowd.stop()
    waits, faults, at = [], 0, iter(heard)
    for number, one in enumerate(classes):
        mine = {edit: when for edit, when in edits.items() if edit % len(classes) == number}
        for listener in [next(at) for _ in one.cookies]:
            faults += wrong(listener, list(mine))
            waits += [(listener.shown[edit] - when) / 1e6 for edit, when in mine.items() if edit in listener.shown]
    return Told(waits, cpu, faults, sum(one.visits - 1 for one in heard))


def wrong(heard: Heard, expected: list[int]) -> int:
    """How many edits were lost, doubled or told out of order."""
    places = [place for place, _ in heard.frames]
    if heard.elements == expected and places == sorted(set(places)):
        return 0
    return max(1, len(set(expected) ^ set(heard.elements)), len(heard.elements) - len(set(heard.elements)))


_edits = iter(range(10**9))


def next_edits(count: int) -> list[int]:
    """Numbers that no edit of this run has borne."""
    return [next(_edits) for _nth in range(count)]


def edit_steadily(port: int, classes: list[Class], seconds: float) -> dict[int, int]:
    """Number of each edit → the moment of its commit."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    count = int(RATE * seconds)
    first = next(edit for edit in _edits if edit % len(classes) == 0)
    numbers, began, done = [first + number for number in range(count)], time.monotonic(), {}
    for nth, number in enumerate(numbers):
        time.sleep(max(0.0, began + nth / RATE - time.monotonic()))
        done[number] = edit(line, classes[number % len(classes)], number, number // len(classes))
    for _skipped in range(count - 1):
        next(_edits)
    return done


def edit(line: http.client.HTTPConnection, one: Class, number: int, nth: int) -> int:
    """Write the number on a card; the moment of the commit by the machine's monotonic clock."""
    card = nth % len(one.cards)
    cookie = one.cookies[card]
    words = {"verb": "edit", "card": one.cards[card], "text": f"number{number} {WORDS}"}
    token = cookie.partition("csrftoken=")[2]
    headers = {
        "Host": "localhost",
        "Cookie": cookie,
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json, text/html",
    }
    line.request("POST", one.acts, urlencode(words), headers)
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, (answer.status, body[:300])
    return int(answer.headers["X-Bench-Committed"])


def acknowledged(port: int, one: Class, seconds: float, writers: int = 8) -> tuple[float, float, int]:
    """Acts a second acknowledged of ``BUSY_RATE`` that are due; p99 of the waits since then, in ms; faults."""
    waits: list[float] = []
    count = int(BUSY_RATE / writers * seconds)
    first = next(_edits)
    for _skipped in range(count * writers):
        next(_edits)

    def write(writer: int) -> None:
        line, began = http.client.HTTPConnection("127.0.0.1", port), time.monotonic()
        for number in range(count):
            due = began + number * writers / BUSY_RATE
            time.sleep(max(0.0, due - time.monotonic()))
            nth = number * writers + writer
            edit(line, one, first + nth, nth)
            waits.append((time.monotonic() - due) * 1000)

    with Listeners(port, one.listeners(_now(one)), mark=MARK) as crowd:
        time.sleep(2)
        threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - began
        time.sleep(1)
        heard = crowd.stop()
    # Writers race, and edits of one card within a frame are told as one: what counts is that places only go forward
    # and that everybody has seen what each card says in the end.
    last = {(first + nth) for nth in range(count * writers - CARDS // 2, count * writers)}
    faults = sum(bool(last - set(listener.elements)) or _goes_back(listener) for listener in heard)
    return len(waits) / took, sorted(waits)[int(len(waits) * 0.99)], faults


def _goes_back(heard: Heard) -> bool:
    places = [place for place, _ in heard.frames]
    return places != sorted(set(places))


def memory_per_listener(port: int, pid: int, one: Class) -> float:
    """KB of the process for each of so many more."""
    before = resident(pid)
    with Listeners(port, one.listeners(_now(one)), mark=MARK):
        time.sleep(2)
        return (resident(pid) - before) / len(one.cookies)


def _now(one: Class) -> int:
    from laurels.rooms import queries
    from laurels.rooms.models import Room

    return queries.latest_seq(Room.objects.get(public_id=one.live.rsplit("/", 1)[1]))


def _class(people_count: int) -> Class:
    """A room whose whole class works on one board; the first ``CARDS`` people hold a card each."""
    from laurels.people.models import Person
    from laurels.rooms import actions
    from laurels.rooms.models import Participant
    from laurels.workshops.models import Seat

    by, now = scenery.BENCH, scenery.NOW
    workshop = scenery.workshop(people_count)
    tag = workshop.public_id
    people = Person.objects.bulk_create(
        Person(name=f"Robot {number}", created_at=now) for number in range(people_count)
    )
    seats = Seat.objects.bulk_create(
        Seat(workshop=workshop, person=person, name=f"Robot {tag} {nth}", taken_at=now)
        for nth, person in enumerate(people)
    )
    block = workshop.curriculum.blocks.in_order()[0]
    room = actions.open_room(workshop, {block.pk: [PLAN]}, by=by, now=now)
    hands = Participant.objects.bulk_create(
        Participant(room=room, role="learner", seat=seat, name=seat.name, joined_at=now, confirmed_at=now)
        for seat in seats
    )
    line = actions.start_activity(room.activities.get(exercise="bench-board"), by=by, now=now)
    canvas = line.canvases.get()
    for hand in hands[:CARDS]:
        actions.act(canvas, hand, "write", {"text": [WORDS], "zone": ["here"]}, by=by, now=now)
    canvas.refresh_from_db()
    cards = list(canvas.made.order_by("pk").values_list("key", flat=True))
    cookies = [_cookie(room.pk, hand.pk) for hand in hands]
    address = f"/rooms/{room.public_id}"
    return Class(f"/live{address}", f"{address}/canvases/{canvas.pk}/acts", cards, cookies)


def _cookie(room: int, participant: int) -> str:
    """A session as the door leaves it."""
    from django.conf import settings

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["rooms"] = {str(room): participant}
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={secrets.token_hex(16)}"
