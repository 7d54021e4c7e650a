import time
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from laurels.journal.actions import record
from laurels.kernel.actor import Actor

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


urlpatterns = [path("empty", empty), path("ring/<slug:topic>", ring), path("", include("laurels.web.urls"))]
