from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from laurels.credentials import queries
from laurels.people.doors import Request, signed_in


@signed_in
@require_safe
def my_certifications(request: Request) -> HttpResponse:
    assert request.person
    held = queries.my_certifications(request.person, request.now)
    return render(request, "credentials/pages/my_certifications.html", {"held": held})


@require_safe
def certifications(request: Request) -> HttpResponse:
    return redirect("credentials:my-certifications")
