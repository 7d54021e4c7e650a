"""A bank's list: read as banks write it, matched, written down once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.kernel.refusal import Refused
from laurels.payments.actions import (
    assign_surplus,
    cancel_order,
    confirm_bank_file,
    discard_bank_file,
    read_bank_file,
    return_surplus,
)
from laurels.payments.models import BankFile, Order, Receipt
from laurels.payments.queries import balances, bank_page
from laurels.payments.rules.statements import minor_of, read_statement
from laurels.payments.tests.test_money import books, place

TITLES = '"Buchungstag";"Wertstellung";"Buchungstext";"Auftraggeber / Begünstigter";"Verwendungszweck";"Kontonummer"'
GERMAN = """"Kontonummer:";"DE89370400440532013000 / Girokonto"
""
{titles};"Betrag (EUR)"
{lines}
"""
ENGLISH = "Date,Description,Paid in,Paid out,Balance\n{lines}\n"
FRENCH = "Date opération;Libellé;Débit;Crédit;Devise\n{lines}\n"
CAMT = "BookgDt,Amt,Ccy,CdtDbtInd,Dbtr Nm,Ustrd,AcctSvcrRef\n{lines}\n"


def german(*lines, encoding="cp1252"):
    rows = "\n".join(
        f'"{day}";"{day}";"Überweisung";"{name}";"{text}";"";"{amount}"' for day, name, text, amount in lines
    )
    return GERMAN.format(titles=TITLES, lines=rows).encode(encoding)


def read(content):
    return [
        (line.on, line.minor, line.currency, line.name, line.text) for line in read_statement(content, currency="EUR")
    ]


@pytest.fixture
def order(world):
    return place(world, 119_000)


def bring(world, content):
    return read_bank_file(world.harbour, "list.csv", content, by=world.sam.actor, now=world.noon)


def kinds(world, bank_file):
    return [match.kind for match in bank_page(bank_file, by=world.sam.actor).matches]


def confirm(world, bank_file, *, also=None):
    """The lines the page has ticked."""
    page = bank_page(bank_file, by=world.sam.actor)
    chosen = {match.line.number: match.order for match in page.matches if match.is_ticked} | (also or {})
    return confirm_bank_file(bank_file, chosen, by=world.sam.actor, now=world.noon)


@pytest.mark.parametrize(
    ("written", "currency", "minor"),
    [
        ("1.190,00", "EUR", 119_000),
        ("1,190.00", "EUR", 119_000),
        ("1'190.00", "CHF", 119_000),
        ("1 190,00 €", "EUR", 119_000),
        ("1\u202f190,5", "EUR", 119_050),
        ("-1.190,00", "EUR", -119_000),
        ("1.190,00-", "EUR", -119_000),
        ("(1,190.00)", "USD", -119_000),
        ("−5", "EUR", -500),
        ("+5.00", "EUR", 500),
        ("1.190", "EUR", 119_000),
        ("1,190", "EUR", 119_000),
        ("1.234.567,89", "EUR", 123_456_789),
        ("EUR 12.3", "EUR", 1_230),
        ("1,190", "JPY", 1_190),
        ("1.234", "KWD", 1_234),
        (".50", "EUR", 50),
        ("", "EUR", None),
        ("abc", "EUR", None),
        ("1,19,0.00", "EUR", None),
        ("1e5", "EUR", None),
        ("0.5", "JPY", None),
        ("٣", "EUR", None),
    ],
)
def test_amounts_as_banks_write_them(written, currency, minor):
    assert minor_of(written, currency) == minor


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_german_list_with_a_preamble(encoding):
    content = german(
        ("02.03.2026", "Müller GmbH", "Rechnung 12", "1.190,00"),
        ("03.03.26", "Büro", "Miete", "-500,00"),
        encoding=encoding,
    )
    assert read(content) == [
        ("2026-03-02", 119_000, "EUR", "Müller GmbH", "Überweisung Rechnung 12"),
        ("2026-03-03", -50_000, "EUR", "Büro", "Überweisung Miete"),
    ]


def test_an_english_list_with_two_columns_and_a_balance():
    content = ENGLISH.format(
        lines='02/03/2026,"LOVELACE, ADA 4711","1,190.00",,"9,000.00"\n13/03/2026,RENT,,500.00,"8,500.00"'
    )
    assert read(content.encode()) == [
        ("2026-03-02", 119_000, "EUR", "", "LOVELACE, ADA 4711"),
        ("2026-03-13", -50_000, "EUR", "", "RENT"),
    ]


def test_american_days_are_known_by_a_month_that_is_none():
    content = ENGLISH.format(lines="03/02/2026,ONE,1.00,,\n03/13/2026,TWO,2.00,,").encode()
    assert [line[0] for line in read(content)] == ["2026-03-02", "2026-03-13"]


def test_a_french_list():
    content = FRENCH.format(lines="02/03/2026;VIR ADA LOVELACE;;1 190,00;EUR\n03/03/2026;LOYER;-500,00;;EUR").encode(
        "cp1252"
    )
    assert [(line[0], line[1]) for line in read(content)] == [("2026-03-02", 119_000), ("2026-03-03", -50_000)]


def test_a_list_with_the_names_of_camt():
    lines = "2026-03-02,1190.00,EUR,CRDT,Ada,Invoice 12,X1\n2026-03-03,500.00,EUR,DBIT,Rent,March,X2"
    assert [line[1:4] for line in read(CAMT.format(lines=lines).encode())] == [
        (119_000, "EUR", "Ada"),
        (-50_000, "EUR", "Rent"),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\0\0", b"hello", b"a;b;c\n1;2;3\n", b"%PDF-1.7 \x00\x01\x02", b"PK\x03\x04broken"]
)
def test_what_is_no_list_is_refused(world, content):
    with pytest.raises(Refused):
        bring(world, content)
    assert BankFile.objects.count() == 0


def as_people_write(order):
    reference = order.reference
    return [
        reference,
        reference.lower(),
        reference.replace("-", ""),
        reference.replace("-", " "),
        " ".join(reference.replace("-", "")),
        f"Invoice {reference[:8]} {reference[8:]} thank you",
        reference.replace("0", "O").replace("1", "l"),
        f"SVWZ+{reference}KREF+NONREF",
    ]


def test_a_reference_is_found_however_it_is_written(world, order):
    lines = [("02.03.2026", "A", text, "1,00") for text in as_people_write(order)]
    matches = bank_page(bring(world, german(*lines)), by=world.sam.actor).matches
    assert [match.order for match in matches] == [order] * len(lines)


def test_each_line_says_what_it_is(world, order):
    little, much, cancelled = (place(world, 10_000) for _each in range(3))
    cancel_order(cancelled, by=world.ada.actor, now=world.noon)
    content = german(
        ("02.03.2026", "Ada", order.reference, "1.190,00"),
        ("02.03.2026", "Ada", little.reference, "40,00"),
        ("02.03.2026", "Ada", much.reference, "140,00"),
        ("02.03.2026", "Ada", cancelled.reference, "100,00"),
        ("02.03.2026", "Ada", order.reference, "1.190,01"),
        ("02.03.2026", "Somebody", "Thanks", "7,00"),
        ("02.03.2026", "Rent", "March", "-7,00"),
        ("02.03.2026", "Odd", "sum", "sieben"),
        ("02.03.2026", "Two", f"{order.reference} {little.reference}", "1.290,00"),
    )
    bank_file = bring(world, content)

    assert kinds(world, bank_file) == [
        *("exact", "too-little", "too-much", "cancelled", "paid", "unknown", "outgoing", "unreadable", "unknown"),
    ]
    assert Receipt.objects.count() == 0


def test_an_unknown_line_is_suggested_those_who_owe_it_its_buyer_first(world):
    first = place(world, 10_000)
    second = place(world, 10_000, bill_to={"company": "Analytical Engines"})
    bank_file = bring(world, german(("02.03.2026", "ANALYTICAL ENGINES LTD", "Thanks", "100,00")))

    [match] = bank_page(bank_file, by=world.sam.actor).matches

    assert match.suggested == [second, first]
    confirm_bank_file(bank_file, {match.line.number: second}, by=world.sam.actor, now=world.noon)
    assert [Order.objects.get(pk=order.pk).is_paid for order in (first, second)] == [False, True]


def test_the_same_and_an_overlapping_list_count_once(world, order):
    other = place(world, 5_000)
    one, two = ("02.03.2026", "Ada", order.reference, "1.190,00"), ("03.03.2026", "Ada", other.reference, "50,00")
    confirm(world, bring(world, german(one)))

    again = bring(world, german(one, two))

    assert kinds(world, again) == ["seen", "exact"]
    confirm(world, again)
    # Even whoever insists on a line that is known writes nothing twice.
    everything = {line["number"]: order for line in again.lines}
    confirm_bank_file(bring(world, german(one, two)), everything, by=world.sam.actor, now=world.noon)
    assert sorted(Receipt.objects.values_list("amount_minor", flat=True)) == [5_000, 119_000]


def test_two_equal_lines_are_two_payments_and_stay_two(world):
    order = place(world, 10_000)
    half = ("02.03.2026", "Ada", order.reference, "50,00")
    confirm(world, bring(world, german(half)))
    assert Order.objects.get(pk=order.pk).received_minor == 5_000

    second = bring(world, german(half, half))
    assert kinds(world, second) == ["seen", "exact"]
    confirm(world, second)
    assert kinds(world, bring(world, german(half, half))) == ["seen", "seen"]
    assert (Receipt.objects.count(), Order.objects.get(pk=order.pk).is_paid) == (2, True)


def test_two_lines_for_one_order_in_one_list(world, order):
    full = ("02.03.2026", "Ada", order.reference, "1.190,00")
    bank_file = bring(world, german(full, full))
    assert kinds(world, bank_file) == ["exact", "paid"]


def test_confirming_twice_gives_the_same_and_a_confirmed_list_stays(world, order):
    bank_file = bring(world, german(("02.03.2026", "Ada", order.reference, "1.190,00")))
    first, again = confirm(world, bank_file), confirm(world, bank_file)
    assert (first, len(first)) == (again, 1)
    discard_bank_file(bank_file, by=world.sam.actor)
    assert BankFile.objects.count() == 1


def test_a_list_that_is_thrown_away_leaves_nothing(world, order):
    discard_bank_file(bring(world, german(("02.03.2026", "Ada", order.reference, "1.190,00"))), by=world.sam.actor)
    assert (BankFile.objects.count(), Receipt.objects.count()) == (0, 0)


def test_nobody_else_brings_or_confirms(world, order):
    content = german(("02.03.2026", "Ada", order.reference, "1.190,00"))
    with pytest.raises(Refused, match="Only the seller's staff"):
        read_bank_file(world.harbour, "list.csv", content, by=world.mallory.actor, now=world.noon)
    bank_file = bring(world, content)
    with pytest.raises(Refused, match="Only the seller's staff"):
        confirm_bank_file(bank_file, {}, by=world.mallory.actor, now=world.noon)


def test_an_order_of_another_seller_is_never_paid_by_it(world, order):
    elsewhere = bring(world, german(("02.03.2026", "Ada", "no reference", "1.190,00")))
    elsewhere.seller = world.maple
    elsewhere.save()
    number = elsewhere.lines[0]["number"]
    confirm_bank_file(elsewhere, {number: order}, by=world.mallory.actor, now=world.noon)
    assert Receipt.objects.count() == 0


def test_money_without_an_order_finds_it_later(world, order):
    bank_file = bring(world, german(("02.03.2026", "Ada", "Thanks", "1.200,00")))
    [receipt] = confirm(world, bank_file, also={bank_file.lines[0]["number"]: None})
    assert (receipt.order, receipt.surplus_minor, receipt.transfer.name) == (None, 120_000, "Ada")

    moved = assign_surplus(receipt, order, by=world.sam.actor, now=world.noon)
    assert assign_surplus(receipt, order, by=world.sam.actor, now=world.noon) == moved

    order.refresh_from_db()
    assert (order.is_paid, moved.surplus_minor, moved.why_surplus) == (True, 1_000, "too-much")
    assert books(order) == {"bank": 120_000, "revenue": -100_000, "tax": -19_000, "surplus": -1_000}
    assert balances(world.harbour)["bank", "EUR"] == 120_000


def test_money_for_a_cancelled_order_may_be_for_another(world, order):
    cancel_order(order, by=world.ada.actor, now=world.noon)
    other = place(world, 119_000)
    bank_file = bring(world, german(("02.03.2026", "Ada", order.reference, "1.190,00")))
    [receipt] = confirm(world, bank_file, also={bank_file.lines[0]["number"]: order})

    assign_surplus(receipt, other, by=world.sam.actor, now=world.noon)

    assert (books(order), books(other)) == ({}, {"bank": 119_000, "revenue": -100_000, "tax": -19_000})


def test_what_is_on_its_way_back_or_partly_used_is_not_given_to_another(world, order):
    other = place(world, 5_000)
    lines = [("02.03.2026", "Ada", "?", "50,00"), ("02.03.2026", "Ada", order.reference, "1.240,00")]
    bank_file = bring(world, german(*lines))
    gone, partly = confirm(world, bank_file, also={bank_file.lines[0]["number"]: None})
    return_surplus(gone, "Nobody owed this", by=world.sam.actor, now=world.noon)

    with pytest.raises(Refused, match="on its way back"):
        assign_surplus(gone, other, by=world.sam.actor, now=world.noon)
    with pytest.raises(Refused, match="A part of this money"):
        assign_surplus(partly, other, by=world.sam.actor, now=world.noon)
    with pytest.raises(Refused, match="Only the seller's staff"):
        assign_surplus(partly, other, by=world.mallory.actor, now=world.noon)


def test_from_the_upload_to_the_paid_order_by_the_pages(world, client, order):
    client.force_login(world.sam)
    content = german(("02.03.2026", "Ada <b>", order.reference, "1.190,00"), ("02.03.2026", "Rent", "March", "-7,00"))
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post("/organisations/harbour/bank", {"file": SimpleUploadedFile("list.csv", content)})
    assert answer.status_code == 303
    page = client.get(answer["Location"]).content.decode()
    assert ("Exactly what is owed" in page, "Went out" in page, "Ada &lt;b&gt;" in page) == (True, True, True)
    assert Receipt.objects.count() == 0

    number = BankFile.objects.get().lines[0]["number"]
    client.post(f"{answer['Location']}/confirmation", {f"line-{number}": order.public_id, "line-x": "surplus"})

    assert Order.objects.get(pk=order.pk).is_paid
    assert "This list is written down." in client.get(answer["Location"]).content.decode()


def test_a_file_that_is_no_list_comes_back_with_a_sentence(world, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(world.sam)
    answer = client.post("/organisations/harbour/bank", {"file": SimpleUploadedFile("list.csv", b"a;b\n1;2\n")})
    assert (answer.status_code, "No column for the day and the amount" in answer.content.decode()) == (422, True)


def test_surplus_is_given_to_an_order_or_sent_back_by_the_pages(world, client, order):
    lines = [("02.03.2026", "Ada", "Thanks", "1.190,00"), ("02.03.2026", "Eve", "?", "7,00")]
    bank_file = bring(world, german(*lines))
    first, second = confirm(world, bank_file, also={line["number"]: None for line in bank_file.lines})
    client.force_login(world.sam)
    assert "no order" not in client.get("/organisations/harbour/surplus").content.decode()

    client.post(f"/organisations/harbour/surplus/{first.pk}/order", {"order": order.reference.lower()})
    client.post(f"/organisations/harbour/surplus/{second.pk}/refund")

    assert Order.objects.get(pk=order.pk).is_paid
    assert second.refunds.get().minor == 700
    assert "Every payment has its order" in client.get("/organisations/harbour/surplus").content.decode()


@pytest.mark.parametrize("somebody", ["mallory", "ada", "tess"])
def test_for_others_there_is_no_bank(world, client, order, somebody):
    bank_file = bring(world, german(("02.03.2026", "Ada", order.reference, "1.190,00")))
    client.force_login(getattr(world, somebody))
    for address in ("bank", f"bank/{bank_file.public_id}", "surplus"):
        assert client.get(f"/organisations/harbour/{address}").status_code == 404
    for address in (f"bank/{bank_file.public_id}/confirmation", f"bank/{bank_file.public_id}/removal"):
        assert client.post(f"/organisations/harbour/{address}").status_code == 404
        assert client.post(f"/organisations/maple-tide/{address}").status_code == 404
    assert (BankFile.objects.count(), Receipt.objects.count()) == (1, 0)


def test_three_lines_cost_no_more_queries_than_one(world, client):
    orders = [place(world, 1_000 + number) for number in range(4)]
    lines = [("02.03.2026", "Ada", order.reference, "10,00") for order in orders]
    lines[3:] = [("02.03.2026", "Eve", "?", "10,03")]
    client.force_login(world.sam)

    def cost(*some):
        address = f"/organisations/harbour/bank/{bring(world, german(*some)).public_id}"
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    assert cost(lines[0], lines[3]) == cost(*lines)
