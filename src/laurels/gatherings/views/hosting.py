"""What hosts do: announce, open, deal to tables, call together, cancel, follow up."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.gatherings import actions, queries
from laurels.gatherings.forms import GatheringForm, ReasonForm, TablesForm, initial_of
from laurels.gatherings.models import FollowUp, Gathering, Group, Series
from laurels.kernel.refusal import Refusal, Refused, require
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.people.models import Organisation
from laurels.rooms.actions import lead, remember


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_gathering(request: SignedIn) -> HttpResponse:
    """A single one or a series, for a group one organises or, for a body's staff, for everybody."""
    bodies = list(Organisation.objects.where(request.actor, "staff").filter(is_body=True))
    groups = list(Group.objects.organised_by(request.actor).alive().select_related("body").by_name())
    if not bodies and not groups:
        raise Http404
    zone = (bodies[0] if bodies else groups[0].body).zone
    form = GatheringForm(request.POST or None, groups=groups, for_all=bool(bodies), initial=_asked(request, zone))
    if form.is_valid():
        group = next((one for one in groups if one.public_id == form.cleaned_data["group"]), None)
        body = group.body if group else (bodies or [groups[0].body])[0]
        try:
            return _announced(request, form, body, group)
        except Refused as refused:
            form.add_error(_field(form, refused), str(refused.refusal))
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/pages/new_gathering.html", {"form": form}, status=status)


