"""Groups by place or topic."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.gatherings import actions, queries
from laurels.gatherings.forms import GroupForm, HelpForm
from laurels.gatherings.models import Gathering, Group
from laurels.kernel.refusal import Refused
from laurels.people.doors import Request, SignedIn, see_other, signed_in
from laurels.people.models import Organisation

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def groups(request: Request) -> HttpResponse:
    return render(request, "gatherings/pages/groups.html", {"groups": queries.groups_page()})


@require_safe
def group(request: Request, public_id: str) -> HttpResponse:
    found = _group(public_id)
    page = queries.group_page(found, by=request.actor, now=request.now)
    context = {"page": page, "help": _help_form(page, None, request) if page.is_organiser else None}
    return render(request, "gatherings/pages/group.html", context)


@require_safe
def feed(request: Request, public_id: str) -> HttpResponse:
    found = _group(public_id)
    rows = Gathering.objects.filter(group=found).order_by("-starts_at")[:200]
    return HttpResponse(queries.calendar_file(rows, found.name), content_type=CALENDAR)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_group(request: SignedIn) -> HttpResponse:
    form, body = GroupForm(request.POST or None), Organisation.objects.bodies().order_by("pk").first()
    if form.is_valid() and body is not None:
        language = request.person.language
        found = actions.found(
            body, request.person, **form.cleaned_data, language=language, by=request.actor, now=request.now
        )
        messages.success(request, _("The group is there. Announce its first gathering."))
        return see_other("group", found.public_id)
    return render(request, "gatherings/pages/edit_group.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def details(request: SignedIn, public_id: str) -> HttpResponse:
    found = get_object_or_404(Group.objects.organised_by(request.actor), public_id=public_id)
    initial = {name: getattr(found, name) for name in ("name", "kind", "place", "about")}
    form = GroupForm(request.POST or None, initial=initial)
    form.fields.pop("kind")
    if form.is_valid():
        actions.change_group(found, **form.cleaned_data, language=found.language, by=request.actor, now=request.now)
        return see_other("group", public_id)
    context = {"form": form, "group": found}
    return render(request, "gatherings/pages/edit_group.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def membership(request: SignedIn, public_id: str) -> HttpResponse:
    """Join, or leave with ``leave``."""
    found = _group(public_id)
    if "leave" in request.POST:
        actions.leave_group(found, request.person, by=request.actor, now=request.now)
    else:
        actions.join_group(found, request.person, by=request.actor, now=request.now)
    return see_other("group", public_id)


@require_POST
@signed_in
def organisers(request: SignedIn, public_id: str) -> HttpResponse:
    found = _group(public_id)
    member = get_object_or_404(found.members.select_related("person"), person__public_id=request.POST.get("person", ""))
    actions.make_organiser(found, member.person, by=request.actor, now=request.now)
    return see_other("group", public_id)


@require_POST
@signed_in
def helps(request: SignedIn, public_id: str) -> HttpResponse:
    """Hours of a volunteer, confirmed."""
    found = _group(public_id)
    page = queries.group_page(found, by=request.actor, now=request.now)
    form = _help_form(page, request.POST, request)
    if form.is_valid():
        given = form.cleaned_data
        helper = get_object_or_404(found.members.select_related("person"), person__public_id=given["person"]).person
        try:
            actions.note_help(
                found,
                helper,
                given["what"],
                on=given["on"],
                minutes=int(given["hours"] * 60),
                confirmer=request.person,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("Thank you. The hours are on their way to the ledger."))
            return see_other("group", public_id)
    return render(request, "gatherings/pages/group.html", {"page": page, "help": form}, status=422)


def _help_form(page: queries.GroupPage, posted: object, request: Request) -> HelpForm:
    people = [(one.person.public_id, one.person.name) for one in page.members]
    others = [pair for pair in people if not request.person or pair[0] != request.person.public_id]
    return HelpForm(posted, people=others, initial={"on": request.now.date()})


def _group(public_id: str) -> Group:
    return get_object_or_404(Group.objects.select_related("body"), public_id=public_id)
