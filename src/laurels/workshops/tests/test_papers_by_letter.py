"""Money letters bring the paper: the invoice, the receipt, the credit note. Course letters never do."""

import io

import pypdf
import pytest

from laurels.journal.worker import drain
from laurels.kernel.money import Money
from laurels.mail.models import Attachment, Letter
from laurels.mail.queries import message_of
from laurels.payments.actions import change_bill_to, credit, mark_paid, place_order, remind_of_payment
from laurels.payments.models import Invoice
from laurels.workshops.actions import cancel_seat, check_out
from laurels.workshops.rules import Attendee, Basket

ADA = Attendee("Ada", "ada@people.example")
GRACE = Attendee("Grace", "grace@people.example")


@pytest.fixture
def workshop(world):
    return world.workshop_with(price_minor=10_000)


def buy(world, workshop, *attendees):
    bought = check_out(workshop, world.ada, Basket(attendees), by=world.ada.actor, now=world.morning)
    drain(is_strict=True)
    return bought


def brought(letter):
    """The names of its papers, and what stands on them."""
    pdfs = list(letter.attachments.filter(media_type="application/pdf").order_by("pk"))
    pages = [page for one in pdfs for page in pypdf.PdfReader(io.BytesIO(bytes(one.content))).pages]
    words = " ".join(page.extract_text() for page in pages).replace("\u200b", "")
    return [one.name for one in pdfs], " ".join(words.split())


def the(key, to="ada@people.example"):
    return Letter.objects.get(key=key, to=to)


def test_ordered_by_invoice_the_letter_brings_it_beside_the_dates(world, workshop):
    buy(world, workshop, ADA)

    letter = the("seat-due")

    names, words = brought(letter)
    assert (names, "Please pay" in words, letter.attachments.count()) == (["INV-00001.pdf"], True, 2)
    sent = [part.get_filename() for part in message_of(letter).message().walk() if part.get_filename()]
    assert "INV-00001.pdf" in sent


def test_the_buyer_gets_the_paper_and_whoever_comes_does_not(world, workshop):
    order = buy(world, workshop, GRACE).order
    assert brought(the("booking-confirmed"))[0] == ["INV-00001.pdf"]
    assert brought(the("seat-confirmed", "grace@people.example"))[0] == []

    mark_paid(order, by=world.sam.actor, now=world.noon)
    drain(is_strict=True)

    names, words = brought(the("seat-paid"))
    assert (names, "This is your receipt" in words, "Please pay" in words) == (["INV-00001.pdf"], True, False)
    assert [one.name for one in Letter.objects.get(key="seat-confirmed").attachments.all()] == ["workshop.ics"]


def test_a_seat_given_back_brings_the_credit_note_to_whoever_paid(world, workshop):
    bought = buy(world, workshop, GRACE)
    mark_paid(bought.order, by=world.sam.actor, now=world.noon)
    cancel_seat(bought.seats[0], by=world.ada.actor, now=world.noon)
    drain(is_strict=True)

    letter = the("credit-note")
    names, words = brought(letter)
    assert (names, "Credit note INV-00002 To invoice INV-00001." in words) == (["INV-00002.pdf"], True)
    assert "EUR\u00a0100.00" in letter.text
    assert brought(the("seat-cancelled", "grace@people.example"))[0] == []


def test_each_credit_brings_its_own_note(world, workshop):
    order = buy(world, workshop, ADA, GRACE).order
    for minor in (1_000, 2_500):
        credit(order, Money(minor, "EUR"), f"less {minor}", by=world.sam.actor, now=world.noon)
    drain(is_strict=True)

    letters = Letter.objects.filter(key="credit-note").order_by("pk")
    assert [brought(letter)[0] for letter in letters] == [["INV-00002.pdf"], ["INV-00003.pdf"]]
    assert ["less 1000" in brought(letter)[1] for letter in letters] == [True, False]


def test_new_billing_data_bring_the_new_version(world, workshop):
    order = buy(world, workshop, GRACE).order
    change_bill_to(order, {"company": "Moteurs"}, by=world.ada.actor, now=world.noon)
    drain(is_strict=True)

    names, words = brought(the("invoice-again"))
    assert (names, "Moteurs" in words, "replaces the one of" in words) == (["INV-00001-v2.pdf"], True, True)


def test_what_is_not_for_seats_has_its_invoice_and_receipt_too(world, workshop):
    order = place_order(
        world.harbour, world.ada, description="Another date", amount=workshop.price, by=world.ada.actor,
        now=world.morning,
    )  # fmt: skip
    drain(is_strict=True)
    mark_paid(order, by=world.sam.actor, now=world.noon)
    drain(is_strict=True)

    assert "Please pay" in brought(the("invoice"))[1]
    assert "This is your receipt" in brought(the("receipt"))[1]


def test_a_reminder_brings_the_invoice_again(world, workshop):
    order = buy(world, workshop, GRACE).order
    remind_of_payment(order, by=world.sam.actor, now=world.morning.replace(month=4, day=1))
    assert brought(the("payment-reminder"))[0] == ["INV-00001.pdf"]


def test_the_worker_sets_the_paper_and_not_whoever_books(world, workshop):
    check_out(workshop, world.ada, Basket((ADA,)), by=world.ada.actor, now=world.morning)
    assert (Invoice.objects.count(), Attachment.objects.count()) == (1, 0)
    drain(is_strict=True)
    assert Attachment.objects.filter(media_type="application/pdf").count() == 1


def test_the_post_office_of_the_demo_hands_the_paper_out(world, workshop, client, settings):
    buy(world, workshop, ADA)
    settings.MODE = "demo"
    letter = the("seat-due")
    page = client.get(f"/post-office/{letter.public_id}").content.decode()
    attachment = letter.attachments.get(media_type="application/pdf")
    assert "INV-00001.pdf" in page
    answer = client.get(f"/post-office/{letter.public_id}/attachments/{attachment.pk}")
    assert (answer.status_code, answer.content[:5], answer["Content-Type"]) == (200, b"%PDF-", "application/pdf")
