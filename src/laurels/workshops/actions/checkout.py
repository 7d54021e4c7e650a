"""Buying seats. Whoever holds the workshop's row gives out its seats and places, so there are never too many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.journal.models import Topic
from laurels.kernel.actor import Actor
from laurels.kernel.money import shares
from laurels.kernel.refusal import Refusal, require
from laurels.payments.actions import add_order
from laurels.payments.models import Order
from laurels.payments.models.orders import Way
from laurels.payments.queries import loaded_billing, ways_of
from laurels.people.actions import meet, readers
from laurels.people.models import Person, keyed_digest, normal_email
from laurels.workshops import rules
from laurels.workshops.actions.coupons import use_code
from laurels.workshops.actions.offers import mark_taken, offer_to_take
from laurels.workshops.actions.places import release_overdue, seat_all
from laurels.workshops.models import Coupon, CouponUse, Offer, Place, Sale, Seat, Workshop
from laurels.workshops.rules import Attendee, Basket, Priced

HELD_FOR = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Bought:
    """What came of it: an order unless it was free, and the seats and places it is for."""

    order: Order | None
    seats: list[Seat]
    places: list[Place]


@transaction.atomic
def check_out(
    workshop: Workshop, buyer: Person, basket: Basket, *, client_digest: str = "", by: Actor, now: datetime
) -> Bought:
    """Sell seats to ``buyer``. The same basket again gives what it gave before.

    By transfer, and for nothing, seats are taken at once; by card their places are held for 20 minutes. With the places
    of an offer from the queue, the offer is taken with it. ``client_digest`` is where a stranger asks from.
    Raises Refused.
    """
    workshop = Workshop.objects.lock(workshop.pk)
    offer = offer_to_take(workshop, basket.places, by=by, now=now)
    workshop = _counted(workshop, buyer, basket, by=by, now=now)
    if workshop.same_order:  # type: ignore[attr-defined]
        return _bought(Order.objects.get(pk=workshop.same_order))  # type: ignore[attr-defined]
    sale = getattr(workshop, "sale", None) or Sale(workshop=workshop)
    # Whoever only typed addresses does not learn who has a seat: their place then waits for another name.
    known = {} if by.is_anonymous else readers(attendee.email for attendee in basket.attendees)
    seated = _seated(workshop, known)
    require(rules.why_not_check_out(workshop, sale, basket, seated=seated, by=by, now=now))
    coupon = use_code(workshop, basket.coupon, now) if basket.coupon else None
    priced = _priced(workshop, sale, basket, coupon, now)
    require(rules.why_not_buy(workshop, buyer, basket, is_free=priced.total.is_free, by=by))
    _require_paying(workshop, buyer, basket, client_digest, by=by, now=now)
    order = None
    if not priced.total.is_free:
        order = _order(workshop, sale, buyer, basket, priced, client_digest, by=by, now=now)
    use = None
    if coupon:
        use = CouponUse.objects.create(coupon=coupon, order=order, minor=priced.coupon_minor, used_at=now)
    places = _places(workshop, order, basket, priced, now=now)
    for place in places if order is None and use else []:
        place.coupon_use = use
    is_held = order is not None and order.way == Way.CARD
    seats = [] if is_held else seat_all(workshop, places, known, by=by, now=now)
    _keep(places)
    if offer:
        mark_taken(offer, places, by=by, now=now)
    return Bought(order, seats, [place for place in places if place.seat_id is None])


@transaction.atomic
def check_out_unproven(
    workshop: Workshop, buyer: Attendee, basket: Basket, *, client: str = "", by: Actor, now: datetime
) -> Bought:
    """``check_out`` for whoever typed an address without having proven it: by card only. Raises Refused.

    ``client`` is the network address of whoever asks, kept only as a keyed digest: what strangers hold is limited.
    """
    client_digest = keyed_digest("client", client) if client else ""
    if client_digest:
        # Those who ask from the same place are counted one after the other, whatever they ask for.
        Topic.objects.lock(f"holds:{client_digest[:40]}")
    workshop = Workshop.objects.lock(workshop.pk)
    person = meet(buyer.email, buyer.name, by=by, now=now)
    return check_out(workshop, person, basket, client_digest=client_digest, by=by, now=now)


def bought_by_offer(offer: Offer) -> Bought:
    """What came of an offer that is taken."""
    places = list(offer.places.exclude(state__in=Place.GONE).select_related("seat", "order").order_by("pk"))
    order = next((place.order for place in places if place.order), None)
    seats = [place.seat for place in places if place.seat]
    return Bought(order, seats, [place for place in places if place.seat is None])


def _bought(order: Order) -> Bought:
    places = order.places.filter(seat=None).exclude(state__in=Place.GONE).order_by("pk")
    return Bought(order, list(order.seats.order_by("pk")), list(places))


def _counted(workshop: Workshop, buyer: Person, basket: Basket, *, by: Actor, now: datetime) -> Workshop:
    """The workshop, whose row the caller holds, with all that selling asks of it; what is overdue is released first."""
    # An empty key is nobody's: keys that were not given are none at all.
    same = Subquery(Order.objects.filter(key=basket.key, buyer=buyer).values("pk")[:1])
    asked = Workshop.objects.with_seats_filled().with_ways().with_overdue(now).annotate(same_order=same)
    # After the lock and in one statement: what a lock waited for is seen by the next statement only.
    counted = asked.get(pk=workshop.pk)
    if not counted.has_overdue or counted.same_order:  # type: ignore[attr-defined]
        return counted
    release_overdue(workshop, by=by, now=now)
    return asked.get(pk=workshop.pk)


def _seated(workshop: Workshop, known: Mapping[str, Person]) -> set[str]:
    """Which of these addresses belong to somebody who has a seat here."""
    if not known:
        return set()
    seated = set(workshop.seats.filled().filter(person__in=known.values()).values_list("person_id", flat=True))
    return {email for email, person in known.items() if person.pk in seated}


def _priced(workshop: Workshop, sale: Sale, basket: Basket, coupon: Coupon | None, now: datetime) -> Priced:
    offered = workshop.extras.filter(public_id__in=basket.extras, withdrawn_at=None)
    extras = list(offered.order_by("pk")) if basket.extras else []
    return rules.price(
        workshop,
        sale,
        basket.seats,
        sold=workshop.count_filled() - len(basket.places),
        extras=extras,
        chosen_minor=basket.chosen_minor,
        coupon=coupon,
        today=workshop.day_of(now),
    )


def _require_paying(
    workshop: Workshop, buyer: Person, basket: Basket, client_digest: str, *, by: Actor, now: datetime
) -> None:
    """Seats are held for whoever pays: not again and again for the same address, nor for strangers from one place."""
    if basket.way != Way.CARD or by.has("staff", at=workshop.provider_id):
        return
    unpaid = Order.objects.held_for_nothing(now - rules.UNPAID_COUNTED_OVER)
    # What strangers typed under somebody's address is not held against its owner once they have signed in.
    own = Q(buyer=buyer) if by.is_anonymous else Q(buyer=buyer, client_digest="")
    mine = own | Q(client_digest=client_digest) if client_digest else own
    here = Q(places__workshop=workshop)
    found = unpaid.filter(mine).aggregate(here=Count("pk", filter=here, distinct=True), all=Count("pk", distinct=True))
    require(rules.why_not_hold_more(found["here"], found["all"]))


def _order(
    workshop: Workshop,
    sale: Sale,
    buyer: Person,
    basket: Basket,
    priced: Priced,
    client_digest: str,
    *,
    by: Actor,
    now: datetime,
) -> Order:
    billing = loaded_billing(workshop.provider)
    if basket.way not in ways_of(billing, has_card=workshop.takes_card):  # type: ignore[attr-defined]
        words = _("This way of paying is not offered here. Choose another one.")
        require(Refusal("way-not-offered", words, "way"))
    words = _("Seat in %(course)s, %(day)s") if basket.seats == 1 else _("%(n)d seats in %(course)s, %(day)s")
    day = date_format(workshop.starts_on, "j F Y")
    return add_order(
        workshop.provider,
        buyer,
        billing,
        description=words % {"course": workshop.course.title, "day": day, "n": basket.seats},
        amount=priced.total,
        lines=priced.lines,
        way=basket.way,
        bill_to=basket.bill_to,
        terms=rules.terms_of(sale.terms).as_data(),
        key=basket.key or None,
        held_until=now + HELD_FOR,
        client_digest=client_digest,
        by=by,
        now=now,
    )


def _places(workshop: Workshop, order: Order | None, basket: Basket, priced: Priced, *, now: datetime) -> list[Place]:
    """A place for each seat asked for: those held for the buyer already, and new ones."""
    worths = shares(order.amount_minor if order else 0, priced.weights)
    people = [*basket.attendees, *[Attendee("", "")] * basket.unnamed]
    kept = list(Place.objects.filter(pk__in=basket.places, workshop=workshop).held()) if basket.places else []
    places = kept + [Place(workshop=workshop, made_at=now) for _more in people[len(kept) :]]
    for place, who, worth in zip(places, people, worths, strict=False):
        place.order, place.worth_minor, place.held_until = order, worth, now + HELD_FOR
        place.name, place.email = " ".join(who.name.split()), normal_email(who.email)
        place.company = " ".join(who.company.split())[:160]
    return places[: len(people)]


def _keep(places: Sequence[Place]) -> None:
    Place.objects.bulk_create([place for place in places if place.pk is None])
    for place in places:
        if place.offer_id:
            place.save()
