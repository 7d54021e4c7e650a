"""Whether seats and money agree. For ``laurels fsck``."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Sum

from laurels.kernel.faults import Fault
from laurels.payments.models import Order
from laurels.people.models import Organisation
from laurels.workshops.models import Place, Seat


def seat_faults(seller: Organisation) -> Iterator[Fault]:
    """Every order whose seats are worth more than it, and every paid one without seats."""
    orders = Order.objects.of_seller(seller).order_by("pk")
    seats = Seat.objects.filter(order__seller=seller).exclude(state=Seat.State.CANCELLED)
    places = Place.objects.filter(order__seller=seller, seat=None)
    worths: dict[int | None, int] = {}
    for rows in (seats, places):
        for order_id, total in rows.order_by().values_list("order").annotate(Sum("worth_minor")):
            worths[order_id] = worths.get(order_id, 0) + total
    for order in orders.filter(pk__in=[key for key in worths if key]).iterator(2000):
        if worths[order.pk] > order.amount_minor:
            words = f"its seats are worth {worths[order.pk]}, and it is one of {order.amount_minor}"
            yield Fault(f"order {order.reference}", words)
    yield from _paid_for_nothing(seller)


def _paid_for_nothing(seller: Organisation) -> Iterator[Fault]:
    """Orders for seats carry their terms. Once paid they have a seat or a place, or the money was given back."""
    of_this = {"order": OuterRef("pk")}
    seats = Seat.objects.filter(**of_this).exclude(state=Seat.State.CANCELLED)
    places = Place.objects.counting().filter(**of_this)
    paid = Order.objects.of_seller(seller).paid().exclude(terms={}).filter(credited_minor__lt=F("amount_minor"))
    for order in paid.filter(~Exists(seats), ~Exists(places)).order_by("pk"):
        # What cancellation terms keep is earned although its seat is gone.
        if not order.credits.exists() and not order.seats.exists():
            yield Fault(f"order {order.reference}", "is paid, and has neither a seat nor its money back")
