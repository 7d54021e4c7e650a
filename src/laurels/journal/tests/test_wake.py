"""Wake-ups: within a process, between processes, and when they are lost."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import quote

import httpx
import pytest
from django.db import connection, transaction

from laurels.journal import actions
from laurels.journal.actions import record_all
from laurels.journal.streams import hub as hubs
from laurels.journal.streams import wakes as watching
from laurels.journal.streams.channels import channels
from laurels.journal.streams.door import Door
from laurels.journal.streams.hub import Hub
from laurels.journal.tests.bells import NOW, RINGER, Bells, Rung, aring, listening, play, ring, ring_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bells(monkeypatch):
    monkeypatch.setitem(channels, "bells", Bells())
    return channels["bells"]


@pytest.fixture
def alone(monkeypatch):
    """A process that hears nothing of its own writing: as if another one wrote."""
    monkeypatch.setattr(hubs, "wakes", [])


@pytest.fixture
def deaf(monkeypatch, alone):
    """A process whom no wake-up reaches."""

    async def watch(poke, look):
        await asyncio.Event().wait()

    monkeypatch.setattr(hubs, "watch", watch)


def test_whoever_wrote_says_so_after_the_commit_and_only_then(monkeypatch):
    heard = []
    monkeypatch.setattr(actions, "wakes", [heard.append])

    with transaction.atomic():
        ring(1)
        record_all("test:2", [Rung(1), Rung(2)], by=RINGER, at=NOW)
        assert heard == []
    assert heard == ["test:1", "test:2"]
    with transaction.atomic():
        ring(2)
        transaction.set_rollback(True)
    assert heard == ["test:1", "test:2"]


def test_a_listener_that_fails_does_not_undo_what_was_done(monkeypatch, caplog):
    monkeypatch.setattr(actions, "wakes", [lambda topic: 1 / 0])
    assert ring(1) == 1
    assert "ZeroDivisionError" in caplog.text


def test_what_another_process_writes_is_heard(bells, alone):
    async def story(door):
        async with listening(door, "/live/bells/1") as (ear,):
            for number in range(5):
                await aring(number)
                began = time.monotonic()
                await ear.hears(number)
                assert time.monotonic() - began < 1

    play(story)


def test_two_processes_tell_all_of_their_own(bells, alone):
    async def story(door):
        other = Door(Hub())
        async with listening(door, "/live/bells/1") as (near,), listening(other, "/live/bells/1") as (far,):
            await asyncio.gather(aring(*range(0, 40)), aring(*range(40, 80)))
            for ear in (near, far):
                await ear.until(lambda ear: len(ear.numbers) == 80)
                assert sorted(ear.numbers) == list(range(80))
                assert ear.ids == sorted(set(ear.ids))
            assert near.numbers == far.numbers
        other.hub.close()

    play(story)


def test_a_lost_wake_up_heals(bells, deaf, monkeypatch):
    monkeypatch.setattr(hubs, "HEAL_SECONDS", 0.5)

    async def story(door):
        async with listening(door, "/live/bells/1") as (ear,):
            await aring(1)
            await ear.hears(1, seconds=2)

    play(story)


def test_without_healing_it_stays_lost(bells, deaf):
    async def story(door):
        async with listening(door, "/live/bells/1") as (ear,):
            await aring(1)
            with pytest.raises(TimeoutError):
                await ear.hears(1, seconds=1)

    play(story)


def test_watching_begins_again_after_it_broke(bells, alone, monkeypatch, caplog):
    monkeypatch.setattr(hubs, "PAUSE_SECONDS", 0.05)
    breaks, watch = iter([True, False]), watching.watch

    async def breaking(poke, look):
        if next(breaks):
            raise OSError("the line is dead")
        await watch(poke, look)

    monkeypatch.setattr(hubs, "watch", breaking)

    async def story(door):
        async with listening(door, "/live/bells/1") as (ear,):
            await aring(1)
            await ear.hears(1, seconds=1)

    play(story)
    assert "the line is dead" in caplog.text


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url():
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{given['NAME']}"
    at = f"{given['USER']}:{given['PASSWORD']}@" if given["USER"] else ""
    return f"postgresql://{at}/{given['NAME']}?host={quote(given['HOST'])}&port={given['PORT']}"


class Server:
    """A server process of its own on the test's database."""

    def __init__(self):
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "laurels.journal.tests.belfry", str(self.port)],
            env={**os.environ, "DATABASE_URL": database_url()},
            start_new_session=True,
        )

    def client(self):
        return httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=10)

    def wait(self):
        for _ in range(200):
            try:
                with self.client() as client:
                    return client.get("/live/nothing/x").status_code
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Radio(threading.Thread):
    """A browser that comes back by itself, to one server after the other."""

    def __init__(self, *servers):
        super().__init__(daemon=True)
        self.servers = servers
        self.ids, self.lines = [0], []
        self.visits = 0
        self.is_tired = False

    def run(self):
        while not self.is_tired:
            try:
                self.listen(self.servers[self.visits % len(self.servers)])
            except httpx.TransportError:
                time.sleep(0.02)
            self.visits += 1

    def listen(self, server):
        headers = {"Accept": "text/event-stream", "Last-Event-ID": str(self.ids[-1])}
        with server.client() as client, client.stream("GET", "/live/bells/1", headers=headers) as answer:
            for block in blocks(answer):
                self.hear(block)
                if self.is_tired:
                    return

    def hear(self, block):
        self.lines += [line.removeprefix("data: ") for line in block if line.startswith("data: <p")]
        self.ids += [int(line.removeprefix("id: ")) for line in block if line.startswith("id: ")]


def blocks(answer):
    block = []
    for line in answer.iter_lines():
        if line:
            block.append(line)
        else:
            yield block
            block = []


@pytest.fixture
def servers():
    started = [Server(), Server()]
    for server in started:
        server.wait()
    yield started
    for server in started:
        if server.process.poll() is None:
            server.kill()


@pytest.mark.race
def test_two_servers_behave_as_one_and_outlive_each_other(servers):
    first, second = servers
    radios = [Radio(first), Radio(second), Radio(first, second)]
    for radio in radios:
        radio.start()
    expected = [f'<p id="n{number}"></p>' for number in range(30)]

    ring_all(range(15), pause=0.02)
    first.kill()
    ring_all(range(15, 30), pause=0.02)

    until(lambda: all(radio.lines[-1:] == expected[-1:] for radio in radios[1:]))
    for radio in radios[1:]:
        radio.is_tired = True
        assert radio.lines == expected
        assert radio.ids == sorted(set(radio.ids))
    assert radios[2].visits >= 1
    radios[0].is_tired = True
    assert radios[0].lines == expected[: len(radios[0].lines)]


@pytest.mark.race
def test_a_server_that_is_told_to_stop_ends_its_streams_and_goes(servers):
    radio = Radio(servers[0])
    radio.start()
    ring_all([1])
    until(lambda: radio.lines)
    radio.is_tired = True

    began = time.monotonic()
    servers[0].process.terminate()
    servers[0].process.wait(20)
    assert time.monotonic() - began < 4


def until(condition):
    for _ in range(500):
        if condition():
            return
        time.sleep(0.02)
    raise TimeoutError
