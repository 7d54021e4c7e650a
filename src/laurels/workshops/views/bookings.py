"""Buying seats on one page, and looking at what was bought."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refused, require
from laurels.payments.models import Order
from laurels.payments.models.orders import Way
from laurels.payments.queries import link_of
from laurels.people.actions import send_code
from laurels.people.doors import Request, client_of, remember_order, see_other, signed_in_or_buying
from laurels.people.models import Proof
from laurels.workshops import actions, queries, rules
from laurels.workshops.actions import Bought
from laurels.workshops.forms.booking import ME, OTHERS, BookingForm, NameForm, filled_in
from laurels.workshops.models import Offer, Workshop
from laurels.workshops.queries import BookingPage
from laurels.workshops.rules import Attendee, Basket

LONGEST_PATH = 500
KEPT, KEPT_FOR, MOST_KEPT = "booking", 60 * 60, 3_800
# What of a form goes along in the address while an e-mail address is proven; all of it goes along in a cookie.
ALONG = ("name", "company", "attending", "seats", "way", "coupon")
STILL_FILLING_IN = ("price", "more")


@require_http_methods(["GET", "HEAD", "POST"])
def seat_in_workshop(request: Request, public_id: str) -> HttpResponse:
    """The booking page. It is drawn again, without a word about what is missing, while it is being filled in."""
    workshop = _workshop(request, public_id)
    if "offer" in request.GET and not request.person:
        return redirect_to_login(request.get_full_path())
    offer, added_to = _own_offer(request, workshop), _own_booking(request, workshop)
    page = queries.booking_page(workshop, by=request.actor, now=request.now)
    if offer:
        page = replace(page, why_not_book=rules.why_not_answer(offer, by=request.actor, now=request.now))
    if request.method == "POST" and not any(name in request.POST for name in STILL_FILLING_IN):
        return _book(request, page, offer, added_to)
    more = 1 if "more" in request.POST else 0
    initial = (_as_before(added_to) if added_to else {}) | _initial(request)
    form = BookingForm(None, page, request.person or None, initial=initial, more=more)
    return _draw(request, page, form, status=200, offer=offer, added_to=added_to)


def _workshop(request: Request, public_id: str) -> Workshop:
    """Most are for everybody, which is told without asking what the reader has to do with them."""
    offered = Workshop.objects.to_be_booked(request.actor)
    if workshop := offered.public().filter(public_id=public_id).first():
        return workshop
    return get_object_or_404(offered.visible_to(request.actor, code=_code(request)), public_id=public_id)


def _code(request: Request) -> str:
    return request.POST.get("invite_code", "") or request.GET.get("code", "")


def _own_offer(request: Request, workshop: Workshop) -> Offer | None:
    """What the queue holds here for whoever asks."""
    key = request.GET.get("offer", "")
    own = Offer.objects.own(request.actor).filter(workshop=workshop).select_related("queue_place")
    return own.filter(public_id=key).first() if key else None


def _own_booking(request: Request, workshop: Workshop) -> Order | None:
    """What these people are added to: a booking in this workshop, for whoever may add to it."""
    key = request.GET.get("to", "")
    visible = Order.objects.visible_to(request.actor).select_related("buyer").filter(public_id=key)
    found = visible.filter(Q(places__workshop=workshop) | Q(seats__workshop=workshop)).first() if key else None
    return None if found is None or rules.why_not_add_people(found, workshop, by=request.actor) else found


def _as_before(order: Order) -> dict[str, Any]:
    """Who pays and how, as it was with the first order."""
    kept = ("company", "address", "country", "tax_id", "purchase_number")
    return {"attending": OTHERS, "way": order.way} | {name: order.bill_to.get(name, "") for name in kept}


def _book(request: Request, page: BookingPage, offer: Offer | None, added_to: Order | None) -> HttpResponse:
    if page.own_seat and request.POST.get("attending", ME) == ME:
        return see_other("seat", page.own_seat)
    form = BookingForm(request.POST, page, request.person or None, initial={})
    if page.why_not_book:
        return _draw(request, page, form, status=409, offer=offer, added_to=added_to)
    if not form.is_valid():
        return _draw(request, page, form, status=422, offer=offer, added_to=added_to)
    basket = form.basket()
    try:
        if _wants_proof(request, page, basket):
            return _prove_first(request, page, form)
        if offer:
            bought = actions.take_offer(offer, basket, by=request.actor, now=request.now)
        elif added_to:
            bought = actions.add_people(added_to, page.workshop, basket, by=request.actor, now=request.now)
        else:
            bought = _check_out(request, page, form, basket)
    except Refused as refused:
        form.say(refused.refusal)
        page = queries.booking_page(_workshop(request, page.workshop.public_id), by=request.actor, now=request.now)
        return _draw(request, page, form, status=422, offer=offer, added_to=added_to)
    return _bought(request, page, bought)


def _wants_proof(request: Request, page: BookingPage, basket: Basket) -> bool:
    """Whoever pays by card binds themself by paying; all others say first, by a code, that the address is theirs."""
    is_free = queries.price_table(page, basket).total.is_free
    return not request.person and (basket.way != Way.CARD or is_free)


def _check_out(request: Request, page: BookingPage, form: BookingForm, basket: Basket) -> Bought:
    by, now = request.actor, request.now
    if request.person:
        return actions.check_out(page.workshop, request.person, basket, by=by, now=now)
    buyer = Attendee(form.cleaned_data["name"], form.buyer_email, form.cleaned_data["company"])
    client = client_of(request)
    return actions.check_out_unproven(page.workshop, buyer, basket, client=client, by=by, now=now)


def _bought(request: Request, page: BookingPage, bought: Bought) -> HttpResponse:
    if bought.order:
        if not request.person:
            remember_order(request, bought.order.pk)
        answer = _on_to_pay(bought.order)
    else:
        own = next((seat for seat in bought.seats if seat.person_id == request.actor.person_id), None)
        messages.success(request, _("Booked. A letter with the dates is on its way to everybody who comes."))
        answer = see_other("seat", own.public_id) if own else see_other("workshop", page.workshop.public_id)
    answer.delete_cookie(KEPT, path=reverse("seat-in-workshop", args=[page.workshop.public_id]))
    return answer


def _on_to_pay(order: Order) -> HttpResponse:
    """To the overview; by card first to the page to pay on, which takes a POST: 307 sends this one on."""
    overview = reverse("booking", args=[order.public_id])
    if not order.is_paying:
        return see_other(overview)
    to_pay = f"{reverse('order-card', args=[order.public_id])}?{urlencode({'next': overview})}"
    return HttpResponseRedirect(to_pay, preserve_request=True)


def _prove_first(request: Request, page: BookingPage, form: BookingForm) -> HttpResponse:
    """Prove the address by a code, and come back with everything filled in."""
    require(rules.why_not_book(page.workshop, by=request.actor, now=request.now))
    path = reverse("seat-in-workshop", args=[page.workshop.public_id])
    proof = send_code(
        form.buyer_email,
        purpose=Proof.Purpose.SIGN_IN,
        client=client_of(request),
        next_path=_way_back(path, form, _code(request)),
        by=request.actor,
        now=request.now,
    )
    answer = see_other("sign-in-proof", proof.public_id)
    kept = signing.dumps(form.kept(), salt=KEPT, compress=True)
    if len(kept) <= MOST_KEPT:
        answer.set_cookie(
            KEPT, kept, max_age=KEPT_FOR, path=path, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return answer


def _way_back(path: str, form: BookingForm, code: str) -> str:
    """The booking page with what was typed; very long names in far alphabets are left out."""
    typed = {name: form.data.get(name, "") for name in ALONG} | {"code": code}
    full = f"{path}?{urlencode({name: value for name, value in typed.items() if value})}"
    short = f"{path}?{urlencode({'code': code})}" if code else path
    return full if len(full) <= LONGEST_PATH else short


def _initial(request: Request) -> dict[str, Any]:
    """What was typed before, on this page, before signing in, or in the address; else what we know of the person."""
    known = {"name": request.person.name if request.person else "", "invite_code": _code(request)}
    if request.method == "POST":
        return known | filled_in(request.POST)
    try:
        kept = signing.loads(request.COOKIES.get(KEPT, ""), salt=KEPT, max_age=KEPT_FOR)
    except signing.BadSignature:
        kept = {}
    return known | filled_in(request.GET) | filled_in(kept)


def _draw(
    request: Request,
    page: BookingPage,
    form: BookingForm,
    *,
    status: int,
    offer: Offer | None = None,
    added_to: Order | None = None,
) -> HttpResponse:
    table = None if page.is_free else queries.price_table(page, form.rough_basket())
    context = {"page": page, "form": form, "table": table, "queue": _queue(page.workshop)}
    context |= {"offer": offer, "added_to": added_to}
    return render(request, "workshops/pages/booking.html", context, status=status)


def _queue(workshop: Workshop) -> str:
    """Where to wait for a seat in this course, this date chosen."""
    asked = {"provider": workshop.provider.slug, "date": workshop.public_id}
    return f"{reverse('queue', args=[workshop.course.slug])}?{urlencode(asked)}"


@require_safe
@signed_in_or_buying
def booking(request: Request, public_id: str) -> HttpResponse:
    return _draw_booking(request, _order(request, public_id), {})


@require_POST
@signed_in_or_buying
def booking_place(request: Request, public_id: str, place_id: str) -> HttpResponse:
    """Say who comes on a place that was bought without a name."""
    order = _order(request, public_id)
    place = get_object_or_404(order.places, public_id=place_id)
    form = NameForm(request.POST, prefix=place.public_id)
    if form.is_valid():
        try:
            seat = actions.name_place(place, Attendee(**form.cleaned_data), by=request.actor, now=request.now)
        except Refused as refused:
            form.say(refused.refusal)
        else:
            messages.success(request, _("%(name)s has a seat and gets a letter.") % {"name": seat.name})
            return see_other("booking", public_id)
    return _draw_booking(request, order, {place.public_id: form}, status=422)


def _order(request: Request, public_id: str) -> Order:
    visible = Order.objects.visible_to(request.actor).select_related("seller", "payment")
    return get_object_or_404(visible, public_id=public_id)


def _draw_booking(request: Request, order: Order, forms: dict[str, NameForm], status: int = 200) -> HttpResponse:
    page = queries.booking(order, by=request.actor, now=request.now)
    if page is None:
        raise Http404
    places = [row.place for row in page.open_rows if row.place] if page.can_name else []
    openings = [(place, forms.get(place.public_id) or NameForm(prefix=place.public_id)) for place in places]
    path = reverse("booking", args=[order.public_id])
    context = {"page": page, "openings": openings, "path": path}
    context["guest_link"] = link_of(order, path) if request.actor.is_anonymous else ""
    return render(request, "workshops/pages/bookings.html", context, status=status)
