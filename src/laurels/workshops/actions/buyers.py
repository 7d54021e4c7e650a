"""What buyers are told: money letters go to them, course letters to whoever comes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laurels.kernel.actor import Actor
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.payments.models import Order, Payment
from laurels.payments.models.orders import Way
from laurels.payments.queries import address_in_letter, invoice_attached, is_of_guest
from laurels.programmes.queries import letter_template
from laurels.workshops import queries
from laurels.workshops.models import Place, Workshop

NAMES_WANTED = timedelta(days=7)


@transaction.atomic
def tell_of_booking(order: Order, *, by: Actor, now: datetime) -> Letter | None:
    """Tell the buyer what was booked, for whom, and what is due, with the invoice. None for what was not seats, is
    not sure yet (a card being entered), or is one's own seat: then the seat's own letter says all of that.
    """
    if order.is_paying or order.cancelled_at or _is_own(order):
        return None
    values = _money(order) | _people(order)
    return _write("booking-confirmed", order, values, has_paper=True, by=by, now=now)


@transaction.atomic
def tell_of_payment(payment: Payment, *, by: Actor, now: datetime) -> Letter | None:
    """Say thank you to the buyer, with the receipt. None where the order was for something else, or a card
    just paid for others: then ``tell_of_booking`` says it.
    """
    order = payment.order
    if order.way == Way.CARD and not _is_own(order):
        return None
    values = {"amount": str(order.amount), "reference": order.reference}
    return _write("seat-paid", order, values, has_paper=True, by=by, now=now)


def remind_of_names(*, by: Actor, now: datetime) -> int:
    """A week before, ask each buyer once who comes on the places without a name; how many were asked."""
    soon = Workshop.objects.bookable().filter(starts_on__gte=now.date(), starts_on__lte=(now + NAMES_WANTED).date())
    orders = Order.objects.filter(places__in=Place.objects.open().filter(workshop__in=soon)).distinct()
    return sum(_remind(pk, by=by, now=now) for pk in orders.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, *, by: Actor, now: datetime) -> bool:
    order = Order.objects.lock(pk)
    unnamed = order.places.open().count()
    if not unnamed or Letter.objects.about(order.topic).filter(key="places-to-name").exists():
        return False
    return _write("places-to-name", order, {"unnamed": _unnamed(unnamed)}, by=by, now=now) is not None


def _is_own(order: Order) -> bool:
    """Whether it is one seat, for the buyer."""
    places = list(order.places.exclude(state=Place.State.GIVEN_UP).select_related("seat"))
    if len(places) != 1:
        return not places
    place = places[0]
    person = place.seat.person_id if place.seat else None
    return person == order.buyer_id or order.buyer.addresses.of_email(place.email).exists()


def _write(
    key: str, order: Order, more: dict[str, str], *, has_paper: bool = False, by: Actor, now: datetime
) -> Letter | None:
    buyer, bought = order.buyer, Q(places__order=order) | Q(all_seats__order=order)
    workshop = Workshop.objects.filter(bought).select_related("course__scheme__body", "provider").order_by("pk").first()
    if workshop is None or not buyer.email:
        return None
    return write(
        key,
        letter_template(workshop.course.scheme.body, key, buyer.language),
        to=buyer.email,
        values={
            "name": order.bill_to.get("name") or str(buyer),
            "course": workshop.course.title,
            "dates": queries.dates_in_words(workshop),
            "provider": workshop.provider.name,
            "link": address_in_letter(order, reverse("booking", args=[order.public_id])),
            **more,
        },
        person=buyer,
        sender_name=workshop.provider.name,
        topic=order.topic,
        is_secret=is_of_guest(order),
        attachments=invoice_attached(order) if has_paper else [],
        by=by,
        now=now,
    )


def _money(order: Order) -> dict[str, str]:
    if order.is_paid:
        payment = _("%(amount)s is paid. Thank you.")
    else:
        payment = _("Please pay %(amount)s by %(day)s and write %(reference)s into the transfer.")
    day = date_format(order.due_on, "j F Y")
    return {"payment": payment % {"amount": order.amount, "day": day, "reference": order.reference}}


def _people(order: Order) -> dict[str, str]:
    """Who comes, and how many are named later."""
    places = list(order.places.exclude(state__in=Place.GONE).select_related("seat").order_by("pk"))
    names = [place.seat.name if place.seat else place.name for place in places]
    unnamed = sum(1 for name in names if not name)
    who = [name for name in names if name] + ([_unnamed(unnamed)] if unnamed else [])
    return {"people": ", ".join(who)}


def _unnamed(count: int) -> str:
    return ngettext("one person to be named", "%(n)d people to be named", count) % {"n": count}
