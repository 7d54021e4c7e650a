"""Learning before class: open to everybody, with progress for those who are signed in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.library import actions, queries
from laurels.people.doors import Request, SignedIn, see_other, signed_in


@require_safe
def path(request: Request) -> HttpResponse:
    return render(request, "library/pages/path.html", {"path": queries.path(request.person or None)})


@require_safe
def lesson(request: Request, key: str) -> HttpResponse:
    """With answers in the address (``?a0=Plan it``) the practice explains them: nothing is kept."""
    page = queries.lesson_page(key, request.person or None, request.GET.dict())
    if page is None:
        raise Http404
    return render(request, "library/pages/lesson.html", {"page": page})


@require_POST
@signed_in
def done(request: SignedIn, key: str) -> HttpResponse:
    page = queries.lesson_page(key, request.person, {})
    if page is None:
        raise Http404
    actions.finish_lesson(page.lesson, request.person, by=request.actor, now=request.now)
    if page.next:
        return see_other("lesson", page.next.key)
    messages.success(request, _("That was the last one. You are ready for class."))
    return see_other("learn")
