"""What is done in the background: what comes again by itself, and the card service, never inside a transaction."""

from django.tasks import task
from django.utils import timezone

from laurels.kernel.actor import Actor
from laurels.payments import actions
from laurels.payments.models import Receipt, Refund

CARDS = Actor.of_system("cards")


@task()
def send_card_refund(refund_id: int) -> None:
    actions.send_card_refund(Refund.objects.get(pk=refund_id), by=CARDS, now=timezone.now())


@task()
def book_card_fee(receipt_id: int) -> None:
    receipt = Receipt.objects.select_related("seller", "order").get(pk=receipt_id)
    actions.book_card_fee(receipt, now=timezone.now())


@task()
def end_overdue_holds() -> None:
    actions.end_overdue_holds(by=CARDS, now=timezone.now())


@task()
def look_after_cards() -> None:
    """Sessions and refunds of which the service has not said a word."""
    actions.look_after_sessions(by=CARDS, now=timezone.now())
    actions.look_after_refunds(by=CARDS, now=timezone.now())


@task()
def remind_of_payments() -> None:
    actions.remind_all_of_payment(by=Actor.of_system("worker"), now=timezone.now())
