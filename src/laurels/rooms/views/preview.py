"""A look at an exercise before class, for trainers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from laurels.people.doors import SignedIn, signed_in
from laurels.programmes.models import Exercise
from laurels.rooms import queries


@require_safe
@signed_in
def preview(request: SignedIn, public_id: str) -> HttpResponse:
    exercise = get_object_or_404(Exercise.objects.visible_to(request.actor).select_related("body"), public_id=public_id)
    asked = request.GET.get("step", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    return render(request, "rooms/pages/preview.html", {"page": queries.preview(exercise, number, for_=request.actor)})
