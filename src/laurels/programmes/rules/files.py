"""The files of a pack, read safely: plain UTF-8 text inside the folder or zip file, nothing else, nothing large."""

import os
import re
import zipfile
import zlib
from pathlib import Path

from laurels.programmes.rules.problems import Problem

LARGEST_FILE = 200_000
MOST_FILES = 500
FORMAT = 1
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_files(folder: Path, problems: list[Problem]) -> dict[str, str]:
    """Path inside the pack (with /) → text with plain newlines, in order. Names beginning with a dot are left alone."""
    if folder.is_file() and zipfile.is_zipfile(folder):
        return _read_archive(folder, problems)
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
    return _decoded(name, path.read_bytes(), problems)


def _read_archive(path: Path, problems: list[Problem]) -> dict[str, str]:
    """The same from a zip file. Nothing is unpacked anywhere: names are only names."""
    texts = {}
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_hidden(entry.filename)]
        if len(entries) > MOST_FILES:
            problems.append(Problem(".", 0, "", f"The file holds more than {MOST_FILES} files. Is it a pack at all?"))
            return {}
        for entry in sorted(entries, key=lambda entry: entry.filename):
            if (text := _read_entry(archive, entry, problems)) is not None:
                texts[entry.filename] = text
    return texts


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") and part != ".." for part in name.split("/"))


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, problems: list[Problem]) -> str | None:
    try:
        with archive.open(entry) as file:
            content = file.read(LARGEST_FILE + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
        problems.append(Problem(entry.filename, 0, "", "This file cannot be read. Make the zip file again."))
        return None
    if len(content) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // 1000} KB. Shorten it or split it."
        problems.append(Problem(entry.filename, 0, "", message))
        return None
    return _decoded(entry.filename, content, problems)


def _decoded(name: str, content: bytes, problems: list[Problem]) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(Problem(name, line, "", "This line is not UTF-8. Save the file as UTF-8."))
        return None
    return check_text(name, text, problems)


def check_text(name: str, text: str, problems: list[Problem]) -> str | None:
    """The text with plain newlines, or None when it is too large or holds what nobody can see."""

    def say(line: int, message: str) -> None:
        problems.append(Problem(name, line, "", message))

    text = text.replace("\r\n", "\n")
    if len(text.encode()) > LARGEST_FILE:
        say(0, f"The file is larger than {LARGEST_FILE // 1000} KB. Shorten it or split it.")
        return None
    if control := CONTROL.search(text):
        say(text.count("\n", 0, control.start()) + 1, "An invisible control character stands in this line. Remove it.")
        return None
    return text
