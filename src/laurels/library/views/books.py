"""E-books: open to everybody; pages read count for those who are signed in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.kernel.refusal import Refused
from laurels.library import actions, queries
from laurels.library.forms import PagesForm
from laurels.library.models import Ebook, EbookFile
from laurels.people.doors import Request, SignedIn, see_other, signed_in

ENDINGS = {"application/pdf": "pdf", "application/epub+zip": "epub"}


@require_safe
def ebooks(request: Request) -> HttpResponse:
    return render(request, "library/pages/ebooks.html", {"books": queries.ebooks(today=request.now.date())})


@require_safe
def ebook(request: Request, slug: str) -> HttpResponse:
    return _draw(request, _book(request, slug))


@require_safe
def cover(request: Request, slug: str) -> HttpResponse:
    kept = get_object_or_404(EbookFile.objects.defer("content").exclude(cover_type=""), ebook=_book(request, slug))
    return HttpResponse(
        bytes(kept.cover), content_type=kept.cover_type, headers={"Cache-Control": "public, max-age=3600"}
    )


@require_POST
def file(request: Request, slug: str) -> HttpResponse:
    """The book itself. From now on somebody who is signed in can have read it."""
    book = _book(request, slug)
    if request.person:
        actions.download(book, request.person, by=request.actor, now=request.now)
    name = f"{book.slug}.{ENDINGS[book.media_type]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(book.file.content), content_type=book.media_type, headers=headers)


@require_POST
@signed_in
def pages(request: SignedIn, slug: str) -> HttpResponse:
    book, form = _book(request, slug), PagesForm(request.POST)
    if form.is_valid():
        try:
            read = actions.read_pages(book, request.person, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("%(n)s minutes are on their way into your ledger.") % {"n": read.minutes})
            return see_other("ebook", slug)
    return _draw(request, book, form, status=422)


def _book(request: Request, slug: str) -> Ebook:
    book = queries.ebook(slug, today=request.now.date())
    if book is None:
        raise Http404
    return book


def _draw(request: Request, book: Ebook, form: PagesForm | None = None, status: int = 200) -> HttpResponse:
    page = queries.ebook_page(book, request.person or None)
    context = {"page": page, "form": form or PagesForm(initial={"first": page.next_page})}
    return render(request, "library/pages/ebook.html", context, status=status)
