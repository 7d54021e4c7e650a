"""From the bytes of an uploaded list to rows of text, whatever program wrote them; else a kind ``Refused``."""

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import repeat, zip_longest
from typing import Any
from xml.etree.ElementTree import ParseError

import charset_normalizer
import openpyxl
from django.utils.translation import gettext_lazy as _

from laurels.kernel.refusal import Refusal, Refused

type Row = list[str]

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_SHEET_ROWS = 200_000
MOST_COLUMNS = 100
WESTERN_SIGNS = "–—‘’“”…€ª°º·«»\u00a0´¿¡"
SEPARATORS = (",", ";", "\t", "|")
BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\"]+")


def read_rows(content: bytes) -> list[Row]:
    """Rows of trimmed cells; a row's place in the list, from 1, is its number in the sender's program."""
    if len(content) > MOST_BYTES:
        raise _refused("file-too-big", _("This file is larger than 5 MB. Send only the list itself."))
    if not content.strip(b"\0 \t\r\n"):
        raise _refused("file-empty", _("This file is empty. Save the list again and choose the new file."))
    rows = _of_workbook(content) if content.startswith(b"PK\x03\x04") else _of_text(_decoded(content))
    if sum(1 for row in rows if any(row)) > MOST_LINES:
        raise _refused("too-many-lines", _("This list has more than 20,000 lines. Split it into smaller files."))
    return rows


def _refused(code: str, words: Any) -> Refused:
    return Refused(Refusal(code, words, "file"))


def _decoded(content: bytes) -> str:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return _decoded_as(content, encoding)
    if b"\0" in content:
        return _decoded_as(content, _utf16_without_bom(content))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded_as(content, _eight_bit_encoding(content))


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise _unreadable() from None


def _unreadable() -> Refused:
    return _refused(
        "file-unreadable", _("This file is not a list that can be read. Save it as .xlsx or .csv and try again.")
    )


def _utf16_without_bom(content: bytes) -> str:
    sample = content[:4000]
    if sample[1::2].count(0) > len(sample) * 0.35:
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) * 0.35:
        return "utf-16-be"
    raise _unreadable()


def _eight_bit_encoding(content: bytes) -> str:
    """Western Windows when its letters make sense, else what fits best of the world's old encodings."""
    strange = set(content) - set(range(0x20, 0x80)) - set(b"\t\r\n\f\v")
    if strange & set(range(0x20)) or len(strange) > 120:
        raise _unreadable()
    western = content.decode("cp1252", errors="replace")
    special = [letter for letter in western if ord(letter) > 127]
    is_western = all((letter.isalpha() and ord(letter) < 0x180) or letter in WESTERN_SIGNS for letter in special)
    if is_western and not re.search("[\u00c0-\u017f]{4}", western):
        return "cp1252"
    guess = charset_normalizer.from_bytes(content).best()
    return guess.encoding if guess else "cp1252"


def _of_text(text: str) -> list[Row]:
    text = text.replace("\0", "")
    if sum(1 for letter in text[:4000] if not letter.isprintable() and letter not in "\t\r\n\f\v\ufeff") > 40:
        raise _unreadable()
    hint = re.match(r'"?sep=([,;|\t])"?\r?\n', text, re.IGNORECASE)
    separator = hint[1] if hint else _separator(text)
    try:
        rows = list(_split(text, separator))
    except csv.Error:
        raise _unreadable() from None
    if any(cell.count("\n") > 5 for row in rows for cell in row):
        # A lone quotation mark swallows everything up to the next one: then marks are not quotes here.
        rows = list(_split(text, separator, quoting=csv.QUOTE_NONE))
    if hint:
        rows[0] = []
    return rows


def _split(text: str, separator: str, *, quoting: Any = csv.QUOTE_MINIMAL) -> Iterator[Row]:
    csv.field_size_limit(MOST_BYTES)
    lines = io.StringIO(text, newline="") if quoting == csv.QUOTE_MINIMAL else iter(text.splitlines())
    for row in csv.reader(lines, delimiter=separator, quoting=quoting, skipinitialspace=True):
        yield [cell.strip().strip('"').strip() if quoting == csv.QUOTE_NONE else cell.strip() for cell in row]


def _separator(text: str) -> str:
    """The one that leaves most addresses alone in their cell, that splits most lines alike, into most cells."""
    sample = "\n".join(text.splitlines()[:200])[:100_000]
    return max(SEPARATORS, key=lambda separator: _fitness(_split(sample, separator)))


def _fitness(rows: Iterable[Row]) -> tuple[int, int, int]:
    alone, widths = 0, Counter[int]()
    for row in rows:
        alone += any(ADDRESS.fullmatch(cell) for cell in row)
        widths[len(row)] += 1
    # A decimal comma splits every line of a bank's list in two, its real separator in many.
    count, width = max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
    return alone, count, width


def _of_workbook(content: bytes) -> list[Row]:
    has_formulas = _look_into(content)
    try:
        values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True) if has_formulas else values
        sheets = [
            _of_sheet(values[name], formulas[name])
            for name in values.sheetnames
            if hasattr(values[name], "reset_dimensions")
        ]
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, ParseError, OSError, zipfile.BadZipFile):
        # A damaged workbook shows itself in any of these; what it is makes no difference to its sender.
        raise _unreadable() from None
    with_addresses = (rows for rows in sheets if any("@" in cell for row in rows for cell in row))
    return next(with_addresses, sheets[0] if sheets else [])


def _look_into(content: bytes) -> bool:
    """Whether a workbook has formulas. Refuses packages that unpack to something else or far too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if "xl/workbook.xml" not in package.namelist():
                raise _unreadable()
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED or len(entries) > 2000:
                raise _refused("file-too-big", _("This workbook is far too large inside. Save only the list itself."))
            # Every part is looked into, also after the first formula.
            found = [_has_formulas(package, entry) for entry in entries]
            return any(found)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise _unreadable() from None


def _has_formulas(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    if not entry.filename.endswith(".xml"):
        return False
    with package.open(entry) as part:
        beginning = part.read(2000)
        if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
            raise _unreadable()
        return (
            entry.filename.startswith("xl/worksheets/") and re.search(rb"<f[ >]", beginning + part.read()) is not None
        )


def _of_sheet(values: Any, formulas: Any) -> list[Row]:
    """``formulas`` is the same sheet as typed, for cells never computed; or ``values`` itself without any formula."""
    rows: list[Row] = []
    raw_rows = _rows(formulas) if formulas is not values else repeat(())
    for number, (row, raw) in enumerate(zip(_rows(values), raw_rows, strict=False)):
        if number >= MOST_SHEET_ROWS:
            raise _refused("too-many-lines", _("This list has more than 20,000 lines. Split it into smaller files."))
        cells = zip_longest(row[:MOST_COLUMNS], raw[:MOST_COLUMNS])
        rows.append([_text(formula if value is None else value) for value, formula in cells])
    return rows


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(values_only=True))


def _text(value: Any) -> str:
    """What a cell says, as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(getattr(value, "text", value)).strip()
