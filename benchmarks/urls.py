import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from laurels.journal.actions import record, wakes
from laurels.kernel.actor import Actor

_moment = threading.local()
BENCH = Actor.of_system("bench")


@dataclass(frozen=True, slots=True)
class Rung:
    bell_id: int


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@csrf_exempt
def ring(request: HttpRequest, topic: str) -> HttpResponse:
    """One fact in the topic; answers with its place and the moment of the commit."""
    with transaction.atomic():
        entry = record(f"bench:{topic}", Rung(1), by=BENCH, at=timezone.now())
    return HttpResponse(f"{entry.seq} {time.monotonic_ns()}")


class Committed:
    """Says in the answer when the last entry of this request was committed, by the machine's monotonic clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        wakes.append(lambda topic: setattr(_moment, "at", time.monotonic_ns()))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _moment.at = 0
        answer = self.get_response(request)
        if _moment.at:
            answer.headers["X-Bench-Committed"] = str(_moment.at)
        return answer


urlpatterns = [path("empty", empty), path("ring/<slug:topic>", ring), path("", include("laurels.web.urls"))]
