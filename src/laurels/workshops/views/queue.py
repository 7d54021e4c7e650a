"""The queue of a course: waiting in it, answering an offer, and the desk of those who run it."""

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.kernel.tables import formula_safe
from laurels.people.doors import Request, SignedIn, see_other, signed_in
from laurels.programmes.models import Course
from laurels.workshops import actions, queries
from laurels.workshops.forms import WishForm
from laurels.workshops.models import Offer, QueuePlace
from laurels.workshops.queries.queue import QueuePage
from laurels.workshops.rules import Basket

ANSWERS = {"decline": actions.decline_offer, "not-now": actions.not_now}


@require_http_methods(["GET", "HEAD", "POST"])
def course_queue(request: Request, slug: str) -> HttpResponse:
    """What the queue is and where one stands in it; POST joins it, or changes what one waits for."""
    course = get_object_or_404(Course.objects.select_related("scheme__body"), slug=slug)
    page = queries.queue_page(course, request.GET.get("provider", ""), by=request.actor, now=request.now)
    form = WishForm(request.POST or None, page, request.GET.get("date", ""))
    if form.is_valid():
        if page.provider is None:
            raise Http404
        if not request.person:
            return redirect_to_login(request.get_full_path())
        if _waits(request, page, form):  # type: ignore[arg-type]
            return see_other(request.get_full_path())
    status = 422 if form.is_bound else 200
    return render(request, "workshops/pages/queue.html", {"page": page, "form": form}, status=status)


def _waits(request: SignedIn, page: QueuePage, form: WishForm) -> bool:
    """Whether the verb did it; else its refusal stands at the field it is about."""
    who: dict[str, Any] = {"by": request.actor, "now": request.now}
    try:
        if page.own:
            actions.change_wish(page.own.place, **form.values(), **who)
            messages.success(request, _("Your wish is saved. Your place in the queue is the same."))
        else:
            actions.join_queue(page.provider, page.course, request.person, **form.values(), **who)  # type: ignore[arg-type]
            messages.success(request, _("You are in the queue. We write to you when it is your turn."))
    except Refused as refused:
        field = refused.refusal.field
        form.add_error(field if field in form.fields else None, str(refused.refusal))
        return False
    return True


@require_POST
@signed_in
def leaving(request: SignedIn, public_id: str) -> HttpResponse:
    places = QueuePlace.objects.own(request.actor).select_related("queue__course", "queue__provider")
    place = get_object_or_404(places, public_id=public_id)
    actions.leave_queue(place, by=request.actor, now=request.now)
    messages.success(request, _("You have left the queue."))
    return see_other(queries.queue_path(place.queue))


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: Request, key: str) -> HttpResponse:
    """What is offered, by the link in the letter or to its signed-in owner; GET shows it, POST answers."""
    found, by = _offer(request, key)
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer == "take" and _is_settled(found):
        bought = actions.take_offer(found, Basket(), by=by, now=request.now)
        messages.success(request, _("You are booked for this date. Nothing more is to be paid."))
        return (
            see_other("booking", bought.order.public_id) if bought.order and request.person else see_other("offer", key)
        )
    if request.method == "POST" and answer == "take":
        booking = reverse("seat-in-workshop", args=[found.workshop.public_id])
        return see_other(f"{booking}?offer={found.public_id}")
    if request.method == "POST" and answer in ANSWERS:
        ANSWERS[answer](found, by=by, now=request.now)
        return see_other("offer", key)
    page = queries.offer_page(found, by=by, now=request.now)
    return render(request, "workshops/pages/offer.html", {"page": page, "key": key})


def _is_settled(offer: Offer) -> bool:
    """Whether what they had for a date that was called off is moved here, so that nothing is to be paid."""
    choice = offer.queue_place.choice
    return choice is not None and not choice.has_to_pay


def _offer(request: Request, key: str) -> tuple[Offer, Actor]:
    """The offer, and who answers it: whoever has the letter's link has proven to read its address."""
    offers = Offer.objects.select_related(
        "queue_place__choice",
        "workshop__course",
        "workshop__provider",
        "queue_place__queue__course",
        "queue_place__queue__provider",
    )
    if found := offers.with_secret(key).first():
        return found, Actor(person_id=found.queue_place.person_id)
    return get_object_or_404(offers.own(request.actor), public_id=key), request.actor


@require_safe
@signed_in
def desk_queue(request: SignedIn, provider: str, course: str) -> HttpResponse:
    queue = queries.queue_run_by(provider, course, request.actor)
    after = request.GET.get("after", "")
    page = queries.queue_desk(queue, int(after) if after.isdecimal() and len(after) < 18 else 0)
    return render(request, "workshops/pages/desk_queue.html", {"page": page})


@require_safe
@signed_in
def desk_table(request: SignedIn, provider: str, course: str) -> HttpResponse:
    """The queue as a CSV file that no spreadsheet runs."""
    queue = queries.queue_run_by(provider, course, request.actor)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="queue-{queue.course.slug}.csv"'
    csv.writer(response).writerows(formula_safe(row) for row in queries.queue_table(queue))
    return response
