"""What belongs to oneself: the profile, whom one blocked, a ruling about oneself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.community import actions, queries, rules
from laurels.community.forms import ProfileForm
from laurels.community.models import Blocking, Profile, Ruling
from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def profile(request: SignedIn) -> HttpResponse:
    mine = Profile.objects.filter(person=request.person).prefetch_related("shown").first()
    badges = queries.own_certifications(request.person, request.now)
    form = ProfileForm(request.POST or None, badges=badges, initial=_written(mine) if mine else None)
    if form.is_valid():
        try:
            actions.save_profile(request.person, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("Saved."))
            return see_other("community:preview")
    status = 422 if form.is_bound else 200
    return render(request, "community/pages/own_profile.html", {"form": form, "profile": mine}, status=status)


@require_safe
@signed_in
def preview(request: SignedIn) -> HttpResponse:
    mine = get_object_or_404(Profile, person=request.person)
    hidden = queries.hiding_of("profile", mine.public_id, request.now)
    excluded = queries.exclusion_of(request.person.pk, request.now)
    refusal = rules.why_not_publish(mine, request.person, hidden, excluded, by=request.actor)
    page = queries.preview(mine, request.actor, request.now)
    context = {"page": page, "refusal": refusal, "ruling": excluded or hidden}
    return render(request, "community/pages/preview.html", context)


@require_POST
@signed_in
def publication(request: SignedIn) -> HttpResponse:
    mine = get_object_or_404(Profile, person=request.person)
    actions.publish(mine, by=request.actor, now=request.now)
    messages.success(request, _("Your profile is up."))
    return see_other("community:member", mine.public_id)


@require_POST
@signed_in
def withdrawal(request: SignedIn) -> HttpResponse:
    mine = get_object_or_404(Profile, person=request.person)
    actions.take_down(mine, by=request.actor, now=request.now)
    messages.success(request, _("Your profile is down. What you wrote is kept for you."))
    return see_other("community:own-profile")


@require_safe
@signed_in
def blocks(request: SignedIn) -> HttpResponse:
    found = Blocking.objects.of(request.person).select_related("blocked")
    return render(request, "community/pages/blocks.html", {"blocks": list(found)})


@require_POST
@signed_in
def block_removal(request: SignedIn, public_id: str) -> HttpResponse:
    found = get_object_or_404(Blocking.objects.of(request.person).select_related("blocked"), public_id=public_id)
    actions.unblock(found, by=request.actor, now=request.now)
    messages.success(request, _("%(name)s is no longer blocked.") % {"name": found.blocked.name})
    return see_other("community:blocks")


@require_safe
@signed_in
def ruling(request: SignedIn, public_id: str) -> HttpResponse:
    page = queries.ruling_page(_ruling(request, public_id), request.now)
    return render(request, "community/pages/own_ruling.html", {"page": page})


@require_POST
@signed_in
def appeal(request: SignedIn, public_id: str) -> HttpResponse:
    words = request.POST.get("words", "")[:2000]
    actions.appeal(_ruling(request, public_id), words, by=request.actor, now=request.now)
    messages.success(request, _("Somebody else will look at it and write to you."))
    return see_other("community:own-ruling", public_id)


def _ruling(request: SignedIn, public_id: str) -> Ruling:
    """One that concerns the reader and had an effect."""
    kinds = (Ruling.Kind.WARN, Ruling.Kind.HIDE, Ruling.Kind.EXCLUDE)
    own = Ruling.objects.filter(case__concerned=request.person, kind__in=kinds)
    return get_object_or_404(own.select_related("case__body", "lifted_by", "appeal"), public_id=public_id)


def _written(mine: Profile) -> dict[str, object]:
    """The profile as its form shows it."""
    return {
        "about": mine.about,
        "place": mine.place,
        "languages": ", ".join(rules.language_names().get(code, code) for code in mine.languages),
        "links": "\n".join(mine.links),
        "shown": [one.number for one in mine.shown.all()],
        "audience": mine.audience,
        "is_listed": mine.is_listed,
        "takes_letters": mine.takes_letters,
    }
