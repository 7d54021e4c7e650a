"""Writing to one another."""

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from laurels.community import actions, queries
from laurels.community.forms import MessageForm
from laurels.community.models import Conversation, Profile
from laurels.community.queries.conversations import other_of
from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in


@never_cache
@require_safe
@signed_in
def conversations(request: SignedIn) -> HttpResponse:
    inbox = queries.inbox(request.person, request.GET.get("after", "")[:40])
    return render(request, "community/pages/conversations.html", {"inbox": inbox})


@never_cache
@require_safe
@signed_in
def conversation(request: SignedIn, public_id: str) -> HttpResponse:
    return _draw(request, _mine(request, public_id))


@require_POST
@signed_in
def messages(request: SignedIn, public_id: str) -> HttpResponse:
    found, text = _mine(request, public_id), request.POST.get("text", "")
    try:
        actions.reply(found, text, by=request.actor, now=request.now)
    except Refused as refused:
        return _draw(request, found, text, refused)
    return see_other("community:conversation", public_id)


@require_POST
@signed_in
def first_message(request: SignedIn, public_id: str) -> HttpResponse:
    """From a profile; whoever may not see it cannot write from it either."""
    seen = Profile.objects.visible_to(request.actor, request.now).select_related("person")
    other = get_object_or_404(seen, public_id=public_id).person
    text = request.POST.get("text", "")
    try:
        message = actions.write_to(other, text, by=request.actor, now=request.now)
    except Refused as refused:
        page = queries.profile_page(public_id, request.actor, request.now)
        if page is None:
            raise Http404 from refused
        form = _refused(text, refused)
        return render(request, "community/pages/profile.html", {"page": page, "form": form}, status=409)
    notices.success(request, _("Your message is with %(name)s.") % {"name": other.name})
    return see_other("community:conversation", message.conversation.public_id)


@require_POST
@signed_in
def block(request: SignedIn, public_id: str) -> HttpResponse:
    other = other_of(_mine(request, public_id), request.person) or request.person
    actions.block(other, by=request.actor, now=request.now)
    notices.success(request, _("%(name)s is blocked, and is not told.") % {"name": other.name})
    return see_other("community:blocks")


def _mine(request: SignedIn, public_id: str) -> Conversation:
    own = Conversation.objects.of(request.actor).prefetch_related("parties__person")
    return get_object_or_404(own, public_id=public_id)


def _draw(request: SignedIn, found: Conversation, text: str = "", refused: Refused | None = None) -> HttpResponse:
    before = request.GET.get("before", "")[:40]
    page = queries.conversation_page(found, request.person, before, request.actor, request.now)
    if page.has_unread and not before:
        actions.note_read(found, request.person, page.messages[-1])
    form = _refused(text, refused) if refused else MessageForm()
    context = {"page": page, "form": form}
    return render(request, "community/pages/conversation.html", context, status=409 if refused else 200)


def _refused(text: str, refused: Refused) -> MessageForm:
    form = MessageForm({"text": text})
    # The rule says it, in its own words.
    form.errors.pop("text", None)
    form.add_error(refused.refusal.field or None, str(refused.refusal))
    return form
