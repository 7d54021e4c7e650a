"""A company pays for its people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.renewals import actions, queries
from laurels.renewals.forms import GroupForm, InviteForm
from laurels.renewals.models import Group


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def groups(request: SignedIn) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_group(request.person, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            return see_other("renewal-group", made.public_id)
    mine = Group.objects.of(request.actor).select_related("body", "order__payment").order_by("-pk")[:50]
    context = {"form": form, "groups": mine}
    return render(request, "renewals/pages/groups.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def group(request: SignedIn, public_id: str) -> HttpResponse:
    found, form = _mine(request, public_id), InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        emails = form.cleaned_data["emails"].splitlines()
        try:
            fresh = actions.invite_to_group(found, emails, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("%(n)s letters are on their way.") % {"n": len(fresh)})
            return see_other("renewal-group", public_id)
    context = {"page": queries.group_page(found), "form": form}
    return render(request, "renewals/pages/group.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def bill(request: SignedIn, public_id: str) -> HttpResponse:
    billed = actions.bill_group(_mine(request, public_id), by=request.actor, now=request.now)
    assert billed.order is not None
    return see_other("order", billed.order.public_id)


def _mine(request: SignedIn, public_id: str) -> Group:
    found = Group.objects.of(request.actor).select_related("body", "order__payment")
    return get_object_or_404(found, public_id=public_id)
