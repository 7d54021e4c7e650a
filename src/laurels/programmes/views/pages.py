from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laurels.people.doors import Request
from laurels.programmes import queries


@require_safe
def scheme(request: Request, slug: str) -> HttpResponse:
    page = queries.scheme_page(slug, request.GET.get("body", ""), request.now)
    return render(request, "programmes/pages/scheme.html", {"page": page})


@require_safe
def course(request: Request, slug: str) -> HttpResponse:
    return render(request, "programmes/pages/course.html", {"page": queries.course_page(slug)})


@require_safe
def policy(request: Request, key: str) -> HttpResponse:
    page = queries.policy_page(key, request.GET.get("body", ""), request.GET.get("version", ""))
    return render(request, "programmes/pages/policy.html", {"page": page})
