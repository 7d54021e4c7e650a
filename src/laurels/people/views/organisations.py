"""Organisations, the people in them, and invitations to a role."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refused
from laurels.people import actions, queries, rules
from laurels.people.doors import Request, SignedIn, enter, see_other, signed_in
from laurels.people.forms import RoleInvitationForm
from laurels.people.models import Organisation, RoleInvitation


@require_safe
def organisation(request: Request, slug: str) -> HttpResponse:
    """What everybody may know."""
    found = get_object_or_404(Organisation, slug=slug)
    is_owner = request.actor.has("owner", at=found.pk)
    return render(request, "people/pages/organisation.html", {"organisation": found, "is_owner": is_owner})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_people(request: Request, slug: str) -> HttpResponse:
    """The owners' page: who is who, and inviting more."""
    found = get_object_or_404(Organisation.objects.owned_by(request.actor), slug=slug)
    form = RoleInvitationForm(request.POST or None)
    if form.is_valid():
        try:
            actions.invite_to_role(found, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
            return see_other("organisation-people", slug)
    context = {
        "organisation": found,
        "people": queries.people_of(found),
        "invitations": queries.open_role_invitations(found, request.now),
        "form": form,
    }
    return render(request, "people/pages/organisation_people.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def role_revocation(request: SignedIn, slug: str, public_id: str) -> HttpResponse:
    found = get_object_or_404(Organisation.objects.owned_by(request.actor), slug=slug)
    role = get_object_or_404(found.roles, public_id=public_id)
    actions.revoke_role(role, by=request.actor, now=request.now)
    messages.success(request, _("The role is taken back."))
    is_still_owner = request.person.roles.filter(organisation=found, kind="owner").exists()
    return see_other("organisation-people" if is_still_owner else "organisation", slug)


@signed_in
@require_POST
def role_invitation_withdrawal(request: Request, slug: str, public_id: str) -> HttpResponse:
    found = get_object_or_404(Organisation.objects.owned_by(request.actor), slug=slug)
    invitation = get_object_or_404(found.role_invitations, public_id=public_id)
    actions.withdraw_role_invitation(invitation, by=request.actor, now=request.now)
    messages.success(request, _("The invitation is withdrawn; its link no longer works."))
    return see_other("organisation-people", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def role_invitation(request: Request, secret: str) -> HttpResponse:
    """GET shows what the link is for; only the button uses it."""
    invitation = queries.role_invitation_by_secret(secret)
    if invitation is None:
        raise Http404
    if request.method == "POST":
        return _redeem(request, invitation, secret)
    refusal = rules.why_not_redeem_role_invitation(
        invitation, request.person or None, by=request.actor, now=request.now
    )
    context = {"invitation": invitation, "refusal": refusal}
    return render(request, "people/pages/role_invitation.html", context)


def _redeem(request: Request, invitation: RoleInvitation, secret: str) -> HttpResponse:
    role = actions.redeem_role_invitation(secret, person=request.person or None, by=request.actor, now=request.now)
    if not request.person:
        enter(request, role.person)
    messages.success(request, _("Welcome to %(name)s.") % {"name": invitation.organisation.name})
    return see_other("organisation", invitation.organisation.slug)
