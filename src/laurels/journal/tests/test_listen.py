"""Live streams, told through the door: order, resuming, shutting, polling, and who is let in."""

import asyncio
from contextlib import suppress

import pytest
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from laurels.journal.streams import broadcaster, presence, stream
from laurels.journal.streams import hub as hubs
from laurels.journal.streams.broadcaster import Broadcaster
from laurels.journal.streams.channels import channels
from laurels.journal.tests.bells import Bells, Ear, aring, listening, play, ring, ring_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bells(monkeypatch):
    monkeypatch.setitem(channels, "bells", Bells())
    return channels["bells"]


def test_everybody_hears_everything_once_and_in_order(bells):
    async def story(door):
        async with listening(door, *["/live/bells/1"] * 3, "/live/bells/2") as (one, two, three, elsewhere):
            await aring(*range(40))
            for ear in (one, two, three):
                await ear.hears(39)
                assert ear.numbers == list(range(40))
                assert ear.ids == sorted(set(ear.ids))
            assert elsewhere.numbers == []
            assert one.headers["content-type"] == "text/event-stream; charset=utf-8"
            assert (one.headers["cache-control"], one.headers["x-accel-buffering"]) == ("no-store", "no")
            assert one.bytes.startswith(b"retry: 1000\n\n")

    play(story)


def test_all_of_an_audience_are_sent_the_same_bytes(bells):
    async def story(door):
        async with listening(door, *["/live/bells/1"] * 3) as ears:
            await aring(1)
            for ear in ears:
                await ear.hears(1)
            assert len({id(ear.pieces[-1]) for ear in ears}) == 1
            assert len(bells.drawn_at) == 1

    play(story)


def test_whoever_comes_back_hears_what_was_missed(bells):
    ring_all(range(1, 6))

    async def story(door):
        back = Ear(door, "/live/bells/1?after=1", last_event_id="3")
        page = Ear(door, "/live/bells/1?after=1")
        fresh = Ear(door, "/live/bells/1")
        assert (await back.hears(5)).numbers == [4, 5]
        assert (await page.hears(5)).numbers == [2, 3, 4, 5]
        assert (await fresh.until(lambda ear: ear.ids)).events == []
        assert fresh.ids == [5]

    play(story)


@pytest.mark.parametrize("place", ["3", "99999", str(10**17)])
def test_too_far_behind_or_from_another_world_loads_the_page_again(bells, monkeypatch, place):
    monkeypatch.setattr(broadcaster, "MOST_BEHIND", 5)
    ring_all(range(1, 11))

    async def story(door):
        ear = await Ear(door, f"/live/bells/1?after={place}").until(lambda ear: ear.events)
        assert ear.events == [("reload", "10", "")]
        near = await Ear(door, "/live/bells/1?after=5").hears(10)
        assert near.numbers == [6, 7, 8, 9, 10]

    play(story)


def arrive_while_it_rings(door, count=30, seconds=5):
    """Listeners who stand at 0 and come while forty numbers are rung: each is owed all forty, once, in order."""

    async def story():
        ringing = asyncio.create_task(aring(*range(1, 41), pause=0.005))
        ears = []
        for number in range(count):
            ears.append(Ear(door, f"/live/bells/1?after=0&key=k{number}"))
            await asyncio.sleep(0.007)
        await ringing
        for ear in ears:
            with suppress(TimeoutError):
                await ear.hears(40, seconds=seconds)
        return ears

    return story()


@pytest.mark.race
def test_joining_while_it_rings_loses_and_doubles_nothing(bells):
    async def story(door):
        for ear in await arrive_while_it_rings(door):
            assert ear.numbers == list(range(1, 41))
            assert ear.ids == sorted(set(ear.ids))

    play(story)


@pytest.mark.race
def test_without_catching_up_the_same_story_loses_some(bells, monkeypatch):
    async def only_seat(self, joining):
        self._seat(joining)
        return False

    monkeypatch.setattr(Broadcaster, "_let_in", only_seat)

    async def story(door):
        ears = await arrive_while_it_rings(door, seconds=0.2)
        assert any(ear.numbers != list(range(1, 41)) for ear in ears)

    play(story)


def test_what_happens_at_once_is_told_together(bells):
    async def story(door):
        async with listening(door, "/live/bells/1") as (ear,):
            await aring(*range(100))
            await ear.hears(99)
            assert ear.numbers == list(range(100))

    play(story)
    gaps = [later - earlier for earlier, later in zip(bells.drawn_at, bells.drawn_at[1:], strict=False)]
    assert len(bells.drawn_at) < 100
    assert min(gaps) > broadcaster.PACE_SECONDS * 0.8


