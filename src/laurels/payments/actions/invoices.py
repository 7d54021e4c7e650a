"""Papers: an invoice when money is owed or has come, a credit note when some of it is not owed any more."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.money import part_of
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.payments import facts, rules
from laurels.payments.actions.billing import lock_billing
from laurels.payments.actions.books import post
from laurels.payments.models import Account, Billing, Credit, Invoice, Order, OrderLine


def bill(order: Order, *, by: Actor, now: datetime) -> Invoice:
    """The order's invoice, issued on first asking in the caller's transaction; from then on the books know it."""
    if found := order.invoices.filter(kind=Invoice.Kind.INVOICE).order_by("-version").first():
        return found
    invoice = bill_first(order, order.lines.order_by("position"), now=now)
    record(order.topic, facts.InvoiceIssued(order.pk, invoice.pk), by=by, at=now)
    upto = 0
    for earlier in order.credits.order_by("pk"):
        # What was taken off before there was a paper: the books and the buyer hear of it now.
        upto += earlier.minor
        write_credit_note(earlier, upto=upto, by=by, now=now)
    return invoice


def bill_first(order: Order, lines: Iterable[OrderLine], *, now: datetime) -> Invoice:
    """The invoice of an order that has none, and its event in the books; the caller records it."""
    invoice = _issue(order, Invoice.Kind.INVOICE, _what_was_ordered(order, lines), now=now)
    legs = [
        (Account.RECEIVABLE, Account.REVENUE, order.amount_minor - order.tax_minor),
        (Account.RECEIVABLE, Account.TAX, order.tax_minor),
    ]
    _post(order, "invoiced", f"invoice:{order.public_id}", legs, now)
    return invoice


def write_credit_note(credit: Credit, *, upto: int, by: Actor, now: datetime) -> Invoice:
    """The paper of a credit, in the caller's transaction; ``upto`` is what all credits up to this one come to."""
    order = credit.order
    tax = tax_in(order, upto) - tax_in(order, upto - credit.minor)
    first = order.invoices.filter(kind=Invoice.Kind.INVOICE).in_order().first()
    content = {
        "lines": [{"words": credit.reason, "quantity": 1, "minor": credit.minor}],
        "net": credit.minor - tax,
        "tax": tax,
        "gross": credit.minor,
        "about": first.number if first else "",
    }
    note = _issue(order, Invoice.Kind.CREDIT_NOTE, content, now=now)
    record(order.topic, facts.InvoiceIssued(order.pk, note.pk), by=by, at=now)
    legs = [(Account.REVENUE, Account.RECEIVABLE, credit.minor - tax), (Account.TAX, Account.RECEIVABLE, tax)]
    _post(order, "credited", f"credit:{credit.public_id}", legs, now)
    return note


def tax_in(order: Order, minor: int) -> int:
    """How much of ``minor`` of the order is tax; sums of parts come out as the whole's when taken as differences."""
    return part_of(minor, order.tax_minor, order.amount_minor)


@transaction.atomic
def change_bill_to(order: Order, bill_to: Mapping[str, str], *, by: Actor, now: datetime) -> Order:
    """Who the paper is for. An invoice that exists gets a new version under its number. Raises Refused."""
    order = Order.objects.lock(order.pk)
    kept = {name: bill_to.get(name, "").strip() for name in rules.BILL_TO}
    if order.bill_to == kept:
        return order
    require(rules.why_not_change_bill_to(order, lock_billing(order.seller), kept, by=by))
    order.bill_to = kept
    order.save(update_fields=["bill_to"])
    if latest := order.invoices.filter(kind=Invoice.Kind.INVOICE).order_by("-version").first():
        _write_again(latest, order, by=by, now=now)
    return order


def _what_was_ordered(order: Order, lines: Iterable[OrderLine]) -> dict[str, Any]:
    return {
        "lines": [{"words": line.words, "quantity": line.quantity, "minor": line.minor} for line in lines],
        "net": order.amount_minor - order.tax_minor,
        "tax": order.tax_minor,
        "gross": order.amount_minor,
        "due_on": order.due_on.isoformat(),
    }


def _issue(order: Order, kind: Invoice.Kind, content: dict[str, Any], *, now: datetime) -> Invoice:
    # In the same transaction as the paper: whatever undoes the one undoes the other, so no number is ever missing.
    billing, sequence = Billing.objects.take_number(order.seller)
    return Invoice.objects.create(
        seller=order.seller,
        order=order,
        kind=kind,
        sequence=sequence,
        number=f"{billing.prefix}{sequence:05d}",
        content=content | _heads(order, billing),
        issued_on=day_in(order.seller.zone, now),
        issued_at=now,
    )


def _write_again(latest: Invoice, order: Order, *, by: Actor, now: datetime) -> Invoice:
    invoice = Invoice.objects.create(
        seller=latest.seller,
        order=order,
        kind=latest.kind,
        sequence=latest.sequence,
        number=latest.number,
        version=latest.version + 1,
        content=latest.content | {"bill_to": order.bill_to},
        issued_on=day_in(order.seller.zone, now),
        issued_at=now,
    )
    record(order.topic, facts.InvoiceIssued(order.pk, invoice.pk), by=by, at=now)
    record(order.topic, facts.InvoiceReplaced(order.pk, invoice.pk), by=by, at=now)
    return invoice


def _heads(order: Order, billing: Billing) -> dict[str, Any]:
    """What stands around the lines: who sells, who buys, by which words and references. Kept as it was that day."""
    seller = order.seller
    names = ("country", "tax_id", "tax_name", "bank", "iban", "bic")
    return {
        "seller": {name: getattr(billing, name) for name in names}
        | {
            "name": billing.legal_name or seller.name,
            "address": billing.address or seller.postal_address,
            "email": seller.email,
        },
        "bill_to": order.bill_to or {"name": str(order.buyer)},
        "currency": order.currency,
        "tax_words": order.tax_words,
        "reference": order.reference,
        "description": order.description,
    }


def _post(order: Order, kind: str, reference: str, legs: list[tuple[Account, Account, int]], now: datetime) -> None:
    post(order.seller, kind, reference, legs, currency=order.currency, order=order, at=now, is_first=True)
