"""Buyers' papers by letter, what they are told of money that could not be kept, and staff of money in trouble."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.kernel.actor import Actor
from laurels.mail import actions as mail
from laurels.mail import rules as letters
from laurels.mail.models import Letter
from laurels.payments import queries
from laurels.payments.models import Dispute, Invoice, Order, Refund
from laurels.payments.models.orders import Way
from laurels.people.models import Organisation, Person, Role

WHY = {
    "cancelled": gettext_lazy("the time for paying was over and the order had been given up"),
    "too-much": gettext_lazy("it was paid already"),
    "other-currency": gettext_lazy("it came in another currency than the order's"),
}


@transaction.atomic
def tell_of_money_back(refund: Refund, why: str = "", *, by: Actor, now: datetime) -> Letter | None:
    """Tell the buyer that money goes back, and why. None where nobody is known who could be told."""
    order = refund.order
    email = (order.bill_to.get("email") or order.buyer.email) if order else ""
    if order is None or not email:
        return None
    seller = order.seller
    values = {
        "amount": str(refund.amount),
        "paid": str(refund.receipt.amount),
        "description": order.description,
        "name": order.buyer.name or _("and thank you"),
        "why": why or str(WHY.get(refund.reason, refund.reason)),
        "link": queries.address_in_letter(order, reverse("order", args=[order.public_id])),
        "seller": seller.name,
        "contact": f" ({seller.email})" if seller.email else "",
    }
    return mail.write(
        "money-back",
        letters.builtin("money-back", order.buyer.language),
        to=email,
        values=values,
        person=order.buyer,
        sender_name=seller.name,
        topic=order.topic,
        is_secret=queries.is_of_guest(order),
        attachments=queries.note_attached(refund.credit),
        by=by,
        now=now,
    )


@transaction.atomic
def send_paper(invoice: Invoice | None, *, by: Actor, now: datetime) -> Letter | None:
    """The paper by a letter of its own, where no other brings it. None without a paper, or anybody to write to."""
    order = invoice.order if invoice else None
    email = (order.bill_to.get("email") or order.buyer.email) if order else ""
    if invoice is None or order is None or not email:
        return None
    key = _key_of(invoice, order)
    values = {
        "amount": str(invoice.gross),
        "number": invoice.number,
        "description": order.description,
        "name": order.bill_to.get("name") or str(order.buyer),
        "link": queries.address_in_letter(order, reverse("order", args=[order.public_id])),
        "seller": order.seller.name,
    }
    return mail.write(
        key,
        letters.builtin(key, order.buyer.language),
        to=email,
        values=values,
        person=order.buyer,
        sender_name=order.seller.name,
        topic=order.topic,
        is_secret=queries.is_of_guest(order),
        attachments=[queries.attached(invoice)],
        by=by,
        now=now,
    )


def _key_of(invoice: Invoice, order: Order) -> str:
    if invoice.is_note:
        return "credit-note"
    if invoice.version > 1:
        return "invoice-again"
    return "receipt" if order.is_paid else "invoice"


@transaction.atomic
def tell_staff_of_dispute(dispute: Dispute, *, by: Actor, now: datetime) -> list[Letter]:
    """Each of the seller's staff once: what is disputed, and what they do about it. None once it is decided."""
    if dispute.state != Dispute.State.OPEN:
        return []
    receipt = dispute.receipt
    values = {"amount": str(dispute.amount), "why": dispute.reason or _("no reason was told")}
    return _to_staff("dispute-opened", receipt.seller, receipt.order, values, page="card-account", by=by, now=now)


@transaction.atomic
def tell_staff_of_failed_refund(refund: Refund, *, by: Actor, now: datetime) -> list[Letter]:
    """Each of the seller's staff once for each try: what could not be sent back. None where it was sent again."""
    if refund.state != Refund.State.FAILED:
        return []
    values = {"amount": str(refund.amount), "why": refund.problem or _("no reason was told")}
    page = "card-account" if refund.receipt.way == Way.CARD else "refunds"
    return _to_staff("refund-failed", refund.seller, refund.order, values, page=page, by=by, now=now)


def _to_staff(
    key: str, seller: Organisation, order: Order | None, more: dict[str, str], *, page: str, by: Actor, now: datetime
) -> list[Letter]:
    roles = Role.objects.filter(organisation=seller, kind__in=[Role.Kind.STAFF, Role.Kind.OWNER])
    staff = Person.objects.filter(pk__in=roles.values("person")).order_by("pk")
    values = {
        "description": order.description if order else _("money without an order"),
        "reference": order.reference if order else "–",
        "seller": seller.name,
        "link": settings.PUBLIC_URL + reverse(page, args=[seller.slug]),
    }
    return [
        mail.write(
            key,
            letters.builtin(key, one.language),
            to=one.email,
            values={"name": str(one)} | values | more,
            person=one,
            sender_name=seller.name,
            topic=order.topic if order else f"organisation:{seller.pk}",
            by=by,
            now=now,
        )
        for one in staff
        if one.email
    ]
