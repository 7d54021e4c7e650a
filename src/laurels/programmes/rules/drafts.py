"""An exercise's TOML under a trainer's hands: other words in it, comments and order kept; and all of them as a pack."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit

from laurels.programmes.rules.contents import PackExercise
from laurels.programmes.rules.exercises import read_exercises
from laurels.programmes.rules.files import FORMAT, check_text
from laurels.programmes.rules.problems import PackProblems, Problem

# Zip files carry a date; a fixed one makes equal exercises equal files.
UNDATED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class StepWords:
    title: str
    minutes: int
    say: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What most people want to change of an exercise."""

    title: str
    minutes: int
    about: str
    steps: tuple[StepWords, ...]
    says: str


def wording(plan: Mapping[str, Any]) -> Wording:
    """The words as they stand."""
    steps = tuple(StepWords(step["title"], step["minutes"], step["say"]) for step in plan["step"])
    return Wording(plan["title"], plan["minutes"], plan["about"], steps, plan["taking_part"]["says"])


def read_draft(key: str, text: str, *, codes: set[str] | None, others: Mapping[str, str] | None) -> PackExercise:
    """One exercise from its TOML. Raises ``PackProblems`` with every problem by line."""
    problems: list[Problem] = []
    checked = check_text(f"{key}.toml", text, problems)
    found = read_exercises({f"{key}.toml": checked}, problems, codes=codes, others=others) if checked else ()
    if problems or not found:
        raise PackProblems(problems or [Problem(f"{key}.toml", 0, "", "There is nothing here. Write the exercise.")])
    return found[0]


def renamed(text: str, key: str) -> str:
    """The same exercise under another key."""
    document = tomlkit.parse(text)
    document["key"] = key
    return tomlkit.dumps(document)


def reworded(text: str, words: Wording) -> str:
    """The same exercise in other words; what is not changed stays as it was typed."""
    document: Any = tomlkit.parse(text)
    _put(document, "title", words.title)
    _put(document, "minutes", words.minutes)
    _put(document, "about", words.about)
    for step, said in zip(document["step"], words.steps, strict=True):
        for key in ("title", "minutes", "say"):
            _put(step, key, getattr(said, key))
    _put(document["taking_part"], "says", words.says)
    return tomlkit.dumps(document)


def _put(table: Any, key: str, value: str | int) -> None:
    present = table.get(key, "")
    if (present.strip() if isinstance(present, str) else present) == value:
        return
    if isinstance(value, str):
        value = tomlkit.string(value, multiline="\n" in value)
    table[key] = value


def zipped(key: str, name: str, email: str, texts: Mapping[str, str]) -> bytes:
    """A trainer's pack as a zip file: its head, and ``texts`` (key → TOML) under exercises/."""
    head = tomlkit.document()
    head.update({"format": FORMAT, "pack": key, "name": name})
    head["trainer"] = {"email": email}
    files = {"pack.toml": tomlkit.dumps(head)}
    files |= {f"exercises/{key}.toml": texts[key] for key in sorted(texts)}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, text in files.items():
            archive.writestr(zipfile.ZipInfo(file, UNDATED), text.encode(), zipfile.ZIP_DEFLATED)
    return content.getvalue()
