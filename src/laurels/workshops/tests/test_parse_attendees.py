"""Lists as providers really send them."""

import io
import time
import zipfile
from datetime import date

import openpyxl
import pytest

from laurels.kernel.refusal import Refused
from laurels.workshops.rules import ImportLine, parse_attendees


def read(text, encoding="utf-8", name="list.csv"):
    return parse_attendees(name, text if isinstance(text, bytes) else text.encode(encoding))


def people(lines):
    return [(line.name, line.email) for line in lines if not line.refusal]


def refusals(lines):
    return {line.number: line.refusal for line in lines if line.refusal}


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ADA = ("Ada Lovelace", "ada@people.example")


@pytest.mark.parametrize(
    "text",
    [
        "Name,Email\nAda Lovelace,ada@people.example\n",
        "Ada Lovelace,ada@people.example",
        "ada@people.example;Ada Lovelace\r\n",
        "E-Mail\tVorname\tNachname\nada@people.example\tAda\tLovelace",
        "Prénom;Nom;Adresse e-mail\nAda;Lovelace;ada@people.example",
        "Nombre;Apellidos;Correo electrónico\nAda;Lovelace;ADA@People.Example",
        "Nom;Courriel\nAda Lovelace;ada@people.example",
        "Nachname;Vorname;E-Mail-Adresse\nLovelace;Ada;ada@people.example",
        "Name;Vorname;Mail\nLovelace;Ada;ada@people.example",
        'Name,Email\n"Lovelace, Ada",ada@people.example',
        "Name;Email\nLovelace, Ada;ada@people.example",
        "Attendees\nAda Lovelace <ada@people.example>\n".replace("Attendees", "E-mail"),
        "Ada Lovelace <ada@people.example>",
        '"Ada Lovelace" <ada@people.example>',
        "First,Last,mailto\nAda,Lovelace,mailto:ada@people.example".replace(",mailto\n", ",Mail\n"),
        "sep=;\nName;Email\nAda Lovelace;ada@people.example",
        '"Name","Email","",""\n"Ada  Lovelace ","ada@people.example ","",""\n"","","",""\n',
        "Ada\tLovelace\tada@people.example",
        "Ada|Lovelace|ada@people.example",
        "CSPO 15 April\nWorkshop in Hamburg\n\nName;E-Mail\nAda Lovelace;ada@people.example",
        "CSPO 15 April\n\nAda Lovelace;ada@people.example",
        "Name,Email\rAda Lovelace,ada@people.example\r",
        "Buyer email,Attendee email,Attendee name\nboss@x.example,ada@people.example,Ada Lovelace",
        "Email opt-in,Email,Name\nyes,ada@people.example,Ada Lovelace",
        "\ufeffName,Email\n\u200bAda\u00a0Lovelace,\u200bada@people.example",
    ],
)
def test_one_person_however_it_is_written(text):
    assert people(read(text)) == [ADA]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_accents_survive_every_usual_encoding(encoding):
    text = "Name;E-Mail;Firma\nJürgen Groß;jg@people.example;Müller & Söhne\nFrançois Œuvré;fo@people.example;Crédit\n"
    text += "Núria Peñíscola;np@people.example;Año Nuevo\n"
    text = text.replace("Œ", "O") if encoding == "latin-1" else text

    lines = read(text, encoding)

    assert lines[0] == ImportLine(2, "Jürgen Groß", "jg@people.example", "Müller & Söhne")
    assert people(lines)[1][0] == ("François Ouvré" if encoding == "latin-1" else "François Œuvré")
    assert people(lines)[2] == ("Núria Peñíscola", "np@people.example")


def test_other_alphabets_in_old_encodings_are_guessed():
    names = "".join(f"Имя Фамилия Иванова {n};ivan{n}@people.example\n" for n in "abcdefgh")

    assert people(read(names, "cp1251"))[0][0] == "Имя Фамилия Иванова a"


def test_a_quoted_name_may_hold_commas_and_line_breaks_and_lines_are_counted_as_in_the_spreadsheet():
    lines = read('Name,Email\n"Ada\nLovelace",ada@people.example\n\n"Hopper, Grace",grace@people.example\n')

    assert [(line.number, line.name) for line in lines] == [(2, "Ada Lovelace"), (4, "Grace Hopper")]


def test_a_lone_quotation_mark_does_not_swallow_the_list():
    text = 'Name,Email\n"Ada Lovelace,ada@people.example\n' + "".join(f"P {n},p{n}@people.example\n" for n in range(9))

    assert len(people(read(text))) == 10


def test_what_stands_behind_a_comma_is_not_always_a_first_name():
    names = ["Martin King, Jr.", "Anna Berg, PhD", "Van der Meer, Jan"]
    lines = read("Name;Mail\n" + "\n".join(f"{name};p{n}@people.example" for n, name in enumerate(names)))

    assert [line.name for line in lines] == ["Martin King, Jr.", "Anna Berg, PhD", "Jan Van der Meer"]


def test_a_roster_with_attendance_says_who_stayed_away():
    text = """Username,First Name,Last Name,Email,Attendance
ada,Ada,Lovelace,ada@people.example,100%
grace,Grace,Hopper,grace@people.example,-
"""

    lines = read(text)

    assert people(lines) == [ADA, ("Grace Hopper", "grace@people.example")]
    assert [line.note for line in lines] == ["", "The list says: did not attend."]


