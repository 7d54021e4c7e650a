"""The directory, and one member's profile."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.community import actions, queries
from laurels.community.forms import MessageForm, SearchForm
from laurels.community.models import Profile
from laurels.people.doors import Request, SignedIn, see_other, signed_in

FILTERS = ("name", "place", "language", "scheme")


@require_safe
def directory(request: Request) -> HttpResponse:
    filters = {name: request.GET.get(name, "").replace("\x00", "")[:100] for name in FILTERS}
    after = request.GET.get("after", "")[:40]
    page = queries.directory(filters, after, request.actor, request.now)
    form = SearchForm(initial=filters, auto_id="search_%s")
    schemes = dict.fromkeys(one.code for one in page.schemes)
    form.fields["scheme"].choices = [("", _("Any")), *((code, code) for code in schemes)]  # type: ignore[attr-defined]
    asked = {name: value for name, value in filters.items() if value}
    context = {"page": page, "form": form, "asked": asked, "is_later": bool(after)}
    return render(request, "community/pages/directory.html", context)


@require_safe
def profile(request: Request, public_id: str) -> HttpResponse:
    page = queries.profile_page(public_id, request.actor, request.now)
    if page is None:
        raise Http404
    return render(request, "community/pages/profile.html", {"page": page, "form": MessageForm()})


@require_POST
@signed_in
def block(request: SignedIn, public_id: str) -> HttpResponse:
    seen = Profile.objects.visible_to(request.actor, request.now).select_related("person")
    other = get_object_or_404(seen, public_id=public_id).person
    actions.block(other, by=request.actor, now=request.now)
    messages.success(request, _("%(name)s is blocked, and is not told.") % {"name": other.name})
    return see_other("community:blocks")
