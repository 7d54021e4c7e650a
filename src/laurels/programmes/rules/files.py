"""The files of a pack, read safely: plain UTF-8 text inside the folder, nothing else, nothing large."""

import os
import re
from pathlib import Path

from laurels.programmes.rules.problems import Problem

LARGEST_FILE = 200_000
MOST_FILES = 500
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_files(folder: Path, problems: list[Problem]) -> dict[str, str]:
    """Path inside the pack (with /) → text with plain newlines, in order. Names beginning with a dot are left alone."""
    if not folder.is_dir():
        problems.append(Problem(str(folder), 0, "", "There is no such folder. Give the path of a pack's folder."))
        return {}
    texts = {}
    paths = _paths(folder)
    if len(paths) > MOST_FILES:
        problems.append(Problem(".", 0, "", f"The folder holds more than {MOST_FILES} files. Is it a pack at all?"))
        return {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if (text := _read(path, name, problems)) is not None:
            texts[name] = text
    return texts


def _paths(folder: Path) -> list[Path]:
    """Files, and every symlink: links to folders are not followed but shown."""
    found: list[Path] = []
    for top, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(top) / name).is_symlink()]
        found += [Path(top) / name for name in [*files, *links] if not name.startswith(".")]
        if len(found) > MOST_FILES:
            break
    return sorted(found)


def _read(path: Path, name: str, problems: list[Problem]) -> str | None:
    def say(line: int, message: str) -> None:
        problems.append(Problem(name, line, "", message))

    if path.is_symlink():
        say(0, "This is a link and may lead out of the pack. Put the file itself here.")
        return None
    if not path.is_file():
        say(0, "This is no ordinary file. Remove it.")
        return None
    if path.stat().st_size > LARGEST_FILE:
        say(0, f"The file is larger than {LARGEST_FILE // 1000} KB. Shorten it or split it.")
        return None
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        say(content.count(b"\n", 0, error.start) + 1, "This line is not UTF-8. Save the file as UTF-8.")
        return None
    if control := CONTROL.search(text):
        say(text.count("\n", 0, control.start()) + 1, "An invisible control character stands in this line. Remove it.")
        return None
    return text