def test_a_shut_stream_is_told_to_leave_and_ends(bells):
    bells.shut, bells.calls = frozenset({"ada"}), {"ada": ("go", "/rooms/x"), "tower": ("refresh", "")}

    async def story(door):
        async with listening(door, "/live/bells/1?key=ada", "/live/bells/1?key=grace") as (ada, grace):
            await aring(1)
            await asyncio.wait_for(ada.task, 5)
            await grace.hears(1)
            part = '<p id="n1"></p>'
            assert ada.events == [
                ("go", None, "/rooms/x"),
                ("refresh", None, ""),
                ("parts", None, part),
                ("leave", "1", ""),
            ]
            assert ada.is_ended
            assert grace.events == [("refresh", None, ""), ("parts", "1", part)]
            await aring(2)
            await grace.hears(2)
            assert ada.numbers == [1]

    play(story)


def test_whoever_is_called_again_comes_back_with_what_it_now_may_see(bells):
    bells.calls = {"ada": ("again", "")}

    async def story(door):
        async with listening(door, "/live/bells/1?key=ada", "/live/bells/1?key=grace") as (ada, grace):
            await aring(1)
            await asyncio.wait_for(ada.task, 5)
            assert ada.is_ended
            assert [name for name, _id, _words in ada.events] == ["again", "parts"]
            back = Ear(door, "/live/bells/1?key=ada&audiences=street", last_event_id=str(ada.ids[-1]))
            bells.calls = {}
            await aring(2)
            await grace.hears(2)
            await back.until(lambda ear: ear.bytes)
            assert back.events == []

    play(story)


def test_a_frame_that_cannot_be_written_ends_a_stream_and_no_broadcast(bells, caplog):
    async def story(door):
        async with listening(door, "/live/bells/1") as (ear,):
            bells.calls = {"tower": ("go", 7)}
            await aring(1)
            await asyncio.wait_for(ear.task, 5)
            bells.calls = {}
            back = await Ear(door, "/live/bells/1", last_event_id=str(ear.ids[-1])).hears(1)
            await aring(2)
            await back.hears(2)

    play(story)
    assert "the listener comes back" in caplog.text


def test_whoever_may_no_longer_listen_is_out_within_five_seconds(bells):
    async def story(door):
        async with listening(door, "/live/bells/1?key=ada", "/live/bells/1?key=mallory") as (ada, mallory):
            bells.barred.add("mallory")
            await asyncio.wait_for(mallory.task, 5)
            assert mallory.events == [("leave", None, "")]
            assert not ada.task.done()
            again = await Ear(door, "/live/bells/1?key=mallory").answered()
            assert again.status == 404

    play(story)


def test_a_slow_listener_is_let_go_and_holds_nobody_up(bells, monkeypatch):
    monkeypatch.setattr(stream, "MOST_PIECES", 5)

    async def story(door):
        async with listening(door, "/live/bells/1?key=slow", "/live/bells/1?key=quick") as (slow, quick):
            slow.is_deaf = True
            for number in range(10):
                await aring(number)
                await quick.hears(number)
            await asyncio.wait_for(slow.task, 5)
            assert not slow.is_ended
            assert door.hub.count == 1
            back = await Ear(door, "/live/bells/1", last_event_id="0").hears(9)
            assert back.numbers == list(range(10))

    play(story)


def test_a_browser_that_goes_takes_its_stream_along(bells):
    async def story(door):
        async with listening(door, "/live/bells/1") as (ear,):
            assert door.hub.count == 1
            ear.go()
            await asyncio.wait_for(ear.task, 5)
            assert door.hub.count == 0

    play(story)


def test_drawing_that_fails_means_a_reload_and_no_more(bells, caplog, monkeypatch):
    monkeypatch.setattr(broadcaster, "PAUSE_SECONDS", 0.05)

    async def story(door):
        async with listening(door, "/live/bells/1") as (ear,):
            bells.broken = 1
            await aring(1)
            await ear.until(lambda ear: ear.events)
            assert ear.events == [("reload", "1", "")]
            await aring(2)
            await ear.hears(2)

    play(story)
    assert "the rope broke" in caplog.text


def test_a_quiet_listener_learns_how_far_it_is_by_the_beat(bells, monkeypatch):
    monkeypatch.setattr(broadcaster, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(broadcaster, "TICK_SECONDS", 0.05)

    async def story(door):
        async with listening(door, "/live/bells/1?audiences=street") as (quiet,):
            await aring(1, 2, 3)
            await quiet.until(lambda ear: ear.ids[-1] == 3)
            await quiet.until(lambda ear: b"\n:\n" in ear.bytes)
            assert (quiet.events, quiet.ids) == ([], sorted(set(quiet.ids)))

    play(story)


def test_presence_begins_at_once_and_outlives_a_reload(bells, monkeypatch):
    monkeypatch.setattr(presence, "GRACE", 0.2)
    monkeypatch.setattr(broadcaster, "TICK_SECONDS", 0.05)

    async def story(door):
        async with listening(door, "/live/bells/1?key=ada") as (first,):
            await until(lambda: ("here", ["ada"]) in bells.presence)
            first.go()
            await asyncio.wait_for(first.task, 5)
            async with listening(door, "/live/bells/1?key=ada") as (_again,):
                await asyncio.sleep(0.4)
                assert [what for what, _ in bells.presence if what == "gone"] == []
        await until(lambda: ("gone", ["ada"]) in bells.presence)

    play(story)
    assert bells.presence[-1] == ("gone", ["ada"])


async def until(condition):
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.02)


