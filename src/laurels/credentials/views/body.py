"""The body's register of certifications, and its queue of invitations."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.credentials import actions, queries
from laurels.credentials.forms import NameForm, ReasonForm, SearchForm
from laurels.credentials.models import Certification, Invitation
from laurels.kernel.refusal import Refused
from laurels.people.doors import Request, see_other, signed_in

type Verb = Callable[..., Certification]


def _for_bodies(request: Request) -> None:
    """People without a role in any body learn nothing of these pages."""
    if not any(right.is_body and right.kind in {"owner", "staff", "auditor"} for right in request.actor.rights):
        raise Http404


@signed_in
@require_safe
def certifications(request: Request) -> HttpResponse:
    _for_bodies(request)
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    register = queries.certification_register(request.actor, words, request.GET.get("after", ""), request.now)
    context = {"form": form, "register": register, "words": words}
    return render(request, "credentials/pages/register.html", context)


@signed_in
@require_safe
def certification(request: Request, number: str) -> HttpResponse:
    return _dossier(request, number)


@signed_in
@require_POST
def revocation(request: Request, number: str) -> HttpResponse:
    return _change(request, number, "revocation", actions.revoke, _("The certification is revoked."))


@signed_in
@require_POST
def suspension(request: Request, number: str) -> HttpResponse:
    return _change(request, number, "suspension", actions.suspend, _("The certification is suspended."))


@signed_in
@require_POST
def reinstatement(request: Request, number: str) -> HttpResponse:
    return _change(request, number, "reinstatement", actions.reinstate, _("The suspension is lifted."))


@signed_in
@require_POST
def name(request: Request, number: str) -> HttpResponse:
    done = _("The credential is issued again under the right name; the old one points to it.")
    return _change(request, number, "name", actions.correct_name, done)


@signed_in
@require_safe
def invitations(request: Request) -> HttpResponse:
    _for_bodies(request)
    queue = queries.invitation_queue(request.actor, request.GET.get("after", ""), request.now)
    return render(request, "credentials/pages/invitation_queue.html", {"queue": queue})


@signed_in
@require_POST
def resending(request: Request, public_id: str) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.visible_to(request.actor), public_id=public_id)
    again = actions.resend_invitation(found, by=request.actor, now=request.now)
    messages.success(request, _("A new letter is on its way to %(email)s.") % {"email": again.email})
    return see_other("credentials:invitations")


@signed_in
@require_POST
def withdrawal(request: Request, public_id: str) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.visible_to(request.actor), public_id=public_id)
    actions.withdraw_invitation(found, by=request.actor, now=request.now)
    messages.success(request, _("The invitation is withdrawn; its link no longer works."))
    return see_other("credentials:invitations")


def _forms(bound: str = "", data: Any = None) -> dict[str, forms.Form]:
    kinds = {"revocation": ReasonForm, "suspension": ReasonForm, "reinstatement": forms.Form, "name": NameForm}
    return {key: kind(data if key == bound else None, auto_id=f"{key}_%s") for key, kind in kinds.items()}


def _dossier(request: Request, number: str, given: dict[str, forms.Form] | None = None) -> HttpResponse:
    page = queries.certification_dossier(request.actor, number, request.now)
    context = {"page": page, "forms": given or _forms()}
    return render(request, "credentials/pages/certification.html", context, status=422 if given else 200)


def _change(request: Request, number: str, key: str, verb: Verb, done: str) -> HttpResponse:
    found = get_object_or_404(Certification.objects.given_by(request.actor), number=number)
    given = _forms(key, request.POST)
    if not given[key].is_valid():
        return _dossier(request, number, given)
    try:
        verb(found, **given[key].cleaned_data, by=request.actor, now=request.now)
    except Refused as refused:
        given[key].add_error(refused.refusal.field or None, str(refused.refusal))
        return _dossier(request, number, given)
    messages.success(request, done)
    return see_other("credentials:certification", number)
