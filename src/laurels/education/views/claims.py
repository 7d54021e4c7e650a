"""Codes: typed by whoever was there, made by whoever organised it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from laurels.education import actions, queries
from laurels.education.forms import ClaimCodeForm, ClaimForm
from laurels.education.models import ClaimCode
from laurels.education.rules.categories import categories
from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claims(request: SignedIn) -> HttpResponse:
    """``?code=`` comes from a printed QR code; typing it in is the same."""
    form = ClaimForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.claim(request.person, form.cleaned_data["code"], by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("“%(title)s” is in your ledger.") % {"title": entry.title})
            return see_other("ledger")
    return render(request, "education/pages/claims.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def codes(request: SignedIn) -> HttpResponse:
    page = queries.claim_codes(request.actor)
    if not page.organisations:
        raise Http404
    today = request.now.date()
    form = ClaimCodeForm(
        request.POST or None,
        organisations=page.organisations,
        categories=categories(queries.bindings_here(request.now)),
        initial={"on": today},
    )
    if request.method == "POST" and form.is_valid():
        try:
            code = actions.make_code(**form.terms(), by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("The code is %(code)s.") % {"code": code.code})
            return see_other("claim-codes")
    context = {"page": page, "form": form, "today": today}
    return render(request, "education/pages/codes.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def closing(request: SignedIn, public_id: str) -> HttpResponse:
    code = get_object_or_404(ClaimCode.objects.visible_to(request.actor), public_id=public_id)
    actions.close_code(code, by=request.actor, now=request.now)
    messages.success(request, _("Closed. What was claimed stays."))
    return see_other("claim-codes")
