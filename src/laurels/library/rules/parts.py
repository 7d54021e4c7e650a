"""An article in parts, and what of them was before somebody's eyes."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from html.parser import HTMLParser

# About what a telephone shows at once. A part is longer only where one paragraph is.
PART_WORDS = 150
# More than a large screen holds: nobody reads all of that in the same moment.
SCREEN_WORDS = 750
# A page that is before somebody's eyes says so this often; what lies further apart was not reading.
BEAT_SECONDS = 15
BEAT_MOST = 25
BEAT_LEAST = 5
MINUTE = 60
# A part is read after half of its time, and brings no more than twice its time.
HALF, TWICE = 0.5, 2
COVERED = 0.9

VOID = {"area", "br", "col", "hr", "img", "wbr"}
HOLDERS = {"article", "blockquote", "details", "div", "dl", "li", "ol", "section", "table", "tbody", "ul"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True)
class Part:
    """``key`` says what is written in it, so that time stays with the words when others change."""

    key: str
    words: int


@dataclass(frozen=True, slots=True)
class Cut:
    """``html`` has each block marked with the part it belongs to (``data-part``), the first one as ``#part-<key>``."""

    html: str
    parts: tuple[Part, ...]

    @property
    def words(self) -> int:
        return sum(part.words for part in self.parts)


@dataclass(frozen=True, slots=True)
class Progress:
    """``left`` is seconds to read, ``missing`` the numbers of parts that were hardly looked at, once they matter."""

    needed: int
    seconds: int
    read: frozenset[str]
    missing: tuple[int, ...]

    @property
    def left(self) -> int:
        return max(0, self.needed - self.seconds)

    @property
    def is_enough(self) -> bool:
        return not self.left and not self.missing


@lru_cache(maxsize=64)
def cut(html: str) -> Cut:
    """Clean HTML in parts of whole blocks; a heading rather begins one than ends one."""
    reader = _Blocks(html)
    groups = _grouped(reader.blocks())
    if not groups:
        key = _key(html)
        return Cut(f'<div id="part-{key}" data-part="{key}">{html}</div>', (Part(key, max(1, len(html.split()))),))
    seen: dict[str, int] = {}
    parts, pieces, at = list[Part](), list[str](), 0
    for blocks in groups:
        key = _key(" ".join(block.text for block in blocks))
        seen[key] = seen.get(key, 0) + 1
        key = f"{key}-{seen[key]}" if seen[key] > 1 else key
        parts.append(Part(key, max(1, sum(block.words for block in blocks))))
        for block in blocks:
            name = f' id="part-{key}"' if block is blocks[0] else ""
            pieces += [html[at : block.after_name], f'{name} data-part="{key}"']
            at = block.after_name
    return Cut("".join([*pieces, html[at:]]), tuple(parts))


def seconds_needed(minutes: int) -> int:
    return minutes * MINUTE


def seconds_of_beat(latest: datetime, now: datetime) -> int:
    """Seconds since the beat before; a pause, a flood and a clock that was moved are worth nothing."""
    passed = int((now - latest).total_seconds())
    return passed if BEAT_LEAST <= passed <= BEAT_MOST else 0


def in_view(found: Cut, named: Collection[str]) -> list[Part] | None:
    """The parts that are named; None when nobody can have them before their eyes at once."""
    at = [nth for nth, part in enumerate(found.parts) if part.key in named]
    parts = [found.parts[nth] for nth in at]
    is_apart = bool(at) and at[-1] - at[0] >= len(at)
    is_wide = len(parts) > 2 and sum(part.words for part in parts) > SCREEN_WORDS
    return None if is_apart or is_wide else parts


def with_time(
    found: Cut, times: Mapping[str, int], parts: Collection[Part], seconds: int, minutes: int
) -> dict[str, int]:
    """``times`` (milliseconds by part) after ``seconds`` with ``parts`` in view: each by its words, up to its most."""
    words = sum(part.words for part in parts)
    after = dict(times)
    for part in parts:
        most = round(TWICE * _share(found, part, minutes))
        after[part.key] = min(most, after.get(part.key, 0) + seconds * 1000 * part.words // words)
    return after


def progress(found: Cut, times: Mapping[str, int], minutes: int) -> Progress:
    read = frozenset(part.key for part in found.parts if times.get(part.key, 0) >= HALF * _share(found, part, minutes))
    covered = sum(part.words for part in found.parts if part.key in read)
    missing = [nth for nth, part in enumerate(found.parts, 1) if part.key not in read]
    is_covered = covered >= COVERED * found.words
    return Progress(seconds_needed(minutes), sum(times.values()) // 1000, read, () if is_covered else tuple(missing))


def _share(found: Cut, part: Part, minutes: int) -> float:
    """Milliseconds that this part takes of the whole."""
    return seconds_needed(minutes) * 1000 * part.words / found.words


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@dataclass(slots=True)
class _Block:
    tag: str
    after_name: int
    texts: list[str] = field(default_factory=list)
    children: "list[_Block]" = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join([*self.texts, *(child.text for child in self.children)])

    @property
    def words(self) -> int:
        return len(self.text.split())


class _Blocks(HTMLParser):
    """Where each element of clean HTML begins, and what it holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines = [0]
        for line in html.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.open = [_Block("", 0)]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        block = _Block(tag, self.lines[line - 1] + column + 1 + len(tag))
        self.open[-1].children.append(block)
        if tag not in VOID:
            self.open.append(block)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.open[-1].texts.append(data)

    def blocks(self) -> list[_Block]:
        return [block for top in self.open[0].children for block in _small(top)]


def _small(block: _Block) -> list[_Block]:
    """The block, or what it holds if that is more than a part and nothing of it would be lost."""
    if block.tag not in HOLDERS or block.texts or not block.children or block.words <= PART_WORDS:
        return [block]
    return [small for child in block.children for small in _small(child)]


def _grouped(blocks: list[_Block]) -> list[list[_Block]]:
    groups, words = list[list[_Block]](), 0
    for block in blocks:
        is_full = words + block.words > PART_WORDS or (block.tag in HEADINGS and words > PART_WORDS // 2)
        if not groups or (words and is_full):
            groups.append([])
            words = 0
        groups[-1].append(block)
        words += block.words
    # A last line of its own is no part.
    if len(groups) > 1 and words < PART_WORDS // 4:
        groups[-2] += groups.pop()
    return groups
