from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_safe

from laurels.mail import queries
from laurels.mail.forms import PostOfficeFilter
from laurels.mail.models import Attachment, Letter


def _only_where_letters_stay() -> None:
    if settings.MODE not in {"demo", "rehearsal"}:
        raise Http404


@require_safe
def post_office(request: HttpRequest) -> HttpResponse:
    _only_where_letters_stay()
    form = PostOfficeFilter(request.GET)
    letters = queries.post_office(form.email())
    return render(request, "mail/pages/post_office.html", {"form": form, "letters": letters})


@require_safe
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    _only_where_letters_stay()
    found = get_object_or_404(Letter, public_id=public_id)
    return render(request, "mail/pages/letter.html", {"page": queries.letter_page(found)})


@require_safe
def attachment(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    _only_where_letters_stay()
    found = get_object_or_404(Attachment, pk=pk, letter__public_id=public_id)
    headers = {"Content-Disposition": f'attachment; filename="{get_valid_filename(found.name)}"'}
    return HttpResponse(bytes(found.content), content_type=found.media_type, headers=headers)
