"""A list of attendees as it really comes, read line by line: what is good, what is not, and why. Writes nothing."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr

from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from laurels.kernel.refusal import Refusal, Refused
from laurels.spreadsheets import ADDRESS, Row, read_rows
from laurels.workshops.rules.columns import Columns, find_columns

PLAIN_ADDRESS = re.compile(
    r"[a-z0-9](?:[a-z0-9+_'-]|\.(?=[a-z0-9+_'-])){0,62}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
)
NEVER_DELIVERED = (".invalid", ".localhost", ".local", ".test", ".onion", ".arpa")
SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "md", "mba", "msc", "bsc", "dr", "esq", "cspo", "csm", "pmp"}
EXAMPLE = re.compile(
    r"(example|beispiel|exemple|ejemplo|sample)\s*([:(–-]|$|(row|line|name|person|attendee|zeile|ligne|fila)\b)",
    re.IGNORECASE,
)
NOT_ATTENDED = {
    "-",
    "–",
    "no",
    "nein",
    "non",
    "0",
    "false",
    "absent",
    "no show",
    "no-show",
    "abwesend",
    "did not attend",
}
# Zero-width joiners belong into Persian and Indic names; these invisible letters belong nowhere.
DROPPED = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad\u200e\u200f"))
LONGEST_NAME, LONGEST_COMPANY = 200, 160


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line of the list. With a ``refusal`` it will not be written; a ``note`` is only worth knowing."""

    number: int
    name: str
    email: str
    company: str = ""
    refusal: str = ""
    note: str = ""


def parse_attendees(file_name: str, content: bytes) -> list[ImportLine]:
    """Every line with somebody on it, in order. Raises Refused for a file that is no such list at all."""
    rows = read_rows(content)
    columns = find_columns(rows)
    if columns is None:
        words = _(
            "No e-mail addresses were found in “%(file)s”. The list needs a column with names and one with addresses."
        )
        raise Refused(Refusal("no-addresses", words % {"file": file_name}, "file"))
    return list(_without_repetition(_lines(rows, columns)))


def _lines(rows: Sequence[Row], columns: Columns) -> Iterator[ImportLine]:
    for number, row in enumerate(rows[columns.first_row :], start=columns.first_row + 1):
        if any(row):
            yield _line(number, row, columns)


def _line(number: int, row: Row, columns: Columns) -> ImportLine:
    shown, email = _split_address(_tidy(_cell(row, columns.email)))
    name = " ".join(filter(None, (_tidy(_cell(row, place)) for place in columns.names)))
    name = _first_name_first(_without_address(name) or shown)
    line = ImportLine(number, name, email, _tidy(_cell(row, columns.company)), note=_note(row, columns))
    return replace(line, refusal=_why_not_line(line, row), email=_canonical(email))


def _cell(row: Row, place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _tidy(text: str) -> str:
    """One line with single blanks, composed letters, and without the invisible ones that spreadsheets carry along."""
    return " ".join(unicodedata.normalize("NFC", text).translate(DROPPED).split())


def _split_address(text: str) -> tuple[str, str]:
    """The name and the address of ``Ada <ada@x.org>``, ``mailto:ada@x.org`` or a plain address."""
    if text.lower().startswith("mailto:"):
        text = text[7:]
    if "<" in text and len(ADDRESS.findall(text)) == 1:
        shown, address = parseaddr(text)
        match = re.search(r"<\s*([^<>]*?)\s*>", text)
        return shown or text.split("<")[0].strip(' "'), address or (match[1] if match else text)
    return "", text.strip(" ;,.'\"<>")


def _without_address(name: str) -> str:
    return "" if ADDRESS.fullmatch(name) else re.sub(r"\s*<[^<>]*@[^<>]*>", "", name).strip()


def _first_name_first(name: str) -> str:
    """``Lovelace, Ada`` → ``Ada Lovelace``; ``King, Jr.`` stays."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or not last or not first or "," in first or first.lower().rstrip(".") in SUFFIXES:
        return name
    return f"{first} {last}"


def _note(row: Row, columns: Columns) -> str:
    attendance = _tidy(_cell(row, columns.attendance))
    return _("The list says: did not attend.") if attendance.lower() in NOT_ATTENDED else ""


def _canonical(email: str) -> str:
    try:
        return email.lower() if _is_plain(email.lower()) else _validated(email)
    except EmailNotValidError:
        return email


def _is_plain(email: str) -> bool:
    return PLAIN_ADDRESS.fullmatch(email) is not None and not email.endswith(NEVER_DELIVERED)


def _validated(email: str) -> str:
    return validate_email(email, check_deliverability=False, allow_smtputf8=False).normalized.lower()


def _why_not_line(line: ImportLine, row: Row) -> str:
    return _why_not_example(row, line) or _why_not_address(line.email) or _why_not_words(line)


def _why_not_example(row: Row, line: ImportLine) -> str:
    first = next(filter(None, row), "")
    if EXAMPLE.match(first) or EXAMPLE.match(line.name):
        return _("This is the template's example line.")
    return ""


def _why_not_address(email: str) -> str:
    if not email:
        return _("There is no e-mail address on this line.")
    if _is_plain(email.lower()):
        return ""
    if len(ADDRESS.findall(email)) > 1:
        return _("There are several e-mail addresses in one cell. Give each person a line.")
    try:
        _validated(email)
    except EmailNotValidError:
        return _("“%(email)s” is not an e-mail address.") % {"email": email[:120]}
    return ""


def _why_not_words(line: ImportLine) -> str:
    if not line.name:
        return _("There is no name on this line.")
    if any(
        unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"}
        or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        for letter in line.name + line.company
    ):
        return _("The name holds letters that cannot be shown. Type it anew.")
    if len(line.name) > LONGEST_NAME or len(line.company) > LONGEST_COMPANY:
        return _("The name or the company is too long.")
    return ""


def _without_repetition(lines: Iterator[ImportLine]) -> Iterator[ImportLine]:
    seen: dict[str, int] = {}
    for line in lines:
        if not line.refusal and line.email in seen:
            words = _("This address is already on line %(number)d.")
            yield replace(line, refusal=words % {"number": seen[line.email]})
            continue
        if not line.refusal:
            seen[line.email] = line.number
        yield line
