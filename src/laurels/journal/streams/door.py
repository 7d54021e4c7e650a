"""``/live/<channel>/<name>``: the ASGI application that lets listeners in, as a stream or as a poll.

Nothing of Django's middleware stands before it: hosts, origins, sessions and headers are looked at here.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, QueryDict, parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from laurels.journal.streams.broadcaster import MOST_BEHIND, latest_seq, missed
from laurels.journal.streams.channels import Channel, Knock, Listener, channels
from laurels.journal.streams.frames import LEAVE, RELOAD, RETRY, Edition, Event, as_header
from laurels.journal.streams.hub import Hub
from laurels.journal.streams.stream import Send, Stream

logger = logging.getLogger("laurels.live")

type Receive = Callable[[], Awaitable[dict[str, Any]]]

HEADERS = [
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
HTML, TEXT, EVENTS = (f"text/{kind}; charset=utf-8".encode() for kind in ("html", "plain", "event-stream"))


class Asked:
    """A request as ASGI tells it, with what the door wants to know."""

    def __init__(self, scope: dict[str, Any]) -> None:
        self.method: str = scope["method"]
        self.headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        _, _, self.channel, *rest = [*scope["path"].split("/", 3), "", ""][:4]
        self.name = unquote(rest[0])
        self.query = QueryDict(scope["query_string"]).dict()
        self.wants_stream = "text/event-stream" in self.headers.get("accept", "")

    def is_foreign(self) -> bool:
        """Whether another site's page asks. SameSite cookies keep it out as well; this does not depend on them."""
        if self.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
            return True
        origin = self.headers.get("origin")
        if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
            return False
        return bool(urlsplit(origin).netloc != self.headers.get("host", ""))

    def has_known_host(self) -> bool:
        domain, _port = split_domain_port(self.headers.get("host", ""))
        return bool(domain) and bool(validate_host(domain, settings.ALLOWED_HOSTS))

    def after(self) -> int | None:
        """Where the listener stands. A stream that comes back knows better than the address it was opened with."""
        given = self.headers.get("last-event-id") or self.query.get("after", "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None

    def knock(self) -> Knock:
        """Reads session and person; for a thread."""
        store = import_module(settings.SESSION_ENGINE).SessionStore
        cookies = parse_cookie(self.headers.get("cookie", ""))
        session = store(cookies.get(settings.SESSION_COOKIE_NAME))
        return Knock(self.name, self.query, session, _person_id(session))


def _person_id(session: SessionBase) -> int | None:
    if SESSION_KEY not in session:
        return None
    request = HttpRequest()
    request.session = session
    return get_user(request).pk


class Door:
    """The application; ``hub`` keeps the streams of this process."""

    def __init__(self, hub: Hub | None = None) -> None:
        self.hub = hub or Hub()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        asked = Asked(scope)
        if asked.method != "GET":
            return await respond(send, 405, b"Only GET.\n", (b"allow", b"GET"))
        if not asked.has_known_host():
            return await respond(send, 400, b"Unknown host.\n")
        if asked.is_foreign():
            return await respond(send, 403, b"Only from our own pages.\n")
        channel = channels.get(asked.channel)
        listener = await self.hub.asking.run(_admit, channel, asked, timezone.now())
        if channel is None or listener is None:
            return await respond(send, 404, b"Not found.\n")
        if asked.wants_stream:
            return await self._stream(channel, Stream(listener, asked.after(), send), receive, send)
        return await self._poll(channel, listener, asked.after(), send)

    async def _stream(self, channel: Channel, stream: Stream, receive: Receive, send: Send) -> None:
        if self.hub.is_full():
            return await respond(send, 503, b"Too many listen here just now.\n", (b"retry-after", b"5"))
        if self.hub.has_enough(channel, stream):
            return await respond(send, 429, b"You listen in many places already.\n", (b"retry-after", b"5"))
        self.hub.join(channel, stream)
        watching = asyncio.create_task(_watch(receive, stream))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", EVENTS), *HEADERS]})
            stream.begin(RETRY)
            await stream.over.wait()
        finally:
            watching.cancel()
            stream.end()
            self.hub.leave(channel, stream)

    async def _poll(self, channel: Channel, listener: Listener, after: int | None, send: Send) -> None:
        self.hub.polled(channel, listener.topic, listener.key)
        seq, html, events = await self.hub.asking.run(answer, channel, listener, after, timezone.now())
        told = [(b"x-live-seq", str(seq).encode())]
        if events:
            told.append((b"x-live-event", as_header(events).encode()))
        await respond(send, 200, html.encode(), *told, kind=HTML)


def _admit(channel: Channel | None, asked: Asked, now: datetime) -> Listener | None:
    return channel.admit(asked.knock(), now) if channel else None


def answer(channel: Channel, listener: Listener, after: int | None, now: datetime) -> tuple[int, str, list[Event]]:
    """A poll's answer: the place reached, the parts to show, and what else to do."""
    seq = latest_seq(listener.topic)
    if after is None or after == seq:
        return seq, "", []
    if after > seq or seq - after > MOST_BEHIND:
        return seq, "", [RELOAD]
    frames = channel.frames(listener.topic, missed(listener.topic, after, seq), listener.audiences, now)
    edition = Edition(seq, frames)
    calls = [event for event in edition.events(listener) if event[0] != "parts"]
    return seq, edition.html(listener), [LEAVE] if LEAVE in calls else calls


async def _watch(receive: Receive, stream: Stream) -> None:
    """End the stream when the browser goes."""
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


async def respond(send: Send, status: int, body: bytes, *headers: tuple[bytes, bytes], kind: bytes = TEXT) -> None:
    length = (b"content-length", str(len(body)).encode())
    start = [(b"content-type", kind), length, *HEADERS, *headers]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body, "more_body": False})
