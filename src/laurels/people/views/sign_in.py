"""In by a code, out by a button."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from laurels.kernel.refusal import Refused
from laurels.people import actions
from laurels.people.doors import Request, client_of, enter, see_other
from laurels.people.forms import CodeForm, EmailForm
from laurels.people.models import Proof


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Ask for the address. What follows is the same, and takes as long, whether anybody has it or not."""
    next_path = safe_path(request, request.POST.get("next", request.GET.get("next", "")))
    if request.person and request.method != "POST":
        return see_other(next_path or settings.LOGIN_REDIRECT_URL)
    form = EmailForm(request.POST or None)
    if form.is_valid():
        proof = actions.send_code(
            form.cleaned_data["email"],
            purpose=Proof.Purpose.SIGN_IN,
            client=client_of(request),
            next_path=next_path,
            by=request.actor,
            now=request.now,
        )
        return see_other("sign-in-proof", proof.public_id)
    status = 422 if form.is_bound else 200
    return render(request, "people/pages/sign_in.html", {"form": form, "next": next_path}, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_proof(request: Request, public_id: str) -> HttpResponse:
    """Ask for the code; the letter's link brings it along, and only the button uses it (mail scanners follow links)."""
    proof = get_object_or_404(Proof.objects.for_sign_in(), public_id=public_id)
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if form.is_valid():
        try:
            person = actions.prove(proof, form.cleaned_data["code"], by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error("code", str(refused.refusal))
        else:
            enter(request, person)
            return see_other(safe_path(request, proof.next_path) or settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "proof": proof}
    return render(request, "people/pages/sign_in_proof.html", context, status=422 if form.is_bound else 200)


@require_POST
def sign_out(request: Request) -> HttpResponse:
    auth.logout(request)
    return see_other("/")


def safe_path(request: Request, text: str) -> str:
    """``text`` if it is a path on this site, else nothing: sign-in must not send people elsewhere."""
    is_path = text.startswith("/") and text.isprintable() and len(text) <= 500
    return text if is_path and url_has_allowed_host_and_scheme(text, allowed_hosts=None) else ""
