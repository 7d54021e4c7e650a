"""Whether seats and money agree. For ``laurels fsck``."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from laurels.kernel.faults import Fault
from laurels.payments.models import Account, Leg, Order
from laurels.people.models import Organisation
from laurels.workshops.models import Coupon, FeeSettlement, Place, Seat, SeatFeeOwed, Workshop


def seat_faults(seller: Organisation) -> Iterator[Fault]:
    """Orders whose seats are worth more than they, paid ones without seats, seats beyond the capacity, codes beyond
    their limit, fees beside the books.
    """
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
    yield from _fees(seller)
    yield from _capacities(seller)
    yield from _coupons(seller)


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


def _capacities(provider: Organisation) -> Iterator[Fault]:
    """Never more seats and places than there are."""
    for workshop in Workshop.objects.filter(provider=provider).with_seats_filled().order_by("pk"):
        if workshop.count_filled() > workshop.capacity:
            words = f"{workshop.count_filled()} seats are given out, and it has {workshop.capacity}"
            yield Fault(f"workshop {workshop.public_id}", words)


def _coupons(provider: Organisation) -> Iterator[Fault]:
    """No code is used more often than it says."""
    counting = Count("uses", filter=Q(uses__released_at=None))
    limited = Coupon.objects.filter(provider=provider, most_uses__isnull=False).annotate(n=counting)
    for code, uses, most in limited.filter(n__gt=F("most_uses")).order_by("pk").values_list("code", "n", "most_uses"):
        yield Fault(f"coupon {code}", f"is used {uses} times, and may be {most} times")


def _fees(provider: Organisation) -> Iterator[Fault]:
    """What is owed to bodies for seats and not settled stands in the books; each settlement is what it settled."""
    settled = FeeSettlement.objects.filter(provider=provider).annotate(total=Sum("fees__minor")).order_by("pk")
    for one in settled.filter(~Q(total=F("minor")) | Q(total=None)):
        yield Fault(f"settlement {one.public_id}", f"says {one.minor}, and its fees come to {one.total or 0}")
    still_owed = SeatFeeOwed.objects.filter(provider=provider).unsettled().order_by()
    owed = dict(still_owed.values_list("currency").annotate(Sum("minor")))
    legs = Leg.objects.filter(event__seller=provider).order_by()
    for account, sign in (("credit", 1), ("debit", -1)):
        booked = legs.filter(**{account: Account.OWED_TO_BODY}).values_list("event__currency").annotate(Sum("minor"))
        for currency, total in booked:
            owed[currency] = owed.get(currency, 0) - sign * total
    for currency, difference in sorted(owed.items()):
        if difference:
            yield Fault(f"fees for seats in {currency}", f"differ from the books by {difference}")
