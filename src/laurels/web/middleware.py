"""The one place where a refusal becomes a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from laurels.kernel.refusal import Refused


class RefusalMiddleware:
    """Turns ``Refused`` into a 409: a page for people, an RFC 9457 problem for ``Accept: application/json``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        refusal = exception.refusal
        if request.headers.get("Accept", "").startswith("application/json"):
            problem = {"type": f"urn:laurels:refusal:{refusal.code}", "title": str(refusal.message), "status": 409}
            return JsonResponse(problem, status=409, content_type="application/problem+json")
        return render(request, "web/pages/refused.html", {"refusal": refusal}, status=409)
