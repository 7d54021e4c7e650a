"""``laurels fsck`` finds what came past every guard: each kind of row is tampered with behind the house's back."""

from contextlib import suppress

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from laurels.kernel.refusal import Refused
from laurels.payments.actions import assign_surplus, change_bill_to, credit, note_refund_done, receive, return_surplus
from laurels.payments.models import Invoice, Order, Receipt, Refund
from laurels.payments.queries.soundness import money_faults
from laurels.payments.tests.test_money import MOVES, books, come, euros, make, place
from laurels.web.soundness import PARTS

TABLES = ("order", "receipt", "credit", "refund", "invoice", "moneyevent", "leg", "payment", "billing")


@pytest.fixture
def eventful(world):
    """A seller to whom everything has happened: paid, partly, too much, credited, sent back, changed, by both ways."""
    paid, part, card, late = (place(world, minor) for minor in (119_000, 5_000, 7_777, 3_333))
    come(paid, 119_000, "pi_1")
    credit(paid, euros(59_501), "less", by=world.sam.actor, now=world.noon)
    note_refund_done(Refund.objects.get(), by=world.sam.actor, now=world.noon)
    come(part, 1_000, "bank 1", way="transfer")
    come(card, 9_999, "pi_2")
    credit(card, euros(777), "less", by=world.sam.actor, now=world.noon)
    change_bill_to(card, {"company": "Engines"}, by=world.ada.actor, now=world.noon)
    for name in ("a", "b"):
        receive(
            world.harbour, euros(500), order=None, way="transfer", reference=name, by=world.sam.actor, now=world.noon
        )
    assign_surplus(Receipt.objects.get(reference="a"), late, by=world.sam.actor, now=world.noon)
    return_surplus(Receipt.objects.get(reference="b"), "Nobody owed it", by=world.sam.actor, now=world.noon)
    return paid


def faults(world):
    return [str(fault) for fault in money_faults(world.harbour)]


def unguard(cursor):
    """No trigger, no check, no unique constraint and no foreign key holds these tables any more."""
    for name in TABLES:
        table = f"payments_{name}"
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA legacy_alter_table = ON")
            cursor.execute(f"CREATE TABLE {table}_bare AS SELECT * FROM {table}")
            cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_guarded")
            cursor.execute(f"ALTER TABLE {table}_bare RENAME TO {table}")
            cursor.execute("PRAGMA legacy_alter_table = OFF")
            continue
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        found = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'u', 'f')"
        cursor.execute(found, [table])
        for (constraint,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}" CASCADE')


def doubled(table, where):
    """One row a second time, under another key."""
    model = {"receipt": Receipt, "invoice": Invoice, "refund": Refund}.get(table)
    names = [f'"{field.column}"' for field in model._meta.concrete_fields if field.column not in ("id", "public_id")]
    own = ["id"] + (["public_id"] if any(field.column == "public_id" for field in model._meta.concrete_fields) else [])
    new = ["id + 1000", "'double'"][: len(own)]
    columns, values = ", ".join([*own, *names]), ", ".join([*new, *names])
    return f"INSERT INTO payments_{table} ({columns}) SELECT {values} FROM payments_{table} WHERE {where}"


