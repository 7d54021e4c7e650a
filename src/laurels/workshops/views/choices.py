"""A workshop was called off: its buyer chooses. GET shows, as often as mail scanners like; only the button chooses."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laurels.kernel.refusal import Refused
from laurels.people.doors import Request, see_other
from laurels.workshops import actions, queries
from laurels.workshops.forms import ChoiceForm
from laurels.workshops.models import Choice, Workshop


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: Request, secret: str) -> HttpResponse:
    """By the link in the letter, or signed in by the choice's own name."""
    by_link = queries.choice_with_secret(secret)
    found = by_link or queries.choice_seen_by(request.actor, secret)
    if found is None:
        raise Http404
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _choose(request, found, form, has_link=by_link is not None)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("Thank you. A letter says what happens now."))
            return see_other("choice", secret)
    page = queries.choice_page(found, now=request.now)
    context = {"page": page, "form": form}
    return render(request, "workshops/pages/choice.html", context, status=409 if form.is_bound else 200)


def _choose(request: Request, found: Choice, form: ChoiceForm, *, has_link: bool) -> None:
    target = Workshop.objects.public().filter(public_id=form.cleaned_data["to"]).first()
    is_move = form.cleaned_data["answer"] == Choice.Answer.MOVE
    actions.choose(
        found,
        form.cleaned_data["answer"],
        target=(target or found.workshop) if is_move else None,
        has_link=has_link,
        by=request.actor,
        now=request.now,
    )
