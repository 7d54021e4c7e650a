"""One's own account: who I am, my addresses, my other account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from laurels.kernel.refusal import Refused
from laurels.people import actions, queries
from laurels.people.doors import SignedIn, client_of, see_other, signed_in
from laurels.people.forms import CodeForm, EmailForm, IntroductionForm
from laurels.people.models import Person, Proof


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: SignedIn) -> HttpResponse:
    known = {"name": request.person.name, "language": request.person.language, "zone": request.person.zone}
    form = IntroductionForm(request.POST or None, initial=known)
    if form.is_valid():
        actions.introduce(request.person, **form.cleaned_data, by=request.actor, now=request.now)
        messages.success(request, _("Saved."))
        return see_other("me")
    return _account(request, form=form, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def addresses(request: SignedIn) -> HttpResponse:
    """Send a code to one more address; it becomes mine when I type the code."""
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _account(request, email_form=form, status=422)
    proof = actions.send_code(
        form.cleaned_data["email"],
        purpose=Proof.Purpose.ADD_ADDRESS,
        person=request.person,
        client=client_of(request),
        by=request.actor,
        now=request.now,
    )
    return see_other("address-proof", proof.public_id)


@never_cache
@sensitive_post_parameters("code")
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def address_proof(request: SignedIn, public_id: str) -> HttpResponse:
    proof = get_object_or_404(Proof.objects.for_address_of(request.person), public_id=public_id)
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if form.is_valid():
        try:
            actions.confirm_address(proof, form.cleaned_data["code"], by=request.actor, now=request.now)
        except Refused as refused:
            if refused.refusal.code == "another-account":
                return _offer_merge(request, proof, form)
            form.add_error("code", str(refused.refusal))
        else:
            messages.success(request, _("The address is yours."))
            return see_other("me")
    context = {"form": form, "proof": proof}
    return render(request, "people/pages/address_proof.html", context, status=422 if form.is_bound else 200)


@sensitive_post_parameters("code")
@signed_in
@require_POST
def merges(request: SignedIn, public_id: str) -> HttpResponse:
    """Bring the account that has the proven address into mine."""
    proof = get_object_or_404(Proof.objects.for_address_of(request.person), public_id=public_id)
    # Without another account the action refuses as it would with one: a wrong code must not tell them apart.
    other = Person.objects.with_email(proof.email).first() or request.person
    code = request.POST.get("code", "")
    actions.merge(request.person, other, proof=proof, code=code, by=request.actor, now=request.now)
    messages.success(request, _("Your two accounts are one now."))
    return see_other("me")


@signed_in
@require_POST
def primary_address(request: SignedIn, public_id: str) -> HttpResponse:
    address = get_object_or_404(request.person.addresses, public_id=public_id)
    actions.make_primary(address, by=request.actor, now=request.now)
    messages.success(request, _("Your letters go to %(email)s now.") % {"email": address.email})
    return see_other("me")


@signed_in
@require_POST
def address_removal(request: SignedIn, public_id: str) -> HttpResponse:
    address = get_object_or_404(request.person.addresses, public_id=public_id)
    actions.remove_address(address, by=request.actor, now=request.now)
    messages.success(request, _("%(email)s is removed.") % {"email": address.email})
    return see_other("me")


def _account(
    request: SignedIn, *, form: IntroductionForm | None = None, email_form: EmailForm | None = None, status: int
) -> HttpResponse:
    known = {"name": request.person.name, "language": request.person.language, "zone": request.person.zone}
    context = {
        "form": form or IntroductionForm(initial=known),
        "email_form": email_form or EmailForm(),
        "addresses": queries.addresses_of(request.person),
        "organisations": queries.my_organisations(request.actor),
    }
    return render(request, "people/pages/me.html", context, status=status)


def _offer_merge(request: SignedIn, proof: Proof, form: CodeForm) -> HttpResponse:
    other = Person.objects.with_email(proof.email).get()
    context = {"proof": proof, "code": form.cleaned_data["code"], "other": other}
    return render(request, "people/pages/merge.html", context)