TAMPERED = {
    "more received": (
        "UPDATE payments_order SET received_minor = 2000 WHERE received_minor = 1000",
        "says 2000 received",
    ),
    "less credited": ("UPDATE payments_order SET credited_minor = 700 WHERE credited_minor = 777", "its rows say 777"),
    "more refunded": (
        "UPDATE payments_order SET refunded_minor = 59502 WHERE refunded_minor = 59501",
        "its rows say 59501",
    ),
    "another amount": (
        "UPDATE payments_order SET amount_minor = 120000 WHERE amount_minor = 119000",
        "its order 120000",
    ),
    "another tax": ("UPDATE payments_order SET tax_minor = 1 WHERE amount_minor = 119000", "stand on “tax”"),
    "credited beyond": (
        "UPDATE payments_order SET credited_minor = 200000 WHERE amount_minor = 119000",
        "more is credited",
    ),
    "a receipt gone": ("DELETE FROM payments_receipt WHERE reference = 'pi_1'", "its rows say 0"),
    "a receipt changed": ("UPDATE payments_receipt SET amount_minor = 1 WHERE reference = 'bank 1'", "its rows say 1"),
    "a receipt renamed": (
        "UPDATE payments_receipt SET reference = 'pi_9' WHERE reference = 'pi_1'",
        "receipt card pi_9: is not in",
    ),
    "a receipt moved": (
        "UPDATE payments_receipt SET order_id = (SELECT id FROM payments_order WHERE amount_minor = 5000)"
        " WHERE reference = 'pi_1'",
        "says 1000 received, its rows say 120000",
    ),
    "a receipt twice": ("receipt", "reference = 'pi_1'", "receipt card pi_1: stands there 2 times"),
    "surplus hidden": ("UPDATE payments_receipt SET surplus_minor = 0 WHERE reference = 'pi_2'", "stand on “surplus”"),
    "surplus beyond": ("UPDATE payments_receipt SET surplus_minor = 9999999 WHERE reference = 'b'", "has more surplus"),
    "a credit gone": ("UPDATE payments_refund SET credit_id = NULL", "says 59501 refunded, its rows say 0"),
    "a credit changed": ("UPDATE payments_credit SET minor = 1 WHERE minor = 777", "says 777 credited, its rows say 1"),
    "a refund gone": ("DELETE FROM payments_refund WHERE minor = 59501", "says 59501 refunded, its rows say 0"),
    "a refund grown": (
        "UPDATE payments_refund SET minor = 600 WHERE minor = 500",
        "600 go back of it, and it brought 500",
    ),
    "a refund twice": ("refund", "minor = 500", "1000 go back of it, and it brought 500"),
    "a refund not done": ("UPDATE payments_refund SET state = 'asked'", "is asked, and the books say otherwise"),
    "a refund done": ("UPDATE payments_refund SET state = 'done'", "is done, and the books say otherwise"),
    "a number gone": ("DELETE FROM payments_invoice WHERE sequence = 2", "invoice number 2: is missing"),
    "the first gone": ("DELETE FROM payments_invoice WHERE sequence = 1", "invoice number 1: is missing"),
    "the final one gone": (
        "DELETE FROM payments_invoice WHERE sequence = 6",
        "invoice number 6: was given out and is missing",
    ),
    "a version gone": (
        "DELETE FROM payments_invoice WHERE sequence = 3 AND version = 1",
        "invoice number 3: a version is missing",
    ),
    "a version twice": ("invoice", "sequence = 1", "invoice number 1: a version is missing or there twice"),
    "a number again": (
        "UPDATE payments_invoice SET sequence = 1 WHERE sequence = 2",
        "invoice number 1: is about more than one",
    ),
    "another number": (
        "UPDATE payments_invoice SET number = 'INV-00099' WHERE sequence = 2",
        "is number 2 of its seller",
    ),
    "the next number back": ("UPDATE payments_billing SET next_number = 2", "would give out number 2 again"),
    "an event gone": ("DELETE FROM payments_moneyevent WHERE kind = 'received'", "is not in the books"),
    "an event renamed": (
        "UPDATE payments_moneyevent SET reference = 'x' WHERE kind = 'refund-done'",
        "the books say otherwise",
    ),
    "an event moved": (
        "UPDATE payments_moneyevent SET order_id = NULL WHERE kind = 'invoiced'",
        "money without an order",
    ),
    "legs gone": ("DELETE FROM payments_leg WHERE debit = 'tax'", "stand on “tax”"),
    "all legs gone": ("DELETE FROM payments_leg", "moves nothing: its legs are missing"),
    "a leg grown": (
        "UPDATE payments_leg SET minor = minor + 1 WHERE debit = 'bank'",
        "stand at the bank and the card service",
    ),
    "a leg of nothing": ("UPDATE payments_leg SET minor = 0 WHERE debit = 'bank'", "has a leg from"),
    "a leg in a circle": ("UPDATE payments_leg SET credit = debit WHERE debit = 'card'", "has a leg from card to card"),
    "an account of nobody": (
        "UPDATE payments_leg SET credit = 'pocket' WHERE credit = 'revenue'",
        "has a leg from pocket",
    ),
    "called paid": (
        "UPDATE payments_payment SET order_id = (SELECT id FROM payments_order WHERE amount_minor = 5000)"
        " WHERE order_id = (SELECT id FROM payments_order WHERE amount_minor = 119000)",
        "is called paid and owes 4000",
    ),
    "not called paid": ("DELETE FROM payments_payment", "owes nothing and is not called paid"),
}


