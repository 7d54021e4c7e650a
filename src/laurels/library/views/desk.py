"""Where a body's staff keep the library: articles and e-books, drafts, what is to come, what is out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refused
from laurels.library import actions, queries
from laurels.library.forms import ArticleForm, EbookForm, UploadForm
from laurels.library.models import Article, Ebook
from laurels.library.rules.files import FileProblem
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.people.models import Organisation


@require_safe
@signed_in
def articles(request: SignedIn) -> HttpResponse:
    desk = queries.desk_articles(_body(request), request.GET.get("after", "")[:120])
    context = {"desk": desk, "today": request.now.date()}
    return render(request, "library/pages/desk_articles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def article(request: SignedIn, slug: str = "") -> HttpResponse:
    """A new one without ``slug``. *Preview* shows it and keeps nothing."""
    body = _body(request)
    row = get_object_or_404(Article, body=body, slug=slug) if slug else None
    form = ArticleForm(request.POST or None, row=row, today=request.now.date())
    file, preview = form.file() if form.is_valid() else None, ""
    if isinstance(file, FileProblem):
        form.add_error(None, file.words)
    elif file and "preview" in request.POST:
        preview = mark_safe(file.html)
    elif file:
        try:
            kept = actions.write_article(body, file, was=form.cleaned_data["was"], by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("“%(title)s” is saved.") % {"title": kept.title})
            return see_other("desk-article", kept.slug)
    is_out = row is not None and row.is_out(request.now.date())
    context = {"form": form, "row": row, "preview": preview, "is_out": is_out}
    return render(request, "library/pages/desk_article.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def preview(request: SignedIn, slug: str) -> HttpResponse:
    """A draft, or one for a day to come, as readers will see it; only staff of its body get here."""
    row = get_object_or_404(Article, body=_body(request), slug=slug)
    page = queries.article_page(row, None, today=request.now.date())
    return render(request, "library/pages/desk_preview.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ebooks(request: SignedIn) -> HttpResponse:
    """The shelf with its drafts; a file posted here comes in as a draft."""
    body = _body(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            book = actions.keep_book(body, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            words = _("“%(title)s” is here with %(n)s pages, as a draft. Look at it, then publish it.")
            messages.success(request, words % {"title": book.title, "n": book.pages})
            return see_other("desk-ebook", book.slug)
    desk = queries.desk_ebooks(body, request.GET.get("after", "")[:120])
    context = {"desk": desk, "form": form, "today": request.now.date()}
    return render(request, "library/pages/desk_ebooks.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ebook(request: SignedIn, slug: str) -> HttpResponse:
    book = get_object_or_404(Ebook, body=_body(request), slug=slug)
    form = EbookForm(request.POST or None, request.FILES or None, book=book)
    if request.method == "POST" and form.is_valid():
        actions.describe_book(book, **form.words(), by=request.actor, now=request.now)
        if file := form.cleaned_data["file"]:
            cover = form.cleaned_data["cover"]
            actions.keep_book(book.body, file, slug=slug, cover=cover, by=request.actor, now=request.now)
        messages.success(request, _("“%(title)s” is saved.") % {"title": form.cleaned_data["title"]})
        return see_other("desk-ebook", slug)
    context = {"form": form, "book": book, "is_out": book.is_out(request.now.date())}
    return render(request, "library/pages/desk_ebook.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def publication(request: SignedIn, slug: str) -> HttpResponse:
    """``out=1`` puts it on the shelf, anything else takes it off."""
    book = get_object_or_404(Ebook, body=_body(request), slug=slug)
    if request.POST.get("out") == "1":
        actions.publish_book(book, by=request.actor, now=request.now)
        messages.success(request, _("It is on the shelf, from its day on."))
    else:
        actions.withdraw_book(book, by=request.actor, now=request.now)
        messages.success(request, _("It is off the shelf. What people have earned with it stays theirs."))
    return see_other("desk-ebook", slug)


def _body(request: SignedIn) -> Organisation:
    """The first body where the actor is staff; 404 for others, who learn nothing of these pages."""
    body = Organisation.objects.bodies().filter(pk__in=request.actor.organisations("staff")).order_by("pk").first()
    if body is None:
        raise Http404
    return body
