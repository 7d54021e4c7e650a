"""What Stripe tells by itself: whether it is Stripe who speaks, and what is said."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

MOST_BYTES = 256 * 1024
OLDEST, NEWEST = timedelta(minutes=5), timedelta(minutes=1)
MOST_MARKS = 8


class Forged(Exception):
    """Not the service's word, or not of now; the text is for the log and holds nothing of what was sent."""


@dataclass(frozen=True, slots=True)
class Told:
    """``thing`` is what it is about, as it was at ``created``."""

    id: str
    type: str
    created: datetime
    thing: dict[str, Any]


def read_event(body: bytes, signature: str, secrets: Sequence[str], *, now: datetime) -> Told:
    """The event in a webhook's raw body, if one of ``secrets`` has signed it just now. Raises Forged.

    The SDK takes stamps of the future, with which a leaked signature would serve for years; so we look ourselves.
    """
    stamp, marks = _signature(signature)
    if not _is_signed(body, stamp, marks, secrets):
        raise Forged("no signature of this account")
    if not now - OLDEST <= datetime.fromtimestamp(int(stamp), tz=UTC) <= now + NEWEST:
        raise Forged("signed at another time")
    return _told(body)


def signed(body: bytes, stamp: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def _signature(header: str) -> tuple[str, list[str]]:
    pairs = [part.partition("=")[::2] for part in header[:2000].split(",")]
    stamps = [value for name, value in pairs if name.strip() == "t"]
    marks = [value for name, value in pairs if name.strip() == "v1"]
    if len(stamps) != 1 or not (stamps[0].isascii() and stamps[0].isdigit() and len(stamps[0]) <= 10):
        raise Forged("no stamp")
    return stamps[0], marks[:MOST_MARKS]


def _is_signed(body: bytes, stamp: str, marks: list[str], secrets: Sequence[str]) -> bool:
    rights = [signed(body, stamp, secret) for secret in secrets]
    return any(hmac.compare_digest(right.encode(), mark.encode()) for right in rights for mark in marks)


def _no_number(word: str) -> None:
    raise ValueError(word)


def _told(body: bytes) -> Told:
    if b"\\u0000" in body:
        raise Forged("a text with a zero in it")
    try:
        event = json.loads(body, parse_constant=_no_number)
        json.dumps(event, ensure_ascii=False).encode()  # halves of letters, which a database refuses
        thing = event["data"]["object"]
        told = Told(str(event["id"]), str(event["type"]), datetime.fromtimestamp(int(event["created"]), UTC), thing)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as problem:
        raise Forged(f"not an event: {type(problem).__name__}") from problem
    if not isinstance(thing, dict) or not 0 < len(told.id) <= 120 or not 0 < len(told.type) <= 80:
        raise Forged("not an event")
    return told
