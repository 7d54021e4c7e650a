from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laurels.participation import actions, queries
from laurels.participation.forms import RemarkForm
from laurels.participation.models import HeldExercise
from laurels.people.doors import Request, see_other, signed_in
from laurels.workshops.models import Seat


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request: Request, public_id: str) -> HttpResponse:
    """The learner's own evidence, and their "that is not right" on it."""
    seat, about = _own_seat(request, public_id), request.POST.get("about", "")
    form = RemarkForm(request.POST or None)
    if form.is_valid():
        exercise = get_object_or_404(HeldExercise, workshop=seat.workshop_id, key=about) if about else None
        actions.remark(seat, exercise, form.cleaned_data["text"], by=request.actor, now=request.now)
        messages.success(request, _("Said. Your trainer answers here, by a correction or in a sentence."))
        return see_other("participation:participation", seat.public_id)
    context = {"own": queries.own_participation(seat), "form": form, "about": about}
    return render(request, "participation/pages/participation.html", context, status=422 if form.is_bound else 200)


def _own_seat(request: Request, public_id: str) -> Seat:
    rows = Seat.objects.filled().filter(person=request.actor.person_id)
    return get_object_or_404(
        rows.select_related("workshop__course", "workshop__curriculum", "workshop__provider"), public_id=public_id
    )
