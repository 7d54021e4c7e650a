"""Renewing on one screen: what, price, reasons, pay."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.people.models import Organisation
from laurels.renewals import actions, queries
from laurels.renewals.models import Group, Renewal


@require_safe
@signed_in
def renewals(request: SignedIn) -> HttpResponse:
    """``?chosen=CSPO&chosen=CSM`` asks for these only, ``?on=2027-05-01&earning=A-CSPO`` what would be if."""
    chosen = request.GET.getlist("chosen") if "choosing" in request.GET else None
    on, earning = _day(request.GET.get("on", "")), request.GET.get("earning", "")
    offers = queries.offers(request.person, chosen, on=on, earning=earning, now=request.now)
    group = Group.objects.filter(public_id=request.GET.get("group", ""), order=None).select_related("body").first()
    page = {"offers": offers, "what_if": on or earning, "on": on, "earning": earning, "group": group}
    return render(request, "renewals/pages/renewals.html", page)


@require_POST
@signed_in
def body_renewals(request: SignedIn, slug: str) -> HttpResponse:
    body = get_object_or_404(Organisation.objects.bodies(), slug=slug)
    chosen, group_id = request.POST.getlist("chosen"), request.POST.get("group")
    group = get_object_or_404(Group, public_id=group_id) if group_id else None
    renewal = actions.begin(request.person, body, chosen, group=group, by=request.actor, now=request.now)
    if group and renewal.group:
        messages.success(
            request, _("Agreed. It is complete as soon as %(company)s has paid.") % {"company": group.company}
        )
        return see_other("renewals")
    if renewal.order is None:
        messages.success(request, _("Renewed. Your new certificate is on its way to your letters."))
        return see_other("renewals")
    return see_other("order", renewal.order.public_id)


@require_POST
@signed_in
def end(request: SignedIn, public_id: str) -> HttpResponse:
    renewal = get_object_or_404(Renewal.objects.visible_to(request.actor), public_id=public_id)
    actions.give_up(renewal, by=request.actor, now=request.now)
    messages.success(request, _("Given up. Nothing is owed, and your units are free again."))
    return see_other("renewals")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
