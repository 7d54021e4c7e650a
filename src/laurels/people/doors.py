"""What every door of every stage uses to know who is asking and when: set once a request, here."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from laurels.kernel.actor import ANONYMOUS, Actor
from laurels.people.models import Person


class Request(HttpRequest):
    """A request after ``ActorMiddleware``: ``actor`` with today's roles and ``now``, the one instant of this request."""

    actor: Actor
    now: datetime
    person: Person | None


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.now = timezone.now()
        request.person = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[assignment]
        return self.get_response(request)


def _person(request: Request) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _actor(request: Request) -> Actor:
    return request.user.actor if request.user.is_authenticated else ANONYMOUS


def signed_in[**P, R: HttpResponseBase](
    view: Callable[Concatenate[Request, P], R],
) -> Callable[Concatenate[Request, P], R | HttpResponse]:
    """A view for signed-in people; others go to sign-in and come back."""

    @wraps(view)
    def door(request: Request, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return door
