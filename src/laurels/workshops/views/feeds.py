"""What other programs and other sites fetch: a course's calendar, a provider's dates; and the desk page about them."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from laurels.people.doors import Request, SignedIn, signed_in, to_be_kept
from laurels.people.models import Organisation
from laurels.programmes.models import Course
from laurels.workshops import queries

MINUTE = 60
# A page that anybody may frame, and that can do nothing there but be read.
FRAMED: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": ["*"],
}


@require_safe
def course_feed(request: Request, slug: str) -> HttpResponse:
    course = get_object_or_404(Course, slug=slug)
    asked = {name: request.GET.get(name, "") for name in ("language", "provider")}
    feed = queries.course_feed(course, **asked, now=request.now)
    answer = to_be_kept(
        request, feed.content, "text/calendar; charset=utf-8", seconds=5 * MINUTE, changed_at=feed.changed_at
    )
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
@xframe_options_exempt
@csp_override(FRAMED)
def embedded_dates(request: Request, slug: str) -> HttpResponse:
    """Drawn without the request: no session, no cookie, the same bytes for everybody."""
    provider, listed = _asked(request, slug)
    page = render_to_string("workshops/pages/embedded_dates.html", {"provider": provider, "listed": listed})
    answer = to_be_kept(request, page.encode(), "text/html; charset=utf-8", seconds=5 * MINUTE)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def embedded_data(request: Request, slug: str) -> HttpResponse:
    provider, listed = _asked(request, slug)
    content = queries.as_json(queries.embedded_data(provider, listed))
    answer = to_be_kept(request, content, "application/json", seconds=5 * MINUTE)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
@signed_in
def embedding(request: SignedIn, slug: str) -> HttpResponse:
    """For the provider's staff: what to copy into their own site, and how it looks."""
    staffed = Organisation.objects.where(request.actor, "staff").filter(is_provider=True)
    provider = get_object_or_404(staffed, slug=slug)
    chosen = {name: request.GET.get(name, "") for name in ("course", "language")}
    query = urlencode({name: value for name, value in chosen.items() if value})
    page = queries.embedding(provider, query=query, now=request.now)
    return render(request, "workshops/pages/embedding.html", {"page": page, "chosen": chosen})


def _asked(request: Request, slug: str) -> tuple[Organisation, list[queries.Listed]]:
    provider = get_object_or_404(Organisation.objects.providers(), slug=slug)
    chosen = {name: request.GET.get(name, "") for name in ("course", "language")}
    return provider, queries.embedded(provider, **chosen, now=request.now)
