"""A list of attendees on its way in: uploaded, looked at, confirmed or discarded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.workshops import actions, queries, rules
from laurels.workshops.forms import ImportForm
from laurels.workshops.models import AttendeeImport, Workshop


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def imports(request: SignedIn, public_id: str) -> HttpResponse:
    workshop = get_object_or_404(Workshop.objects.run_by(request.actor).select_related("course"), public_id=public_id)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        # One byte more than is allowed is enough to be refused for its size.
        content = file.read(rules.MOST_BYTES + 1)
        try:
            listed = actions.read_import(workshop, file.name, content, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error("file", str(refused.refusal))
        else:
            return see_other("desk-import", public_id, listed.public_id)
    context = {"form": form, "workshop": workshop, "why_not": rules.why_not_import(workshop, by=request.actor)}
    return render(request, "workshops/pages/imports.html", context, status=422 if form.is_bound else 200)


@require_safe
@signed_in
def attendee_import(request: SignedIn, public_id: str, import_id: str) -> HttpResponse:
    page = queries.import_page(_import(request, public_id, import_id), by=request.actor)
    return render(request, "workshops/pages/import.html", {"page": page, "workshop": page.attendee_import.workshop})


@require_POST
@signed_in
def confirmation(request: SignedIn, public_id: str, import_id: str) -> HttpResponse:
    seats = actions.confirm_import(_import(request, public_id, import_id), by=request.actor, now=request.now)
    words = ngettext("One person has a seat from this list.", "%(n)d people have a seat from this list.", len(seats))
    messages.success(request, words % {"n": len(seats)})
    return see_other("desk-workshop", public_id)


@require_POST
@signed_in
def removal(request: SignedIn, public_id: str, import_id: str) -> HttpResponse:
    actions.discard_import(_import(request, public_id, import_id), by=request.actor, now=request.now)
    messages.success(request, _("The list is discarded. Nobody was written down."))
    return see_other("desk-workshop", public_id)


def _import(request: SignedIn, public_id: str, import_id: str) -> AttendeeImport:
    runs = Workshop.objects.run_by(request.actor).filter(public_id=public_id)
    imports = AttendeeImport.objects.filter(workshop__in=runs).select_related("workshop__course", "workshop__provider")
    return get_object_or_404(imports, public_id=import_id)
