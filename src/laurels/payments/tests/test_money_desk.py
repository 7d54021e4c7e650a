"""The money desk: figures that lead to their lists, reminders, refunds to send, and tables for the accountant."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.payments.actions import (
    credit,
    give_return_account,
    mark_paid,
    receive,
    remind_all_of_payment,
    remind_of_payment,
)
from laurels.payments.models import Order, PaymentReminder, Refund
from laurels.payments.queries import as_csv, as_xlsx, export, money_desk, transfers_to_send
from laurels.payments.rules import Line, due_reminder
from laurels.payments.tests.test_money import come, euros, place
from laurels.payments.tests.test_papers import IBAN

DAY = timedelta(days=1)


@pytest.fixture
def now(world):
    """Sixty-two days after what was ordered in the morning has fallen due."""
    return world.morning + timedelta(days=14 + 62)


def placed_late(world, minor, days, now, **more):
    """An order that is ``days`` overdue."""
    return place(world, minor, due_on=now.date() - timedelta(days=days), **more)


def figures(world, now):
    desk = money_desk(world.harbour, now=now)
    return {
        figure.key: (figure.count, [money.minor for money in figure.sums]) for figure in (*desk.figures, *desk.ages)
    }


def test_what_is_owed_stands_by_its_age(world, now):
    for days in (0, 1, 14, 15, 30, 31, 60, 61):
        placed_late(world, 1_000 + days, days, now)
    assert figures(world, now) == {
        "outstanding": (8, [8_212]),
        "paid": (0, []),
        "refunds": (0, []),
        "surplus": (0, []),
        "disputed": (0, []),
        "0-14": (2, [2_015]),
        "15-30": (2, [2_045]),
        "31-60": (2, [2_091]),
        "60+": (1, [1_061]),
    }


def test_what_came_what_must_go_back_and_what_nobody_owed(world, now):
    paid, part = place(world, 11_900), place(world, 5_000)
    mark_paid(paid, by=world.sam.actor, now=now)
    come(part, 1_000, "part", way="transfer")
    credit(paid, euros(1_900), "less", by=world.sam.actor, now=now)
    receive(world.harbour, euros(700), order=None, way="transfer", reference="x", by=world.sam.actor, now=now)

    found = figures(world, now)

    assert {key: found[key] for key in ("outstanding", "paid", "refunds", "surplus")} == {
        "outstanding": (1, [4_000]),
        "paid": (1, [11_900]),
        "refunds": (1, [1_900]),
        "surplus": (1, [700]),
    }


def test_each_figure_leads_to_a_list_with_as_many_rows(world, client, monkeypatch, now):
    for days in (1, 20, 40, 70):
        placed_late(world, 1_000, days, now)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    client.force_login(world.sam)
    desk = money_desk(world.harbour, now=now)

    for figure in (desk.figures[0], *desk.ages):
        page = client.get(f"/organisations/harbour/orders?{figure.query}").content.decode()
        assert page.count('<tr id="order-') == figure.count, figure


def test_orders_are_found_by_reference_name_company_and_address(world, client):
    wanted = place(world, 1_000, bill_to={"company": "Analytical Engines", "purchase_number": "PO-4711"})
    place(world, 2_000)
    client.force_login(world.sam)
    texts = [wanted.reference, wanted.reference.lower().replace("-", ""), "analytical", "po-47"]
    for text, count in [
        *((text, 1) for text in texts),
        ("lovelace", 2),
        ("ada@people", 2),
        ("nobody", 0),
        ("%_'", 0),
    ]:
        page = client.get("/organisations/harbour/orders", {"show": "all", "q": text}).content.decode()
        assert page.count('<tr id="order-') == count, text


@pytest.mark.parametrize("show", ["due", "overdue", "paying", "paid", "cancelled", "all", "nonsense"])
def test_every_list_goes_on_over_pages_without_loss(world, client, monkeypatch, show):
    monkeypatch.setattr("laurels.payments.queries.orders.PAGE", 2)
    for number in range(5):
        order = place(world, 1_000 + number, way="card" if show == "paying" else "transfer", held_until=world.noon)
        if show == "paid":
            mark_paid(order, by=world.sam.actor, now=world.noon)
        if show == "cancelled":
            credit(order, order.amount, "less", by=world.sam.actor, now=world.noon)
    client.force_login(world.sam)
    seen, query = [], f"show={show}"
    while query:
        page = client.get(f"/organisations/harbour/orders?{query}").context["page"]
        seen += [row.order.amount_minor for row in page.rows]
        query = page.next_query
    assert sorted(seen) == [1_000, 1_001, 1_002, 1_003, 1_004]


@pytest.mark.parametrize(
    ("late", "sent", "step"),
    [
        (0, [], None), (1, [], 1), (7, [], 1), (7, [1], None), (8, [1], 8), (9, [], 8), (9, [8], None),
        (15, [1, 8], 15),
        (400, [], 15), (400, [15], None), (20, [1, 8, 15], None),
    ],
)  # fmt: skip
def test_whose_turn_it_is_to_be_reminded(late, sent, step):
    assert due_reminder(date(2026, 3, 1), date(2026, 3, 1) + timedelta(days=late), sent) == step


def test_each_reminder_is_written_once_and_none_when_it_is_paid(world):
    order, paid = place(world, 119_000), place(world, 5_000)
    card = place(world, 7_000, way="card", held_until=world.noon)
    mark_paid(paid, by=world.sam.actor, now=world.morning)
    for days in range(14 + 20):
        for _twice in range(2):
            remind_all_of_payment(by=world.sam.actor, now=world.morning + days * DAY)

    letters = Letter.objects.filter(key="payment-reminder")
    assert list(PaymentReminder.objects.order_by("pk").values_list("order", "days")) == [
        (order.pk, 1),
        (order.pk, 8),
        (order.pk, 15),
    ]
    assert [letter.to for letter in letters] == ["ada@people.example"] * 3
    text = letters[0].text
    assert all(
        words in text for words in ("1\u2009190.00", order.reference, "16 March 2026", f"/orders/{order.public_id}")
    )
    assert (paid.payment_reminders.count(), card.payment_reminders.count()) == (0, 0)


def test_only_what_is_left_is_asked_for_at_the_address_for_bills(world):
    order = place(world, 119_000, bill_to={"email": "bills@engines.example", "name": "Accounts"})
    come(order, 19_000, "part", way="transfer")
    remind_of_payment(order, by=world.sam.actor, now=world.morning + 16 * DAY)
    letter = Letter.objects.get(key="payment-reminder")
    assert (letter.to, "1\u2009000.00" in letter.text, "Hello Accounts" in letter.text) == (
        "bills@engines.example",
        True,
        True,
    )


def refunded(world, **more):
    order = place(world, 11_900, **more)
    mark_paid(order, by=world.sam.actor, now=world.morning)
    credit(order, euros(1_900), "Came later", by=world.sam.actor, now=world.noon)
    return order


def test_the_buyer_says_where_the_money_goes_and_staff_send_it(world, client):
    order = refunded(world)
    client.force_login(world.ada)
    assert "Where your money goes back to" in client.get(f"/orders/{order.public_id}").content.decode()
    wrong = client.post(f"/orders/{order.public_id}/return-account", {"holder": "Ada", "iban": "DE12"})
    assert (wrong.status_code, "not an IBAN" in wrong.content.decode()) == (422, True)
    client.post(f"/orders/{order.public_id}/return-account", {"holder": "Ada Lovelace", "iban": IBAN.lower()})

    client.force_login(world.sam)
    page = client.get("/organisations/harbour/refunds").content.decode()
    assert (IBAN in page, "Ada Lovelace" in page) == (True, True)
    rows = list(csv.reader(io.StringIO(client.get("/organisations/harbour/refunds.csv").content.decode())))
    assert [row[:5] for row in rows] == [
        ["name", "iban", "bic", "amount", "currency"],
        ["Ada Lovelace", IBAN.replace(" ", ""), "", "19.00", "EUR"],
    ]
    refund = Refund.objects.get()
    for _twice in range(2):
        client.post(f"/organisations/harbour/refunds/{refund.public_id}/sending")
    refund.refresh_from_db()
    assert refund.state == "done"
    assert "Nothing is to be sent back" in client.get("/organisations/harbour/refunds").content.decode()


def test_money_without_an_account_is_not_in_the_list_for_the_bank(world):
    refunded(world)
    assert len(list(transfers_to_send(world.harbour))) == 1


@pytest.mark.parametrize("somebody", ["grace", "mallory", "bo"])
def test_nobody_else_says_where_money_goes(world, client, somebody):
    order = refunded(world)
    with pytest.raises(Refused, match="Only the buyer"):
        give_return_account(order, holder="Me", iban=IBAN, by=getattr(world, somebody).actor, now=world.noon)
    client.force_login(getattr(world, somebody))
    refund = Refund.objects.get()
    assert client.post(f"/orders/{order.public_id}/return-account", {"holder": "Me", "iban": IBAN}).status_code == 404
    for slug in ("harbour", "maple-tide"):
        assert client.post(f"/organisations/{slug}/refunds/{refund.public_id}/sending").status_code == 404
    assert Refund.objects.get().state == "asked"


FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "=cmd|' /C calc'!A0", "\n=1"]


def table(world, what, first=date(2026, 3, 1), final=date(2026, 3, 31)):
    return export(world.harbour, what, first, final)


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_that_people_write_becomes_a_formula(world, text):
    bill_to = {"company": text, "name": text, "purchase_number": text, "email": text}
    place(world, 119_000, bill_to=bill_to, lines=[Line(text, 119_000)])
    for what in ("orders", "invoices"):
        cells = [
            cell for row in csv.reader(io.StringIO(as_csv(table(world, what)).decode("utf-8-sig"))) for cell in row
        ]
        assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]
        sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(table(world, what)))).active
        typed = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in typed} <= {"s", "n", "d"}
        assert not [cell.value for cell in typed if str(cell.value).lstrip(" ").startswith(("=", "+", "@", "＝"))]


def test_the_tables_add_up_and_keep_to_their_days(world):
    order = place(world, 119_000)
    come(order, 119_000)
    credit(order, euros(59_500), "less", by=world.sam.actor, now=world.noon)

    orders, papers, books = (list(table(world, what)) for what in ("orders", "invoices", "books"))

    by_title = dict(zip(orders[0], orders[1], strict=True))
    assert [str(by_title[name]) for name in ("net", "tax", "total", "credited", "received", "refunded", "owed")] == [
        *("1000.00", "190.00", "1190.00", "595.00", "1190.00", "595.00", "0.00"),
    ]
    assert [[str(cell) for cell in row[-4:-1]] for row in papers[1:]] == [
        ["1000.00", "190.00", "1190.00"],
        ["-500.00", "-95.00", "-595.00"],
    ]
    assert {(row[5], row[6]) for row in books[1:]} == {
        ("receivable", "revenue"),
        ("receivable", "tax"),
        ("card", "receivable"),
        ("revenue", "receivable"),
        ("tax", "receivable"),
        ("receivable", "refunds"),
    }
    for what in ("orders", "invoices", "books"):
        assert len(list(table(world, what, date(2026, 4, 1), date(2026, 4, 30)))) == 1


def test_a_day_belongs_to_where_the_seller_is(world):
    late = world.morning.replace(month=2, day=28, hour=23, minute=30)
    place(world, 1_000)
    Order.objects.update(placed_at=late)
    assert len(list(table(world, "orders"))) == 2


def test_the_accountant_downloads_and_is_told_of_wrong_days(world, client):
    place(world, 119_000)
    client.force_login(world.sam)
    asked = {"what": "orders", "first": "2026-03-01", "final": "2026-03-31", "kind": "xlsx"}
    answer = client.get("/organisations/harbour/export", asked)
    assert answer["Content-Disposition"] == 'attachment; filename="harbour-orders-2026-03-01-2026-03-31.xlsx"'
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).active.max_row == 2
    for wrong in (
        {"final": "2026-02-01"},
        {"final": "2036-02-01"},
        {"what": "secrets"},
        {"first": "x"},
        {"kind": "exe"},
    ):
        assert client.get("/organisations/harbour/export", asked | wrong).status_code == 422


def test_the_books_are_a_page(world, client):
    order = place(world, 119_000)
    come(order, 119_000)
    client.force_login(world.sam)
    page = client.get("/organisations/harbour/books").content.decode()
    assert ("At the card service" in page, page.count(order.reference)) == (True, 3)
    assert client.get("/organisations/harbour/books?account=card").content.decode().count(order.reference) == 1
    assert client.get("/organisations/harbour/books?account=x&before=y").status_code == 200


@pytest.mark.parametrize("page", ["money", "books", "orders?show=all", "refunds", "surplus"])
def test_three_of_each_cost_no_more_queries_than_one(world, client, page):
    client.force_login(world.sam)

    def grow(name):
        refunded(world)
        receive(
            world.harbour, euros(700), order=None, way="transfer", reference=name, by=world.sam.actor, now=world.noon
        )

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/organisations/harbour/{page}").status_code == 200
        return len(captured)

    grow("one")
    cost()
    first = cost()
    grow("two")
    grow("three")
    assert cost() == first
    assert first <= 12


@pytest.mark.parametrize("somebody", ["mallory", "ada", "tess", "bo"])
@pytest.mark.parametrize("page", ["money", "books", "refunds", "refunds.csv", "surplus", "bank", "export?what=orders"])
def test_for_others_there_is_no_desk(world, client, somebody, page):
    assert world.harbour
    client.force_login(getattr(world, somebody))
    assert client.get(f"/organisations/harbour/{page}").status_code == 404