@require_safe
@signed_in
def host(request: SignedIn, public_id: str) -> HttpResponse:
    found = _hosted(request, public_id)
    page = queries.host_page(found, by=request.actor, now=request.now)
    form = TablesForm(initial={"count": max(2, page.needed)})
    return render(request, "gatherings/pages/host.html", {"page": page, "tables_form": form, "reason": ReasonForm()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def details(request: SignedIn, public_id: str) -> HttpResponse:
    found = _hosted(request, public_id)
    form = GatheringForm(request.POST or None, initial=initial_of(found))
    form.fields.pop("rhythm")
    if form.is_valid():
        on, starts = form.cleaned_data["on"], form.cleaned_data["starts"]
        try:
            actions.change(found, form.terms(found.language), on=on, starts=starts, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(_field(form, refused), str(refused.refusal))
        else:
            messages.success(request, _("Changed. Calendars that follow it change as well."))
            return see_other("gathering-host", public_id)
    context = {"form": form, "gathering": found}
    return render(request, "gatherings/pages/new_gathering.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def hosts(request: SignedIn, public_id: str) -> HttpResponse:
    """Somebody who comes hosts it as well."""
    found = _hosted(request, public_id)
    coming = found.signups.coming().filter(person__isnull=False).select_related("person")
    signup = get_object_or_404(coming, public_id=request.POST.get("signup", ""))
    assert signup.person is not None
    actions.share_hosting(found, signup.person, by=request.actor, now=request.now)
    messages.success(request, _("%(name)s hosts it with you.") % {"name": signup.name})
    return see_other("gathering-host", public_id)


@require_POST
@signed_in
def opening(request: SignedIn, public_id: str) -> HttpResponse:
    """Open the room and go in to lead it."""
    found = _hosted(request, public_id)
    actions.open_doors(found, by=request.actor, now=request.now)
    came = actions.come_in(found, request.person.name, person=request.person, by=request.actor, now=request.now)
    remember(request.session, came)
    return see_other("room", came.room.public_id)


@require_POST
@signed_in
def tables(request: SignedIn, public_id: str) -> HttpResponse:
    found, form = _hosted(request, public_id), TablesForm(request.POST)
    require(None if form.is_valid() else Refusal("tables", _("Write how many tables you want, from 2 to 60."), "count"))
    actions.set_tables(
        found,
        form.cleaned_data["count"],
        by_interest=form.cleaned_data["by_interest"] == "yes",
        seed=int(request.now.timestamp()),
        by=request.actor,
        now=request.now,
    )
    messages.success(request, _("Everybody is on the way to their table."))
    return see_other("gathering-host", public_id)


@require_POST
@signed_in
def extension(request: SignedIn, public_id: str) -> HttpResponse:
    actions.give_tables_time(_hosted(request, public_id), 2, by=request.actor, now=request.now)
    return see_other("gathering-host", public_id)


@require_POST
@signed_in
def visit(request: SignedIn, public_id: str, number: int) -> HttpResponse:
    """A host looks in at a table and may lead there."""
    table = get_object_or_404(_hosted(request, public_id).tables.select_related("room"), number=number)
    actor = request.actor.hosting(table.room_id)
    remember(request.session, lead(table.room, request.person.name, person=request.person, by=actor, now=request.now))
    return see_other("room", table.room.public_id)


@require_POST
@signed_in
def harvest(request: SignedIn, public_id: str) -> HttpResponse:
    actions.harvest(_hosted(request, public_id), by=request.actor, now=request.now)
    messages.success(request, _("Everybody is back, and what the tables take along lies in the room."))
    return see_other("gathering-host", public_id)


@require_POST
@signed_in
def closing(request: SignedIn, public_id: str) -> HttpResponse:
    actions.hold(_hosted(request, public_id), by=request.actor, now=request.now)
    messages.success(request, _("It is over. What came of it stands on its page, and units follow by themselves."))
    return see_other("gathering", public_id)


@require_POST
@signed_in
def cancellation(request: SignedIn, public_id: str) -> HttpResponse:
    found, form = _hosted(request, public_id), ReasonForm(request.POST)
    require(None if form.is_valid() else Refusal("reason", _("Say in a few words why."), "reason"))
    actions.cancel(found, form.cleaned_data["reason"], by=request.actor, now=request.now)
    messages.success(request, _("It is cancelled, and everybody who wanted to come is told."))
    return see_other("gatherings")


@require_POST
@signed_in
def follow_up(request: SignedIn, public_id: str) -> HttpResponse:
    """Something that was to be done is done."""
    found = get_object_or_404(FollowUp.objects.select_related("gathering"), public_id=public_id)
    _hosted(request, found.gathering.public_id)
    actions.follow_up(found, by=request.actor, now=request.now)
    back = request.POST.get("gathering", found.gathering.public_id)
    return see_other("gathering-host", get_object_or_404(Gathering, public_id=back).public_id)


@require_POST
@signed_in
def drafts(request: SignedIn, public_id: str, number: int, topic: int) -> HttpResponse:
    """A topic becomes the draft of an article."""
    article = actions.draft_article(_hosted(request, public_id), number, topic, by=request.actor, now=request.now)
    messages.success(request, _("The draft is in the library. Nobody sees it until you publish it."))
    return see_other("desk-article", article.slug)


@require_POST
@signed_in
def series_end(request: SignedIn, public_id: str) -> HttpResponse:
    found = get_object_or_404(Series.objects.select_related("body", "group"), public_id=public_id)
    actions.end_series(found, by=request.actor, now=request.now)
    messages.success(request, _("No more dates are added. Those that are announced stay."))
    return see_other("series", public_id)


def _announced(request: SignedIn, form: GatheringForm, body: Organisation, group: Group | None) -> HttpResponse:
    given, terms = form.cleaned_data, form.terms(group.language if group else request.person.language)
    ours = {"starts": given["starts"], "group": group, "by": request.actor, "now": request.now}
    if given["rhythm"] == "once":
        found = actions.announce(body, terms, on=given["on"], **ours)
        messages.success(request, _("It is announced. People can sign up."))
        return see_other("gathering-host", found.public_id)
    series = actions.begin_series(body, terms, rhythm=given["rhythm"], first_on=given["on"], **ours)
    messages.success(request, _("The series is announced; its next dates stand in the calendar."))
    return see_other("series", series.public_id)


def _asked(request: SignedIn, zone: str) -> dict[str, object]:
    return {"zone": zone, "group": request.GET.get("group", ""), "on": request.now.date()}


def _field(form: GatheringForm, refused: Refused) -> str | None:
    return refused.refusal.field if refused.refusal.field in form.fields else None


def _hosted(request: SignedIn, public_id: str) -> Gathering:
    rows = Gathering.objects.hosted_by(request.actor).select_related("body", "group", "series")
    return get_object_or_404(rows, public_id=public_id)
