"""The real pack, and copies of it to break."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from laurels.programmes.rules.exercises import kinds


@pytest.fixture
def pack_folder() -> Path:
    return settings.PACKS / "cspo"


@pytest.fixture
def own_pack(tmp_path: Path, pack_folder: Path) -> Path:
    """A copy of the CSPO pack that a test may change."""
    return Path(shutil.copytree(pack_folder, tmp_path / "cspo"))


@pytest.fixture
def rewrite(own_pack: Path):
    """Replace words in one file of the copy; the words must be there."""

    def rewrite(file: str, old: str, new: str, *, times: int = 1) -> Path:
        path = own_pack / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, times), encoding="utf-8")
        return own_pack

    return rewrite


# An exercise that depends on no other. Kinds are not judged where a test takes them away.
BOARD = """\
# How a class says what it is for.
key = "north-star"
title = "North star"
kind = "board"
per = "team"
minutes = 30
objectives = ["2.1"]
about = '''Why we do it.'''

[settings]
zones = ["who", "why"]

[[step]]
title = "Write in silence"
minutes = 10  # not longer
say = "One thought a card."
allow = ["write", "edit"]
hidden = true

[[step]]
title = "Read"
minutes = 20
say = "Read them aloud."
votes = 3

[taking_part]
says = "A card in each zone."
all = [{deed = "zone", times = 2}]
"""
MIRROR = BOARD.replace("north-star", "mirror").replace(
    "\n[settings]", '\ncontinues = "north-star"\n\n[[brings]]\nfrom = "north-star"\nmost = 5\n\n[settings]'
)


@pytest.fixture
def no_kinds(monkeypatch):
    """Kinds are another stage's business: here they are not judged unless a test says how."""
    for kind in list(kinds):
        monkeypatch.delitem(kinds, kind)


@pytest.fixture
def put(own_pack, no_kinds):
    """Write exercises (key with underscores → TOML) into a copy of the pack that has none."""
    shutil.rmtree(own_pack / "exercises", ignore_errors=True)
    (own_pack / "exercises").mkdir()
    course = own_pack / "course/cspo.toml"
    course.write_text(re.sub(r"(?m)^exercises = .*\n", "", course.read_text(encoding="utf-8")), encoding="utf-8")

    def put(**texts):
        for key, text in texts.items():
            (own_pack / "exercises" / f"{key.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
        return own_pack

    return put


@pytest.fixture
def lend(rewrite):
    """Give a block of the copy its line of exercises."""

    def lend(block, line):
        return rewrite("course/cspo.toml", f'key = "{block}"\n', f'key = "{block}"\nexercises = {line}\n')

    return lend
