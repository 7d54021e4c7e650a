"""A bank's list: read and shown, then written down; and what becomes of money nobody owed."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import require
from laurels.payments import facts, queries, rules
from laurels.payments.actions.books import post
from laurels.payments.actions.receipts import book_receipt, receive, settle_if_covered
from laurels.payments.models import Account, BankFile, Order, Receipt, ReturnAccount, Transfer
from laurels.payments.models.orders import Way
from laurels.payments.rules import BankLine
from laurels.people.models import Organisation


@transaction.atomic
def read_bank_file(seller: Organisation, file_name: str, content: bytes, *, by: Actor, now: datetime) -> BankFile:
    """Read a bank's CSV or XLSX and keep what was understood; no money is written down yet. Raises Refused."""
    require(rules.why_not_read_bank(seller, by=by))
    lines = rules.read_statement(content, currency=queries.usual_currency(seller))
    return BankFile.objects.create(
        seller=seller, file_name=file_name[:200], lines=[asdict(line) for line in lines], uploaded_at=now
    )


@transaction.atomic
def confirm_bank_file(
    bank_file: BankFile, chosen: Mapping[int, Order | None], *, by: Actor, now: datetime
) -> list[Receipt]:
    """Write down the chosen lines by number, each for an order or for none; confirming again gives the same receipts.

    A line that came with another list already is not written down a second time. Raises Refused.
    """
    bank_file = BankFile.objects.lock(bank_file.pk)
    require(rules.why_not_read_bank(bank_file.seller, by=by))
    if bank_file.confirmed_at is None:
        lines = [BankLine(**line) for line in bank_file.lines]
        wanted = [(line, chosen[line.number]) for line in lines if line.number in chosen]
        # In the order of the orders' keys, so that two lists confirmed at once lock in the same order.
        for line, order in sorted(wanted, key=lambda pair: (pair[1].pk if pair[1] else 0, pair[0].number)):
            _write_down(bank_file, line, order, by=by, now=now)
        bank_file.confirmed_at, bank_file.confirmed_by_id = now, by.person_id
        bank_file.save(update_fields=["confirmed_at", "confirmed_by"])
        fact = facts.BankFileConfirmed(bank_file.seller_id, bank_file.pk, len(wanted))
        record(bank_file.seller.topic, fact, by=by, at=now)
    return queries.receipts_of(bank_file)


@transaction.atomic
def discard_bank_file(bank_file: BankFile, *, by: Actor) -> None:
    """Forget a list that was not confirmed; a confirmed one stays. Asking twice is no harm. Raises Refused."""
    present = BankFile.objects.select_for_update().filter(pk=bank_file.pk, confirmed_at=None).first()
    if present is None:
        return
    require(rules.why_not_read_bank(present.seller, by=by))
    present.delete()


@transaction.atomic
def assign_surplus(receipt: Receipt, order: Order, *, by: Actor, now: datetime) -> Receipt:
    """Money that nobody had owed was for ``order``; saying so twice changes nothing. Raises Refused."""
    order = Order.objects.lock(order.pk)
    receipt = Receipt.objects.select_for_update().get(pk=receipt.pk)
    if receipt.order_id == order.pk and receipt.surplus_minor < receipt.amount_minor:
        return receipt
    require(rules.why_not_assign(receipt, order, by=by))
    # Taken out of the books where it stood, and received anew: each order's books are as if it had come so at once.
    reference = f"reassigned:{receipt.pk}:{receipt.order_id or 0}:{order.pk}"
    legs = [(Account.SURPLUS, Account.BANK, receipt.amount_minor)]
    post(receipt.seller, "reassigned", reference, legs, currency=receipt.currency, order=receipt.order, at=now)
    used = min(order.owed.minor, receipt.amount_minor)
    receipt.order, receipt.surplus_minor = order, receipt.amount_minor - used
    receipt.why_surplus = "too-much" if receipt.surplus_minor else ""
    receipt.save(update_fields=["order", "surplus_minor", "why_surplus"])
    book_receipt(receipt, f"assigned:{receipt.pk}:{order.pk}", by=by, now=now)
    order.received_minor += used
    order.save(update_fields=["received_minor"])
    record(order.topic, facts.ReceiptAssigned(order.pk, receipt.pk), by=by, at=now)
    settle_if_covered(order, way=receipt.way, by=by, now=now)
    return receipt


@transaction.atomic
def give_return_account(
    order: Order, *, holder: str, iban: str, bic: str = "", by: Actor, now: datetime
) -> ReturnAccount:
    """Say where money of the order goes back to; the newest word counts. Raises Refused."""
    order = Order.objects.lock(order.pk)
    require(rules.why_not_give_account(order, holder, iban, by=by))
    values = {"holder": " ".join(holder.split())[:120], "iban": rules.plain_iban(iban), "bic": bic.strip().upper()[:11]}
    given, is_new = ReturnAccount.objects.get_or_create(order=order, defaults=values | {"given_at": now})
    if is_new or any(getattr(given, name) != value for name, value in values.items()):
        ReturnAccount.objects.filter(pk=given.pk).update(**values, given_at=now)
        record(order.topic, facts.ReturnAccountGiven(order.pk), by=by, at=now)
    return ReturnAccount.objects.get(pk=given.pk)


def _write_down(bank_file: BankFile, line: BankLine, order: Order | None, *, by: Actor, now: datetime) -> None:
    seller = bank_file.seller
    if line.problem or line.minor <= 0 or (order and order.seller_id != seller.pk):
        return
    money = Money(line.minor, line.currency)
    receipt = receive(
        seller, money, order=order, way=Way.TRANSFER, reference=line.reference, note=line.text[:250], by=by, now=now
    )
    Transfer.objects.get_or_create(
        receipt=receipt,
        defaults={
            "bank_file": bank_file,
            "on": date.fromisoformat(line.on),
            "name": line.name,
            "iban": line.iban,
            "text": line.text,
        },
    )
