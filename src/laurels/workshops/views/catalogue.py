"""What everybody may see: the catalogue and a workshop's page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from laurels.people.doors import Request
from laurels.workshops import queries
from laurels.workshops.forms import CatalogueForm
from laurels.workshops.models import Workshop


@require_safe
def workshops(request: Request) -> HttpResponse:
    offered = queries.choices(now=request.now)
    form = CatalogueForm(request.GET, offered)
    wanted = form.wanted(request.GET.get("after", ""))
    page = queries.catalogue(wanted, [zone for zone, _name in offered.zones], now=request.now)
    asked = request.GET.copy()
    asked["after"] = page.next_after
    is_narrowed = any(value for name, value in form.cleaned_data.items())
    context = {
        "page": page,
        "form": form,
        "zones": offered.zones,
        "next": asked.urlencode(),
        "is_narrowed": is_narrowed,
    }
    return render(request, "workshops/pages/catalogue.html", context)


@require_safe
def workshop(request: Request, public_id: str) -> HttpResponse:
    code = request.GET.get("code", "")
    visible = Workshop.objects.visible_to(request.actor, code=code).with_seats_filled()
    found = get_object_or_404(
        visible.select_related("course__scheme__body", "provider__billing", "curriculum", "cancellation", "sale"),
        public_id=public_id,
    )
    page = queries.workshop_page(found, by=request.actor, now=request.now)
    linked = queries.linked_workshop(found, page.days, page.trainers, now=request.now)
    return render(request, "workshops/pages/workshop.html", {"page": page, "linked": linked, "code": code})
