"""The invited person's door. GET shows, as often as mail scanners like; only the button accepts."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.credentials import actions, queries, rules
from laurels.credentials.forms import AcceptanceForm
from laurels.credentials.models import Credential, Invitation
from laurels.credentials.queries.invitations import InvitationPage
from laurels.kernel.refusal import Refused
from laurels.people.doors import Request, enter, see_other

# Sign-in keeps its way back in the database; a secret may only wait in the browser that brought it.
COOKIE, COOKIE_SECONDS = "invitation", 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, secret: str) -> HttpResponse:
    found = _found(secret)
    page = queries.invitation_page(found, request.person or None, by=request.actor, now=request.now)
    form = AcceptanceForm(request.POST if request.method == "POST" else None, page=page)
    if form.is_valid():
        try:
            return _accept(request, secret, page, form)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
    elif request.method == "GET":
        actions.open_invitation(found, by=request.actor, now=request.now)
    context = {"page": page, "form": form, "secret": secret, "own": _own_certificate(request, found)}
    status = 422 if form.is_bound else 410 if rules.why_not_open(found, now=request.now) else 200
    return render(request, "credentials/pages/invitation.html", context, status=status)


@never_cache
@require_POST
def another_letter(request: Request, secret: str) -> HttpResponse:
    """Send a new link to the address that the old one went to."""
    again = actions.ask_again(_found(secret), by=request.actor, now=request.now)
    messages.success(request, _("A new letter is on its way to %(email)s.") % {"email": again.email})
    return see_other("/")


@never_cache
@require_safe
def sign_in_first(request: Request, secret: str) -> HttpResponse:
    """For people with an account under another address: sign in and come back here."""
    _found(secret)
    response = see_other(f"{reverse('sign-in')}?next={reverse('credentials:pending-invitation')}")
    response.set_cookie(
        COOKIE,
        secret,
        COOKIE_SECONDS,
        path="/invitations",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@never_cache
@require_safe
def pending(request: Request) -> HttpResponse:
    secret = request.COOKIES.get(COOKIE, "")
    _found(secret)
    response = see_other("credentials:invitation", secret)
    response.delete_cookie(COOKIE, path="/invitations")
    return response


def _accept(request: Request, secret: str, page: InvitationPage, form: AcceptanceForm) -> HttpResponse:
    certification = actions.redeem_invitation(
        secret,
        person=page.person,
        accepts_licence=form.cleaned_data["accepts_licence"],
        by=request.actor,
        now=request.now,
    )
    if page.person is None:
        enter(request, certification.person)
    messages.success(request, _("Congratulations! You are certified."))
    credential = Credential.objects.latest_of(certification)
    return see_other("credentials:certificate", credential.public_id) if credential else see_other("/me/certifications")


def _own_certificate(request: Request, found: Invitation) -> str:
    """The certificate that came of a used link, for nobody but its holder."""
    certification = getattr(found.line, "certification", None)
    if not request.person or not certification or certification.person_id != request.person.pk:
        return ""
    credential = Credential.objects.latest_of(certification)
    return credential.public_id if credential else ""


def _found(secret: str) -> Invitation:
    found = queries.invitation_by_secret(secret)
    if found is None:
        raise Http404
    return found
