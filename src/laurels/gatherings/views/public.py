"""What everybody may see: what comes, one gathering, its files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.gatherings import actions, queries
from laurels.gatherings.forms import ComeInForm, GuestForm, SignUpForm
from laurels.gatherings.models import Gathering, Series, SignUp
from laurels.kernel.refusal import Refused
from laurels.people.doors import Request, see_other
from laurels.rooms.actions import remember

CALENDAR = "text/calendar; charset=utf-8"
FILES = {
    "md": (queries.as_markdown, "text/markdown"),
    "csv": (queries.as_csv, "text/csv"),
    "json": (queries.as_json, "application/json"),
}


@require_safe
def gatherings(request: Request) -> HttpResponse:
    page = {"coming": queries.gatherings_page(now=request.now), "groups": queries.groups_page()[:12]}
    return render(request, "gatherings/pages/gatherings.html", page)


@require_safe
def feed(request: Request) -> HttpResponse:
    """Everything that comes, for a calendar that subscribes."""
    coming = Gathering.objects.upcoming(request.now)[:100]
    return HttpResponse(queries.calendar_file(coming, _("Gatherings")), content_type=CALENDAR)


@require_safe
def gathering(request: Request, public_id: str) -> HttpResponse:
    found = _gathering(public_id)
    held = request.session.get("rooms", {})
    page = queries.gathering_page(found, held=held, by=request.actor, now=request.now)
    form = SignUpForm() if request.person else GuestForm()
    status = 410 if found.state == Gathering.State.CANCELLED else 200
    return render(request, "gatherings/pages/gathering.html", {"page": page, "form": form}, status=status)


@require_safe
def calendar(request: Request, public_id: str) -> HttpResponse:
    return HttpResponse(queries.calendar_file([_gathering(public_id)]), content_type=CALENDAR)


@require_POST
def signups(request: Request, public_id: str) -> HttpResponse:
    found = _gathering(public_id)
    if request.person:
        form = SignUpForm(request.POST)
        shows = form.is_valid() and form.cleaned_data["shows_name"]
        signup = actions.sign_up(found, request.person, shows_name=shows, by=request.actor, now=request.now)
        return see_other("signup", signup.public_id)
    guest = GuestForm(request.POST)
    if guest.is_valid():
        try:
            signup = actions.sign_up_guest(found, **guest.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            guest.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("A letter is on its way to you, with the way in."))
            return see_other("gathering", public_id)
    page = queries.gathering_page(found, by=request.actor, now=request.now)
    return render(request, "gatherings/pages/gathering.html", {"page": page, "form": guest}, status=422)


@require_safe
def signup(request: Request, public_id: str) -> HttpResponse:
    """Somebody's own place; a guest has its address from a letter."""
    mine = _signup(request, public_id)
    page = queries.gathering_page(mine.gathering, by=request.actor, now=request.now)
    return render(request, "gatherings/pages/signup.html", {"signup": mine, "page": page})


@require_safe
def signup_calendar(request: Request, public_id: str) -> HttpResponse:
    """For whoever has a place: with the address of the call."""
    mine = _signup(request, public_id)
    file = queries.calendar_file([mine.gathering], has_link=mine.state == SignUp.State.GOING)
    return HttpResponse(file, content_type=CALENDAR)


@require_POST
def cancellation(request: Request, public_id: str) -> HttpResponse:
    mine = _signup(request, public_id)
    actions.sign_off(mine, by=request.actor, now=request.now)
    messages.success(request, _("You are signed off. Thank you for making room."))
    return see_other("gathering", mine.gathering.public_id)


@require_POST
def presence(request: Request, public_id: str) -> HttpResponse:
    """Into the room, with the place one has."""
    mine = _signup(request, public_id)
    found = mine.gathering
    person = request.person or None
    came = actions.come_in(found, mine.name, person=person, signup=mine, by=request.actor, now=request.now)
    remember(request.session, came)
    return see_other("room", came.room.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: Request, public_id: str) -> HttpResponse:
    """Into the room without a place: whoever passes by is welcome."""
    found = _gathering(public_id)
    form = ComeInForm(request.POST or None, initial={"name": request.person.name if request.person else ""})
    if form.is_valid():
        came = actions.come_in(
            found, form.cleaned_data["name"], person=request.person or None, by=request.actor, now=request.now
        )
        remember(request.session, came)
        return see_other("room", came.room.public_id)
    page = queries.gathering_page(found, by=request.actor, now=request.now)
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/pages/door.html", {"page": page, "form": form}, status=status)


@require_safe
def export(request: Request, public_id: str, kind: str) -> HttpResponse:
    """What came of it, as a file."""
    found = get_object_or_404(Gathering, public_id=public_id, state=Gathering.State.HELD)
    return file_of(queries.came_of(found), kind)


@require_safe
def series(request: Request, public_id: str) -> HttpResponse:
    found = get_object_or_404(Series.objects.select_related("body", "group"), public_id=public_id)
    page = queries.series_page(found, by=request.actor, now=request.now)
    return render(request, "gatherings/pages/series.html", {"page": page})


@require_safe
def series_feed(request: Request, public_id: str) -> HttpResponse:
    found = get_object_or_404(Series, public_id=public_id)
    rows = found.gatherings.order_by("starts_at")[:200]
    return HttpResponse(queries.calendar_file(rows, found.title), content_type=CALENDAR)


def file_of(came: queries.Came, kind: str) -> HttpResponse:
    write, media_type = FILES[kind]
    answer = HttpResponse(write(came), content_type=f"{media_type}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{came.on}-lean-coffee.{kind}"'
    return answer


def _gathering(public_id: str) -> Gathering:
    return get_object_or_404(Gathering.objects.select_related("body", "group", "series"), public_id=public_id)


def _signup(request: Request, public_id: str) -> SignUp:
    """One's own, or a guest's by its address; somebody else's is not there."""
    rows = SignUp.objects.select_related("gathering__body", "gathering__series", "gathering__group", "participant")
    mine = get_object_or_404(rows, public_id=public_id)
    if mine.person_id is not None and mine.person_id != request.actor.person_id:
        return get_object_or_404(SignUp.objects.none())
    return mine