def test_where_all_is_well_nothing_is_said(world, eventful):
    assert faults(world) == []


@pytest.mark.parametrize("name", TAMPERED)
def test_whatever_is_tampered_with_is_found_and_named(world, eventful, name):
    *what, expected = TAMPERED[name]
    sql = doubled(*what) if len(what) == 2 else what[0]
    with transaction.atomic(), connection.cursor() as cursor:
        unguard(cursor)
        assert faults(world) == []
        cursor.execute(sql)
        assert cursor.rowcount > 0
        found = faults(world)
        transaction.set_rollback(True)
    assert any(expected in fault for fault in found), found
    assert faults(world) == []


@pytest.mark.parametrize("column", ["content"])
def test_a_paper_that_says_something_else_is_found(world, eventful, column):
    with transaction.atomic(), connection.cursor() as cursor:
        unguard(cursor)
        paper = Invoice.objects.get(sequence=1)
        Invoice.objects.filter(pk=paper.pk).update(content=paper.content | {"gross": 1})
        found = faults(world)
        transaction.set_rollback(True)
    assert found[:2] == [
        "invoice INV-00001 version 1: net and tax are not its total",
        "invoice INV-00001 version 1: says 1, its order 119000",
    ]


def test_another_sellers_money_is_looked_at_by_itself(world, eventful):
    with transaction.atomic(), connection.cursor() as cursor:
        unguard(cursor)
        cursor.execute("UPDATE payments_order SET received_minor = 2000 WHERE received_minor = 1000")
        found = list(money_faults(world.maple))
        transaction.set_rollback(True)
    assert found == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_whatever_people_do_there_is_no_fault(world, moves):
    """The same sequences as for the books: nothing that the house's own verbs do looks like tampering."""
    order = place(world, 6_000)
    for nth, (move, minor) in enumerate(moves):
        with suppress(Refused):
            make(world, order, move, minor, nth)
        order = Order.objects.get(pk=order.pk)
    assert faults(world) == []


def test_what_was_taken_off_before_the_first_paper_comes_into_the_books_with_it(world):
    """A card order of which a part fell away before it was paid; the tax of the parts adds up."""
    order = place(world, 10_001, way="card", held_until=world.noon)
    for minor in (333, 334):
        credit(order, euros(minor), "One place less", by=world.sam.actor, now=world.morning)
    come(order, 9_334)

    order.refresh_from_db()
    assert (order.is_paid, faults(world)) == (True, [])
    assert list(order.invoices.in_order().values_list("kind", "content__gross")) == [
        ("invoice", 10_001),
        ("credit-note", 333),
        ("credit-note", 334),
    ]
    assert books(order)["card"] == 9_334


@pytest.mark.django_db(transaction=True)
def test_the_command_says_so_and_ends_with_one(world, capsys):
    from laurels.web.cli import main

    place(world, 1_000)
    assert (main(["fsck"]), capsys.readouterr().out) == (0, "Everything agrees.\n")
    Order.objects.update(received_minor=7)
    assert main(["fsck"]) == 1
    said = capsys.readouterr()
    reference = Order.objects.get().reference
    assert f"harbour, money: order {reference}: says 7 received, its rows say 0" in said.err
    assert said.out.endswith("faults.\n")


def test_every_part_is_looked_through():
    assert list(PARTS) == ["money", "seats"]
