"""The demo's stage door: enter as anybody of the cast, with one click. Exists only in the demo's mode."""

from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from laurels.people.doors import Request
from laurels.people.models import Person
from laurels.web.demo.cast import PLAYERS


@require_safe
def stage_door(request: Request) -> HttpResponse:
    return render(request, "web/pages/stage_door.html", {"players": PLAYERS})


@require_POST
def enter(request: Request, email: str) -> HttpResponse:
    player = next((one for one in PLAYERS if one.email == email), None)
    if player is None:
        raise Http404
    person = Person.objects.with_email(email).first()
    if person is None:
        return HttpResponseRedirect(f"/sign-in?email={email}", status=303)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(player.starts, status=303)
