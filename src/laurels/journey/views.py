from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.journey import actions, queries
from laurels.journey.models import CalendarAddress
from laurels.journey.queries.tracking import providers_of
from laurels.people.doors import Request, SignedIn, see_other, signed_in, to_be_kept
from laurels.people.models import Person
from laurels.workshops.models import Workshop


@require_safe
@signed_in
def my_journey(request: Request) -> HttpResponse:
    assert isinstance(request.user, Person)
    return render(request, "journey/pages/mine.html", {"journey": queries.my_journey(request.user, request.now)})


@require_safe
@signed_in
def ready(request: SignedIn, public_id: str) -> HttpResponse:
    seat = queries.own_seat(public_id, request.actor)
    page = queries.readiness(seat, request.person, by=request.actor, now=request.now)
    return render(request, "journey/pages/ready.html", {"ready": page})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def calendar(request: SignedIn) -> HttpResponse:
    """The address of one's own calendar; posted there is a new one, shown this once."""
    address = ""
    if request.method == "POST":
        _made, secret = actions.make_calendar_address(request.person, by=request.actor, now=request.now)
        address = settings.PUBLIC_URL + reverse("journey:calendar-feed", args=[secret])
    live = request.person.calendar_addresses.live().first()
    page = {"address": address, "subscribe": f"webcal://{address.partition('://')[2]}", "live": live}
    answer = render(request, "journey/pages/calendar.html", page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@signed_in
def calendar_revocation(request: SignedIn) -> HttpResponse:
    actions.revoke_calendar_addresses(request.person, by=request.actor, now=request.now)
    messages.success(request, _("The address is closed. Calendars that subscribed to it stop at their next look."))
    return see_other("journey:calendar")


@require_safe
def calendar_feed(request: Request, secret: str) -> HttpResponse:
    """For calendars, which cannot sign in: whoever knows the secret reads it, and nothing else."""
    address = get_object_or_404(CalendarAddress.objects.select_related("person").with_secret(secret))
    if address.revoked_at:
        return HttpResponse(status=410, headers={"Cache-Control": "no-store"})
    feed = queries.own_feed(address.person, request.now)
    answer = to_be_kept(
        request,
        feed.content,
        "text/calendar; charset=utf-8",
        seconds=300,
        changed_at=feed.changed_at,
        is_public=False,
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
@signed_in
def nudges(request: Request, public_id: str) -> HttpResponse:
    seat = queries.seat_to_nudge(public_id, request.actor)
    actions.nudge(seat, request.POST.get("step", ""), by=request.actor, now=request.now)
    messages.success(request, _("The reminder is on its way."))
    return HttpResponseRedirect(_back(request), status=303)


@require_safe
@signed_in
def workshop_tracking(request: Request, public_id: str) -> HttpResponse:
    runs = Workshop.objects.run_by(request.actor).select_related("course")
    workshop = get_object_or_404(runs, public_id=public_id)
    tracking = queries.workshop_tracking(workshop, request.actor, request.now, request.GET.get("after", ""))
    return render(request, "journey/pages/workshop_tracking.html", {"workshop": workshop, "tracking": tracking})


@require_safe
@signed_in
def body_tracking(request: Request) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("provider", "workshop", "after")}
    tracking = queries.body_tracking(request.actor, request.now, **asked)
    page = {"tracking": tracking, "asked": asked, "providers": providers_of(request.actor)}
    return render(request, "journey/pages/body_tracking.html", page)


def _back(request: Request) -> str:
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours and back.startswith("/") else "/journey"