def test_company_comes_along_with_titles_and_without():
    assert read("Name,Email,Company\nAda Lovelace,ada@people.example,Engines Ltd")[0].company == "Engines Ltd"
    assert read("Ada Lovelace,Engines Ltd,ada@people.example")[0].company == "Engines Ltd"
    assert read("Ada,Lovelace,ada@people.example,Engines Ltd")[0] == ImportLine(1, *ADA, "Engines Ltd")


def test_every_bad_line_says_why():
    lines = read(
        "Name,Email\n"
        "Ada Lovelace,ada@people.example\n"
        "Ada Again,ADA@people.example\n"
        "No Address,\n"
        ",nameless@people.example\n"
        "Wrong,wrong@@people.example\n"
        "Dotted,a..b@people.example\n"
        "Nowhere,nobody@localhost\n"
        "Two,one@people.example two@people.example\n"
        "Bell\x07,bell@people.example\n"
        "\u202eevil,bidi@people.example\n"
        f"{'x' * 201},long@people.example\n"
        "Example: Jane Doe,jane@people.example\n"
    )

    assert people(lines) == [ADA]
    assert list(refusals(lines)) == list(range(3, 14))
    assert refusals(lines)[3] == "This address is already on line 2."
    assert refusals(lines)[4] == "There is no e-mail address on this line."
    assert refusals(lines)[5] == "There is no name on this line."
    assert refusals(lines)[6] == "“wrong@@people.example” is not an e-mail address."
    assert refusals(lines)[9] == "There are several e-mail addresses in one cell. Give each person a line."
    assert refusals(lines)[13] == "This is the template's example line."


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "<b>Ada</b>", "{{ 7*7 }}", "'; DROP TABLE seat;--"]
)
def test_names_that_look_like_formulas_or_code_are_text(name):
    assert people(read(f'Name,Email\n"{name}",ada@people.example')) == [(name, "ada@people.example")]


@pytest.mark.parametrize(
    "email",
    ["ada@sub.people.example", "a.b+c@people.example", "o'brien@people.example", "x@y.museum", "info@müller.de"],
)
def test_unusual_addresses_are_addresses(email):
    assert people(read(f"Name,Email\nAda Lovelace,{email}")) == [("Ada Lovelace", email)]


def test_a_workbook_is_read_as_it_looks():
    content = workbook(
        ("Notes", [["Participants of April"]]),
        (
            "List",
            [
                ["Workshop", date(2026, 4, 15)],
                [],
                ["Nr.", "Name", "E-Mail", "Firma", "Datum", None],
                [1, "Ada Lovelace", "ada@people.example", 4711, date(2026, 4, 1), None],
                [2.0, "=1+1", "grace@people.example", 3.5, None, None],
                [None, None, None, None, None, None],
                [3, "Joan Clarke", '=LOWER("JOAN@PEOPLE.EXAMPLE")', None, None, None],
            ],
        ),
    )

    lines = parse_attendees("list.xlsx", content)

    assert [(line.number, line.name, line.company) for line in lines] == [
        (4, "Ada Lovelace", "4711"),
        (5, "=1+1", "3.5"),
        (7, "Joan Clarke", ""),
    ]
    assert list(refusals(lines)) == [7]


def zipped(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def with_part(content, name, part):
    """The workbook with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    return zipped({**parts, name: part})


GOOD = workbook(("List", [["Name", "Email"], ["Ada Lovelace", "ada@people.example"]]))
SHEET = "xl/worksheets/sheet1.xml"
ABSURD = {
    "empty": b"",
    "blank": b" \n\r\n \t",
    "zeros": b"\0" * 4000,
    "picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20,
    "program": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20,
    "document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj << /Length 44 >> stream\nx\x9c\x01\x02\x03"
    + bytes(range(1, 256)) * 9,
    "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000,
    "other package": zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
    "cut workbook": GOOD[: len(GOOD) // 2],
    "damaged sheet": with_part(GOOD, SHEET, "<worksheet><sheetData><row r='x'>"),
    "bomb": with_part(GOOD, SHEET, "<worksheet>" + " " * 120_000_000 + "</worksheet>"),
    "entities": with_part(
        GOOD, SHEET, '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    ),
    "large": b"Name,Email\n" + b"Ada,ada@people.example\n" * 240_000,
    "long": b"Name,Email\n" + b"A,a@b.example\n" * 20_001,
    "words": b"Dear all,\nplease find the list attached.\nRegards",
    "surrogates": b"\xff\xfe\x00\xd8\x00\xd8a\x00",
}


@pytest.mark.parametrize("content", ABSURD.values(), ids=ABSURD.keys())
def test_absurd_files_are_refused_in_a_sentence(content):
    began = time.process_time()

    with pytest.raises(Refused) as refused:
        parse_attendees("list.xlsx", content)

    assert str(refused.value).endswith(".")
    assert time.process_time() - began < 3


def test_a_sheet_that_pretends_to_be_endless_costs_little():
    cell = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>ada@people.example</t></is></c></row>'
    endless = with_part(
        GOOD,
        SHEET,
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cell}</sheetData></worksheet>',
    )

    with pytest.raises(Refused):
        parse_attendees("list.xlsx", endless)


def test_ten_thousand_lines_are_read_at_once():
    rows = [[f"Person {n} Müller", f"person{n}@people.example", "Firma"] for n in range(10_000)]
    text = "Name;E-Mail;Firma\n" + "\n".join(";".join(row) for row in rows)
    book = workbook(("List", [["Name", "E-Mail", "Firma"], *rows]))

    for content in (text.encode("cp1252"), book):
        began = time.process_time()
        lines = parse_attendees("list", content)
        assert (len(lines), refusals(lines)) == (10_000, {})
        assert time.process_time() - began < 4, "the goal is 2 s on an idle machine"
