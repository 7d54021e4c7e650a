"""Server-sent events, as bytes and as answers to a poll."""

from urllib.parse import quote

from laurels.journal.streams.channels import Frames, Listener

RETRY = b"retry: 1000\n\n"
BEAT = b":\n\n"
RELOAD = ("reload", "")
LEAVE = ("leave", "")
# Whoever goes elsewhere or is to come again is admitted anew, with what they may see then.
ENDING = ("again", "go")

type Event = tuple[str, str]


def encode(event: Event, seq: int | None = None) -> bytes:
    """One event. Every line of its words is a ``data`` line of its own, whatever ends a line there."""
    name, words = event
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = f"event: {name}\n" if seq is None else f"id: {seq}\nevent: {name}\n"
    return (head + "".join(f"data: {line}\n" for line in lines) + "\n").encode()


def encode_all(events: list[Event], seq: int) -> bytes:
    """Events of one place: only the last bears its number, so that one cut off halfway is told again as a whole."""
    return b"".join(encode(event) for event in events[:-1]) + b"".join(encode(event, seq) for event in events[-1:])


def place(seq: int) -> bytes:
    """No event: only how far the listener has been told, so that a quiet one resumes from there."""
    return f"id: {seq}\n\n".encode()


def as_header(events: list[Event]) -> str:
    """``go /rooms/x, refresh``: what a poll is called upon to do; commas and line ends in words are quoted."""
    return ", ".join(f"{name} {quote(words, safe='/?&=#:;%+@')}".rstrip() for name, words in events)


class Edition:
    """The frames of one place in a topic, put together once for each set of audiences."""

    def __init__(self, seq: int, frames: Frames) -> None:
        self.seq = seq
        self._frames = frames
        self._personal = frames.shut | frames.calls.keys()
        self._ending = frames.shut | {name for name, call in frames.calls.items() if call[0] in ENDING}
        self._bound: dict[frozenset[str], bytes] = {}

    def for_(self, listener: Listener) -> bytes:
        """The bytes for this listener, the same object for all who see the same; empty: nothing concerns them."""
        if listener.key in self._personal:
            return encode_all(self.events(listener), self.seq)
        bound = self._bound.get(listener.audiences)
        if bound is None:
            bound = self._bound[listener.audiences] = encode_all(self.events(listener), self.seq)
        return bound

    def events(self, listener: Listener) -> list[Event]:
        """Calls, then parts, then the door."""
        events = self._calls(listener)
        if html := self.html(listener):
            events.append(("parts", html))
        return [*events, LEAVE] if listener.key in self._frames.shut else events

    def ends(self, listener: Listener) -> bool:
        """Whether the stream ends with this: it is shut, or is to come again with what it may see now."""
        return bool(self._ending) and not self._ending.isdisjoint({listener.key, *listener.audiences})

    def html(self, listener: Listener) -> str:
        parts = self._frames.parts
        return "\n".join(html for audience, html in parts.items() if html and audience in listener.audiences)

    def _calls(self, listener: Listener) -> list[Event]:
        names = listener.audiences | {listener.key}
        return list(dict.fromkeys(call for name, call in self._frames.calls.items() if name in names))
