"""Reading a pack's TOML: each value with its type, each problem with its line and key."""

import difflib
import hashlib
import json
import re
import tomllib
from datetime import date, datetime, time
from typing import Any

from laurels.programmes.rules.lines import KeyPath, key_lines
from laurels.programmes.rules.problems import Problem


def digest_of(value: object) -> str:
    """SHA-256 over a canonical form, so that neither order of keys nor comments make a difference."""
    words = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(words.encode()).hexdigest()


def read_table(file: str, text: str, problems: list[Problem], *, first_line: int = 1) -> "Table | None":
    """The whole of a TOML text as a table; None when it is no TOML (the problem says where)."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(_broken(file, str(error), text, first_line))
        return None
    lines = {path: line + first_line - 1 for path, line in key_lines(text).items()}
    return Table(values, file, (), lines, problems)


def _broken(file: str, error: str, text: str, first_line: int) -> Problem:
    found = re.search(r"at line (\d+)", error)
    line = int(found[1]) if found else text.count("\n") + 1
    reason = re.sub(r" \(at .*\)$", "", error)
    return Problem(file, line + first_line - 1, "", f"This is not valid TOML: {reason}. Correct the line.")


class Table:
    """A cursor over one TOML table. Every getter reports what is wrong and goes on with a harmless value;
    ``close`` reports keys that nobody asked for."""

    def __init__(
        self, values: dict[str, Any], file: str, path: KeyPath, lines: dict[KeyPath, int], problems: list[Problem]
    ) -> None:
        self.values, self.file, self.path, self.lines, self.problems = values, file, path, lines, problems
        self.asked: set[str] = set()

    # Places

    def line(self, key: str = "") -> int:
        """The line of a key, else of the nearest table around it."""
        path: KeyPath = (*self.path, key) if key else self.path
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def name(self, key: str = "") -> str:
        return ".".join(str(part) for part in (*self.path, key) if isinstance(part, str) and part)

    def say(self, key: str, message: str) -> None:
        self.problems.append(Problem(self.file, self.line(key), self.name(key), message))

    def say_at(self, path: KeyPath, message: str) -> None:
        """A problem anywhere below this table, at the line of what is nearest to it."""
        place = self._below({}, (*self.path, *path))
        self.problems.append(Problem(self.file, place.line(), place.name(), message))

    # Values

    def has(self, key: str) -> bool:
        return key in self.values

    def text(
        self, key: str, *, limit: int = 5000, pattern: str = "", like: str = "", default: str | None = None
    ) -> str:
        """Words, trimmed and not empty; ``pattern`` must match all of them and ``like`` shows an example."""
        value: str = self._get(key, str, "words in quotes", "" if default is None else default, default is None)
        words = value.strip()
        if self.has(key) and not words and default is None:
            self.say(key, "This is empty. Write something here.")
        elif len(words) > limit:
            self.say(key, f"This is {len(words)} letters long; at most {limit} fit. Shorten it.")
        elif words and pattern and not re.fullmatch(pattern, words):
            self.say(key, f"“{words}” does not have the right form. Write it like {like}.")
        return words

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(key, default=default)
        if value and value not in choices:
            self.say(key, f"“{value}” is not known here. Use one of: {', '.join(choices)}.")
        return value

    def whole(self, key: str, *, least: int = 0, most: int = 1_000_000) -> int:
        value: int = self._get(key, int, "a whole number", least, True)
        if not least <= value <= most:
            self.say(key, f"{value} is out of range. Use a whole number from {least} to {most}.")
        return value

    def flag(self, key: str, *, required: bool = False) -> bool:
        """False where it is left out."""
        value: bool = self._get(key, bool, "true or false", False, required)
        return value

    def day(self, key: str, *, required: bool = True) -> date | None:
        value: date | None = self._get(key, date, "a date like 2026-03-02 (without quotes)", None, required)
        return value

    def clock(self, key: str) -> time:
        value: time = self._get(key, time, "a time like 09:30:00 (without quotes)", time(0), True)
        return value

    def texts(self, key: str, *, required: bool = True) -> list[str]:
        """A list of words, each once."""
        values: list[Any] = self._get(key, list, "a list of words in quotes", [], required)
        if any(not isinstance(value, str) or not value.strip() for value in values):
            self.say(key, "Everything in this list must be words in quotes.")
            return []
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.say(key, f"“{value}” stands here twice. Keep one.")
        return values

    def raw(self, key: str) -> Any:
        """Whatever stands there, for a caller who checks it."""
        return self._get(key, object, "a value", None, True)

    # Tables below

    def table(self, key: str, *, required: bool = True) -> "Table | None":
        value = self._get(key, dict, f"a table [{self.name(key)}]", None, required)
        return None if value is None else self._below(value, (*self.path, key))

    def tables(self, key: str, *, required: bool = True) -> "list[Table]":
        """A list of tables ``[[key]]``."""
        values: list[Any] = self._get(key, list, f"tables headed [[{self.name(key)}]]", [], required)
        if any(not isinstance(value, dict) for value in values):
            self.say(key, f"This must be tables, each headed [[{self.name(key)}]].")
            return []
        return [self._below(value, (*self.path, key, at)) for at, value in enumerate(values)]

    def rest(self) -> list[str]:
        """Keys nobody has asked for yet, in the order of the file."""
        return [key for key in self.values if key not in self.asked]

    def close(self) -> None:
        for key in self.rest():
            near = difflib.get_close_matches(key, sorted(self.asked), n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Remove it; known here: {', '.join(sorted(self.asked))}."
            self.say(key, f"Unknown key. {hint}")

    def _below(self, values: dict[str, Any], path: KeyPath) -> "Table":
        return Table(values, self.file, path, self.lines, self.problems)

    def _get(self, key: str, kind: type, wanted: str, default: Any, required: bool) -> Any:
        self.asked.add(key)
        if key not in self.values:
            if required:
                self.say(key, f"This key is missing. Add it: {wanted}.")
            return default
        value = self.values[key]
        if not _is(value, kind):
            self.say(key, f"This must be {wanted}, not {_kind(value)}.")
            return default
        return value


def _is(value: object, kind: type) -> bool:
    """``isinstance`` without Python's surprises: true is no number and an instant is no date."""
    if kind is int and isinstance(value, bool):
        return False
    if kind is date and isinstance(value, datetime):
        return False
    return isinstance(value, kind)


def _kind(value: object) -> str:
    names = {str: "words", bool: "true or false", int: "a whole number", float: "a decimal number", dict: "a table"}
    return names.get(type(value), {list: "a list", datetime: "an instant", date: "a date"}.get(type(value), "a time"))
