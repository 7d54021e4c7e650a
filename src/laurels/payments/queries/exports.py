"""Tables for whoever keeps the accounts: orders, papers, and the books, of some days."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from laurels.kernel.money import MINOR_DIGITS
from laurels.kernel.periods import day_in
from laurels.kernel.tables import formula_safe
from laurels.payments.models import Invoice, Leg, Order
from laurels.payments.queries.periods import days_between
from laurels.people.models import Organisation

type Cell = str | int | date | Decimal | None
type Table = Iterator[list[Cell]]
CHUNK = 500


def export(seller: Organisation, what: str, first: date, final: date) -> Table:
    """Headings and rows of ``what`` in ``TABLES``, from ``first`` to the end of ``final`` where the seller is."""
    return TABLES[what](seller, first, final)


def as_csv(rows: Table) -> bytes:
    """For spreadsheets too: marked as UTF-8, and no text is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Table) -> bytes:
    """Amounts are numbers, days are days, text is text and nothing is a formula."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([_as_typed(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def orders_table(seller: Organisation, first: date, final: date) -> Table:
    yield [
        *("reference", "ordered on", "buyer", "company", "e-mail", "tax id", "for", "way", "currency", "net", "tax"),
        *("total", "credited", "received", "refunded", "owed", "due on", "paid on", "cancelled on"),
    ]
    since, until = days_between(seller, first, final)
    placed = Order.objects.of_seller(seller).filter(placed_at__gte=since, placed_at__lt=until)
    loaded = placed.select_related("buyer", "payment").prefetch_related("buyer__addresses").order_by("placed_at", "pk")
    for order in loaded.iterator(CHUNK):
        to = order.bill_to
        minors = (order.net, order.tax, order.amount)
        later = (order.credited_minor, order.received_minor, order.refunded_minor, order.owed.minor)
        yield [
            order.reference,
            day_in(seller.zone, order.placed_at),
            to.get("name") or str(order.buyer),
            to.get("company", ""),
            to.get("email") or order.buyer.email,
            to.get("tax_id", ""),
            order.description,
            order.way,
            order.currency,
            *(amount(money.minor, order.currency) for money in minors),
            *(amount(minor, order.currency) for minor in later),
            order.due_on,
            day_in(seller.zone, order.payment.received_at) if order.is_paid else None,
            day_in(seller.zone, order.cancelled_at) if order.cancelled_at else None,
        ]


def invoices_table(seller: Organisation, first: date, final: date) -> Table:
    yield [
        *("number", "version", "kind", "issued on", "about", "reference", "buyer", "company", "country", "tax id"),
        *("order number", "currency", "net", "tax", "total", "tax words"),
    ]
    issued = Invoice.objects.of_seller(seller).filter(issued_on__gte=first, issued_on__lte=final).in_order()
    for paper in issued.iterator(CHUNK):
        content, to = paper.content, paper.content["bill_to"]
        sign = -1 if paper.is_note else 1
        yield [
            paper.number,
            paper.version,
            paper.kind,
            paper.issued_on,
            content.get("about", ""),
            content["reference"],
            *(to.get(name, "") for name in ("name", "company", "country", "tax_id", "purchase_number")),
            content["currency"],
            *(amount(sign * content[name], content["currency"]) for name in ("net", "tax", "gross")),
            content["tax_words"],
        ]


def books_table(seller: Organisation, first: date, final: date) -> Table:
    yield ["day", "event", "what", "reference", "order", "debit", "credit", "amount", "currency"]
    since, until = days_between(seller, first, final)
    legs = Leg.objects.filter(event__seller=seller, event__at__gte=since, event__at__lt=until)
    for leg in legs.select_related("event__order").order_by("event__at", "event_id", "pk").iterator(CHUNK):
        event = leg.event
        yield [
            day_in(seller.zone, event.at),
            event.pk,
            event.kind,
            event.reference,
            event.order.reference if event.order else "",
            leg.debit,
            leg.credit,
            amount(leg.minor, event.currency),
            event.currency,
        ]


def amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-MINOR_DIGITS.get(currency, 2))


TABLES = {"orders": orders_table, "invoices": invoices_table, "books": books_table}


def _safe(cell: Cell) -> str:
    """Only what people wrote can be a formula: figures and days are ours."""
    if isinstance(cell, str):
        return formula_safe([cell])[0]
    return "" if cell is None else str(cell)


def _as_typed(sheet: Any, cell: Cell) -> object:
    if not isinstance(cell, str):
        return cell
    text = WriteOnlyCell(
        sheet, value="".join(letter for letter in formula_safe([cell])[0] if letter.isprintable() or letter in "\t\n")
    )
    text.data_type = "s"
    return text
