"""Invoices and credit notes on paper: whole, the same every time, and only for those they are about."""

import io
import unicodedata

import pypdf
import pytest

from laurels.payments.actions import change_bill_to, credit, mark_paid, set_billing
from laurels.payments.models import Invoice
from laurels.payments.papers import file_name, paper_pdf, words_of
from laurels.payments.papers.sums import sums
from laurels.payments.queries import paper_before
from laurels.payments.rules import Line
from laurels.payments.rules.bank import groups_of_four, why_not_iban
from laurels.payments.tests.test_money import euros, place
from laurels.payments.tests.test_order_pages import without_token

IBAN = "DE89 3704 0044 0532 0130 00"
NAMES = "Åsa Ωmega Иван 山田太郎 محمد علي שרה अनन्या ณัฐ გიორგი Հայկ ሰላም ខ្មែរ 김철수"


def text_of(pdf):
    """What stands on the pages, without the marks that let long words break."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def paper(invoice, **more):
    return paper_pdf(invoice, language="en", **more)


@pytest.fixture
def order(world):
    set_billing(
        world.harbour, iban=IBAN, bic="COBADEFFXXX", bank="Bank of Hamburg", by=world.sam.actor, now=world.morning
    )
    bill_to = {"company": "Engines Ltd", "address": "Pier 4\nHamburg", "country": "DE", "purchase_number": "PO-4711"}
    return place(world, 119_000, bill_to=bill_to, lines=[Line("Two seats", 129_000, 2), Line("Early bird", -10_000)])


def test_an_invoice_says_everything_and_asks_for_the_money(order):
    words = text_of(paper(order.invoices.get()))

    for said in (
        "Invoice INV-00001",
        "Engines Ltd Pier 4 Hamburg",
        "PO-4711",
        "Two seats",
        "−100.00",
        "of which 19 % VAT",
        "190.00",
        "Please pay EUR 1 190.00 by 16 March 2026",
        IBAN,
        "COBADEFFXXX",
        order.reference,
        "VAT id DE123456789",
        "Harbour Product School",
    ):
        assert said in words.replace("\u2009", " ").replace("\u00a0", " "), said


def test_the_same_paper_is_the_same_bytes_and_for_archives(order):
    first, again = paper(order.invoices.get()), paper(Invoice.objects.get())
    assert first == again
    assert b"pdfaid:part" in first


def test_the_next_version_names_the_one_it_replaces(world, order):
    change_bill_to(order, {"company": "Moteurs"}, by=world.ada.actor, now=world.after_class)
    second = order.invoices.get(version=2)

    words = text_of(paper(second, replaces=paper_before(second)))

    assert "Version 2, replaces the one of 2 March 2026." in words
    assert ("Moteurs" in words, "Engines" in words, file_name(second)) == (True, False, "INV-00001-v2.pdf")
    assert "Engines" in text_of(paper(order.invoices.get(version=1)))


def test_a_credit_note_names_its_invoice_and_asks_for_nothing(world, order):
    credit(order, euros(59_500), "14 days before", by=world.sam.actor, now=world.noon)

    words = text_of(paper(order.invoices.get(kind="credit-note")))

    assert "Credit note INV-00002 To invoice INV-00001." in words
    assert ("95.00" in words, "Nothing to pay" in words, "Please pay" in words) == (True, True, False)


@pytest.mark.parametrize(
    ("lines", "net", "tax", "gross", "expected"),
    [
        ([119], 100, 19, 119, [("Total", "1.19"), ("Net", "1.00"), ("of which 19 % VAT", "0.19")]),
        ([100], 100, 19, 119, [("Net", "1.00"), ("19 % VAT", "0.19"), ("Total", "1.19")]),
        ([119], 100, 0, 100, [("Tax taken out of these prices", "−EUR 0.19"), ("Net", "1.00"), ("Total", "1.00")]),
        ([100], 100, 0, 100, [("Total", "1.00")]),
    ],
)
def test_sums_lead_from_the_lines_to_the_total(lines, net, tax, gross, expected):
    content = {"lines": [{"minor": minor} for minor in lines], "net": net, "tax": tax, "gross": gross}
    rows = sums(content | {"currency": "EUR", "tax_words": "19 % VAT"}, is_note=False)
    shown = [(row["label"], row["amount"].replace("\u00a0", " ")) for row in rows]
    assert shown == [(label, amount if "EUR" in amount else f"EUR {amount}") for label, amount in expected]


def test_the_reverse_charge_is_said(world):
    set_billing(world.harbour, has_reverse_charge=True, tax_id="DE1", country="", by=world.sam.actor, now=world.noon)
    bill_to = {"country": "FR", "tax_id": "FR12123456789", "company": "Moteurs"}
    words = text_of(paper(place(world, 119_000, bill_to=bill_to).invoices.get()))

    assert "Reverse charge: the recipient accounts for VAT." in words
    assert "FR12123456789" in words


def test_forty_lines_go_over_pages_with_their_heads_and_page_numbers(world):
    lines = [
        Line(f"Seat {number}, a long description that takes more than one line of the paper " * 2, 100)
        for number in range(40)
    ]
    pdf = paper(place(world, 4_000, lines=lines).invoices.get())

    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]

    assert len(pages) > 1
    assert all(
        "WHAT FOR" in page and f"page {number} of {len(pages)}" in page for number, page in enumerate(pages[:-1], 1)
    )
    assert all(f"Seat {number}," in "".join(pages) for number in range(40))


HOSTILE = [
    "<script>alert(1)</script>",
    '#include "/etc/passwd"',
    '#eval("1") $x^2$ [a](b) *bold* _it_ `raw` \\u{41}',
    "\x00\x07\x1b[31m",
    "\u202eevil\u202c",
    "\ud800",
    "\ue000\U000e0041",
    "W" * 200,
    "👩🏽‍🚀 " * 20,
    NAMES,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(order, text):
    invoice = order.invoices.get()
    invoice.content["bill_to"] = {"name": text, "address": f"{text}\n{text}", "company": text}
    invoice.content["lines"] = [{"words": text, "quantity": 1, "minor": 119_000}]
    invoice.content["seller"]["name"] = text

    pdf = paper(invoice)

    assert pdf.startswith(b"%PDF")
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) <= 2
    shown = "".join(map(str, words_of(invoice).values()))
    assert not [letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cs", "Co")]


def test_names_of_all_scripts_stay_archivable(order):
    invoice = order.invoices.get()
    invoice.content["bill_to"]["name"] = NAMES
    assert b"pdfaid:part" in paper(invoice)


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD", "USD"])
def test_there_is_a_banking_code_for_euros_and_a_real_account_only(order, currency):
    invoice = order.invoices.get()
    invoice.content["currency"] = currency
    assert bool(words_of(invoice)["closing"]["code"]) == (currency == "EUR")
    invoice.content["seller"]["iban"] = "DE00"
    assert words_of(invoice)["closing"]["code"] == ""


@pytest.mark.parametrize(
    ("iban", "is_one"),
    [
        (IBAN, True),
        ("de89370400440532013000", True),
        ("", True),
        ("DE89 3704 0044 0532 0130 01", False),
        ("DE٨٩370400440532013000", False),
        ("hello", False),
    ],
)
def test_an_iban_checks_itself(iban, is_one):
    assert (why_not_iban(iban) is None) == is_one


def test_an_iban_is_printed_in_fours():
    assert groups_of_four("de89370400440532013000") == IBAN


def test_the_buyer_downloads_it_and_finds_it_on_the_order(world, client, order):
    client.force_login(world.ada)
    invoice = order.invoices.get()
    address = f"/invoices/{invoice.public_id}.pdf"

    assert address in client.get(f"/orders/{order.public_id}").content.decode()
    answer = client.get(address)

    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="INV-00001.pdf"',
    )
    assert answer.content == paper(invoice)


def test_once_paid_it_is_a_receipt(world, client, order):
    mark_paid(order, by=world.sam.actor, now=world.noon)
    client.force_login(world.sam)

    words = text_of(client.get(f"/invoices/{order.invoices.get().public_id}.pdf").content)

    assert "came by bank transfer on 2 March 2026. This is your receipt." in words
    assert "Please pay" not in words


@pytest.mark.parametrize("somebody", ["mallory", "grace", "bo", "tess"])
def test_for_outsiders_a_paper_does_not_exist(world, client, order, somebody):
    client.force_login(getattr(world, somebody))
    foreign = client.get(f"/invoices/{order.invoices.get().public_id}.pdf")
    nowhere = client.get("/invoices/0000000000zzzzzzzz.pdf")
    assert (foreign.status_code, nowhere.status_code) == (404, 404)
    assert without_token(foreign) == without_token(nowhere)
