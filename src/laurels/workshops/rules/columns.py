"""Which column of a list means what: by its title where there is one, else by what stands in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from laurels.spreadsheets import ADDRESS, Row, folded

# Titles as providers' exports have them (en, de, fr, es), folded: lower case, no accents, single spaces.
EMAIL = re.compile(r"\b(e ?mails?|mail|mailadresse|courriels?|correo( electronico)?|username|user name|login)\b")
NOT_THE_ATTENDEES = re.compile(
    r"\b(buyer|billing|payer|order(ed|er)?|purchaser|trainer|manager|rechnung\w*|facturation)\b"
)
NOT_AN_ADDRESS = re.compile(r"\b(opt ?in|sent|status|consent|verified|confirmed|permission)\b")
FIRST = {
    "first", "first name", "firstname", "given name", "given names", "forename", "vorname", "vornamen", "prenom",
    "prenoms", "nombre de pila", "attendee first name", "participant first name",
}  # fmt: skip
LAST = {
    "last", "last name", "lastname", "surname", "family name", "nachname", "familienname", "zuname", "nom de famille",
    "apellido", "apellidos", "attendee last name", "attendee surname", "participant last name",
}  # fmt: skip
FULL = {
    "name", "names", "full name", "fullname", "attendee", "attendees", "attendee name", "participant", "participants",
    "participant name", "student", "student name", "learner", "learner name", "display name", "guest name",
    "teilnehmer", "teilnehmername", "teilnehmer name", "teilnehmerin", "teilnehmer in", "teilnehmende",
    "vollstandiger name", "nom complet", "nom et prenom", "nom prenom", "prenom et nom", "participant e",
    "nombre completo", "nombre y apellidos", "apellidos y nombre", "asistente", "participante", "alumno",
    "name vorname", "vorname name", "name nachname vorname", "last first", "ticket holder",
}  # fmt: skip
# These mean the family name beside a column for the first name (or the first beside a family name), else the full one.
FAMILY_BESIDE_FIRST = {"name", "nom"}
FIRST_BESIDE_FAMILY = {"nombre", "prenom", "name"}
EITHER = {"nom", "nombre"}
COMPANY = re.compile(
    r"\b(company|company name|firma|firmenname|organi[sz]ation|organisme|unternehmen|arbeitgeber|employer|societe"
    r"|entreprise|empresa|compania|organizacion|account name)\b"
)
ATTENDANCE = re.compile(
    r"\b(attend(ed|ance)|anwesen(d|heit)|teilnahme|teilgenommen|presen(t|ce|te|cia)|asistencia|asistio)\b"
)
LOOKED_THROUGH = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns, from 0. ``names`` are joined by a blank; ``first_row`` is where people begin."""

    email: int
    names: tuple[int, ...]
    company: int | None = None
    attendance: int | None = None
    first_row: int = 0


def find_columns(rows: Sequence[Row]) -> Columns | None:
    """None when no column holds addresses."""
    for number, row in enumerate(rows[:LOOKED_THROUGH]):
        if columns := _by_titles(row, first_row=number + 1):
            return columns
    return _by_contents(rows)


def _by_titles(row: Row, *, first_row: int) -> Columns | None:
    if any(ADDRESS.search(cell) for cell in row) or sum(bool(cell) for cell in row) == 0:
        return None
    titles = [folded(cell) if len(cell) <= 60 else "" for cell in row]
    emails = [place for place, title in enumerate(titles) if EMAIL.search(title) and not NOT_AN_ADDRESS.search(title)]
    if not emails:
        return None
    email = min(emails, key=lambda place: _strangeness(titles[place]))
    return Columns(
        email,
        _names(titles),
        _first_like(COMPANY, titles),
        _first_like(ATTENDANCE, titles),
        first_row,
    )


def _strangeness(title: str) -> tuple[bool, bool, int]:
    is_login = re.search(r"\b(username|user name|login)\b", title) is not None
    return NOT_THE_ATTENDEES.search(title) is not None, is_login, len(title)


def _names(titles: Sequence[str]) -> tuple[int, ...]:
    first, last = _place(FIRST, titles), _place(LAST, titles)
    if first is not None and last is None:
        last = _place(FAMILY_BESIDE_FIRST, titles)
    if last is not None and first is None:
        first = _place(FIRST_BESIDE_FAMILY, titles)
    if first is not None and last is not None:
        return first, last
    full = _place(FULL | EITHER, titles)
    found = full if full is not None else first if first is not None else last
    return () if found is None else (found,)


def _place(wanted: set[str], titles: Sequence[str]) -> int | None:
    return next((place for place, title in enumerate(titles) if title in wanted), None)


def _first_like(pattern: re.Pattern[str], titles: Sequence[str]) -> int | None:
    return next((place for place, title in enumerate(titles) if pattern.search(title) and "@" not in title), None)


def _by_contents(rows: Sequence[Row]) -> Columns | None:
    people = [row for row in rows if any(ADDRESS.search(cell) for cell in row)][:200]
    if not people:
        return None
    width = max(len(row) for row in people)
    email = max(range(width), key=lambda place: sum(ADDRESS.search(_cell(row, place)) is not None for row in people))
    worded = [place for place in range(width) if place != email and _share(people, place, _is_worded) > 0.5]
    is_split = len(worded) > 1 and worded[1] == worded[0] + 1 and _are_name_parts(people, worded[0], worded[1])
    names = tuple(worded[:2]) if is_split else tuple(worded[:1])
    company = next((place for place in worded if place not in names), None)
    first_row = next(number for number, row in enumerate(rows) if len([c for c in row if c]) > 1 or row in people)
    return Columns(email, names, company, None, first_row)


def _cell(row: Row, place: int) -> str:
    return row[place] if place < len(row) else ""


def _share(rows: Sequence[Row], place: int, is_so: "type[str] | object") -> float:
    assert callable(is_so)
    return sum(bool(is_so(_cell(row, place))) for row in rows) / len(rows)


def _is_worded(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) > len(text) / 2


def _are_name_parts(rows: Sequence[Row], first: int, second: int) -> bool:
    """Two neighbouring columns of mostly single words are first and last name; a full name has a blank inside."""
    return _share(rows, first, _is_one_word) > 0.7 and _share(rows, second, _is_one_word) > 0.6


def _is_one_word(text: str) -> bool:
    return bool(text) and " " not in text and "," not in text
