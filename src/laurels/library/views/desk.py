"""Where a body's staff write articles: drafts, what is to come, what is out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laurels.kernel.refusal import Refused
from laurels.library import actions, queries
from laurels.library.forms import ArticleForm
from laurels.library.models import Article
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


def _body(request: SignedIn) -> Organisation:
    """The first body where the actor is staff; 404 for others, who learn nothing of these pages."""
    body = Organisation.objects.bodies().filter(pk__in=request.actor.organisations("staff")).order_by("pk").first()
    if body is None:
        raise Http404
    return body
