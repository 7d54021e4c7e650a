"""What every door of every stage uses to know who is asking and when: set once a request, here."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Concatenate

from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.functional import SimpleLazyObject
from django.utils.http import http_date

from laurels.kernel.actor import ANONYMOUS, Actor
from laurels.people.models import Person

PLACED_ORDERS = "placed_orders"
MOST_PLACED = 20


class Request(HttpRequest):
    """After ``ActorMiddleware``: ``actor`` with today's roles and ``now``, the one instant of this request.

    ``person`` is lazy: ask whether it is true, never whether it ``is None``.
    """

    actor: Actor
    now: datetime
    person: Person | None


class SignedIn(Request):
    """A request behind ``signed_in``: somebody is there."""

    person: Person  # type: ignore[assignment]


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
    if request.user.is_authenticated:
        return request.user.actor
    return ANONYMOUS.having_placed(*request.session.get(PLACED_ORDERS, ()))


def remember_order(request: Request, order_id: int) -> None:
    """From the next request on, a browser that is not signed in counts as the order's buyer; signing in ends that."""
    placed = [*(pk for pk in request.session.get(PLACED_ORDERS, ()) if pk != order_id), order_id]
    request.session[PLACED_ORDERS] = placed[-MOST_PLACED:]


def signed_in[Asked: Request, **P, R: HttpResponseBase](
    view: Callable[Concatenate[Asked, P], R],
) -> Callable[Concatenate[Asked, P], R | HttpResponse]:
    """A view for signed-in people; others go to sign-in and come back."""

    @wraps(view)
    def door(request: Asked, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return door


def signed_in_or_buying[Asked: Request, **P, R: HttpResponseBase](
    view: Callable[Concatenate[Asked, P], R],
) -> Callable[Concatenate[Asked, P], R | HttpResponse]:
    """A view for signed-in people, and for browsers that bought something without; others go to sign-in."""
    behind_sign_in = signed_in(view)

    @wraps(view)
    def door(request: Asked, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        if request.actor.placed_orders:
            return view(request, *args, **kwargs)
        return behind_sign_in(request, *args, **kwargs)

    return door


def enter(request: Request, person: Person) -> None:
    """Begin the person's session under a new key; nothing of a former session comes along."""
    request.session.flush()
    auth.login(request, person, backend=f"{ModelBackend.__module__}.{ModelBackend.__qualname__}")


class SeeOther(HttpResponseRedirect):
    """After a POST that did its work: look there now, with GET."""

    status_code = 303


def see_other(to: object, *args: object) -> SeeOther:
    """303 to a named page or a path."""
    return SeeOther(resolve_url(str(to), *args))


def to_be_kept(
    request: HttpRequest,
    content: bytes,
    media_type: str,
    *,
    seconds: int,
    changed_at: datetime | None = None,
    is_public: bool = True,
) -> HttpResponse:
    """What programs fetch again and again: they may keep it so long, and hear briefly when it is still the same."""
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type=media_type)
    changed = int(changed_at.timestamp()) if changed_at else None
    answer = get_conditional_response(request, etag, changed, answer) or answer
    answer.headers["ETag"] = etag
    if changed_at:
        answer.headers["Last-Modified"] = http_date(changed_at.timestamp())
    answer.headers["Cache-Control"] = f"{'public' if is_public else 'private'}, max-age={seconds}"
    return answer


def client_of(request: Request) -> str:
    """Where the request comes from, as far as one household or office: IPv6 addresses count by their /64."""
    address = request.META.get("REMOTE_ADDR", "")
    return ":".join(address.split(":")[:4]) if ":" in address else address
