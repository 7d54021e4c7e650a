from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laurels.kernel.refusal import Refused
from laurels.participation import actions, queries
from laurels.participation.forms import DeclarationForm
from laurels.people.doors import Request, see_other, signed_in
from laurels.workshops.models import Seat


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: Request, public_id: str) -> HttpResponse:
    """The learner's own seat: what was noted of them, and their words for the certificate."""
    own = queries.own_seat(_own_seat(request, public_id))
    form = DeclarationForm(request.POST or None, own=own, initial=DeclarationForm.initial_for(own))
    is_preview = "preview" in request.POST
    if form.is_valid() and not is_preview and _declare(request, own.seat, form):
        messages.success(request, _("Confirmed. You can change it until the list is signed."))
        return see_other("participation:declaration", own.seat.public_id)
    name = form.cleaned_data.get("certificate_name", "") if form.is_bound else form.initial["certificate_name"]
    status = 422 if form.errors else 200
    return render(
        request, "participation/pages/declaration.html", {"own": own, "form": form, "name": name}, status=status
    )


def _own_seat(request: Request, public_id: str) -> Seat:
    rows = Seat.objects.visible_to(request.actor).filter(person=request.actor.person_id)
    return get_object_or_404(
        rows.select_related(
            "declaration", "workshop__course__scheme__body", "workshop__curriculum", "workshop__provider"
        ),
        public_id=public_id,
    )


def _declare(request: Request, seat: Seat, form: DeclarationForm) -> bool:
    try:
        actions.declare(seat, **form.cleaned_data, by=request.actor, now=request.now)
    except Refused as refused:
        form.add_error(refused.refusal.field or None, str(refused.refusal))
        return False
    return True