def test_a_poll_gives_the_same_parts_and_counts_as_presence(bells, monkeypatch):
    monkeypatch.setattr(presence, "POLL_COUNTS", 0.2)
    monkeypatch.setattr(broadcaster, "TICK_SECONDS", 0.05)
    ring_all([1, 2, 3])
    bells.calls = {"ada": ("go", "/rooms/x, y")}

    async def story(door):
        poll = await Ear(door, "/live/bells/1?key=ada&after=1", accept="text/html").answered()
        assert (poll.status, poll.bytes) == (200, b'<p id="n2"></p>\n<p id="n3"></p>')
        assert (poll.headers["x-live-seq"], poll.headers["x-live-event"]) == ("3", "go /rooms/x%2C%20y")
        assert poll.headers["content-type"] == "text/html; charset=utf-8"
        await until(lambda: ("here", ["ada"]) in bells.presence)
        await until(lambda: ("gone", ["ada"]) in bells.presence)
        quiet = await Ear(door, "/live/bells/1?after=3", accept="text/html").answered()
        assert (quiet.bytes, quiet.headers["x-live-seq"], "x-live-event" in quiet.headers) == (b"", "3", False)
        lost = await Ear(door, "/live/bells/1?after=4", accept="text/html").answered()
        assert lost.headers["x-live-event"] == "reload"

    play(story)


def test_a_stranger_learns_nothing(bells):
    async def story(door):
        seen = [
            await Ear(door, path, accept=accept).answered()
            for path in ("/live/bells/1?key=nobody", "/live/whistles/1", "/live/bells/", "/live/", "/live/x")
            for accept in ("text/event-stream", "text/html")
            if "bells/" not in path or "nobody" in path
        ]
        assert {(ear.status, ear.bytes, tuple(ear.headers.items())) for ear in seen} == {
            (404, seen[0].bytes, tuple(seen[0].headers.items()))
        }

    play(story)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"sec_fetch_site": "same-origin", "origin": "http://localhost:8000"}, 200),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.example"}, 400),
        ({"host": ""}, 400),
    ],
)
def test_only_our_own_pages_may_listen(bells, headers, status):
    async def story(door):
        ear = await Ear(door, accept="text/html", **headers).answered()
        assert ear.status == status
        assert bool(bells.knocks) == (status == 200)

    play(story)


def test_only_get(bells):
    async def story(door):
        ear = await Ear(door, method="POST").answered()
        assert (ear.status, ear.headers["allow"]) == (405, "GET")

    play(story)


def test_the_session_says_who_knocks(bells, world, settings):
    session = SessionStore()
    session["pass"] = "7"
    request = HttpRequest()
    request.session, request.META = session, {}
    auth.login(request, world.ada, backend="django.contrib.auth.backends.ModelBackend")
    session.save()
    forged = SessionStore()
    forged.update({**session, auth.HASH_SESSION_KEY: "forged"})
    forged.save()

    async def story(door):
        for key in (session.session_key, forged.session_key, "no-such-session"):
            await Ear(door, "/live/bells/1?seat=3", accept="text/html", cookie=f"a=b; laurels={key}").answered()
        await Ear(door, accept="text/html").answered()

    play(story)
    assert [knock.person_id for knock in bells.knocks] == [world.ada.pk, None, None, None]
    assert (bells.knocks[0].session["pass"], bells.knocks[0].query, bells.knocks[0].name) == ("7", {"seat": "3"}, "1")


def test_there_is_an_end_to_streams_of_a_process_and_of_a_key(bells, monkeypatch):
    monkeypatch.setattr(hubs, "MOST_OF_A_KEY", 2)

    async def story(door):
        async with listening(door, *["/live/bells/1?key=ada"] * 2):
            third = await Ear(door, "/live/bells/1?key=ada").answered()
            assert (third.status, third.headers["retry-after"]) == (429, "5")
            async with listening(door, "/live/bells/1?key=grace"):
                full = await Ear(door, "/live/bells/1?key=hopper").answered()
                assert (full.status, full.headers["retry-after"]) == (503, "5")
        async with listening(door, "/live/bells/1?key=ada"):
            pass

    play(story, most=3)


def test_nobody_listens_and_nothing_is_watched(bells, monkeypatch):
    monkeypatch.setattr(hubs, "HEAL_SECONDS", 0.05)
    monkeypatch.setattr(presence, "GRACE", 0.1)

    async def story(door):
        async with listening(door, "/live/bells/1"):
            assert len(hubs.wakes) == 1
        await until(lambda: not hubs.wakes)
        async with listening(door, "/live/bells/1") as (ear,):
            await aring(1)
            await ear.hears(1)

    play(story)


def test_an_unheard_ring_costs_nothing(bells):
    ring(1)
    assert bells.drawn_at == []
