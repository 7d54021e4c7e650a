"""Learning: open to everybody, with progress and units for those who are signed in."""

from datetime import datetime

from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from laurels.kernel.refusal import Refusal, Refused
from laurels.library import actions, queries, rules
from laurels.library.models import Article, Ebook, Picture
from laurels.library.rules.parts import BEAT_SECONDS
from laurels.people.doors import Request, SignedIn, see_other, signed_in


@require_safe
def path(request: Request) -> HttpResponse:
    return render(request, "library/pages/path.html", {"path": queries.path(request.person or None)})


@require_safe
def lesson(request: Request, key: str) -> HttpResponse:
    """With answers in the address (``?a0=Plan it``) the practice explains them: nothing is kept."""
    page = queries.lesson_page(key, request.person or None, request.GET.dict())
    if page is None:
        raise Http404
    return render(request, "library/pages/lesson.html", {"page": page})


@require_POST
@signed_in
def done(request: SignedIn, key: str) -> HttpResponse:
    page = queries.lesson_page(key, request.person, {})
    if page is None:
        raise Http404
    actions.finish_lesson(page.lesson, request.person, by=request.actor, now=request.now)
    if page.next:
        return see_other("lesson", page.next.key)
    messages.success(request, _("That was the last one. You are ready for class."))
    return see_other("learn")


@require_safe
def articles(request: Request) -> HttpResponse:
    words, topic, after = (request.GET.get(name, "")[:100] for name in ("q", "topic", "after"))
    shelf = queries.articles(words, topic, after, request.person or None, today=request.now.date())
    return render(request, "library/pages/articles.html", {"shelf": shelf, "q": words, "topic": topic})


@require_safe
def article(request: Request, slug: str) -> HttpResponse:
    return _draw(request, _article(request, slug))


@require_POST
@signed_in
def beats(request: SignedIn, slug: str) -> HttpResponse:
    """What is left, and the value that the next beat must present; 409 with a sentence where nothing was counted."""
    found, nonce = _article(request, slug), request.POST.get("nonce", "")[:32]
    named = request.POST.get("parts", "")[:4000].split()
    try:
        reading = actions.beat(found, request.person, nonce, named, by=request.actor, now=request.now)
    except Refused as refused:
        return JsonResponse({"code": refused.refusal.code, "words": str(refused.refusal)}, status=409)
    progress = rules.progress_of(reading, found)
    words = rules.what_is_left(progress)
    told = {"seconds": progress.seconds, "read": sorted(progress.read), "is_enough": progress.is_enough}
    return JsonResponse({"nonce": reading.nonce, "words": words, **told})


@require_POST
@signed_in
def reflection(request: SignedIn, slug: str) -> HttpResponse:
    found, words = _article(request, slug), request.POST.get("words", "")[:2000]
    try:
        actions.reflect(found, request.person, words, by=request.actor, now=request.now)
    except Refused as refused:
        return _draw(request, found, words, refused.refusal, status=422)
    messages.success(request, _("Thank you. The time is on its way into your ledger."))
    return see_other("article", slug)


class ArticlesFeed(Feed[Article | Ebook, Article | Ebook]):
    """The newest articles and e-books for feed readers, in Atom."""

    feed_type: type[SyndicationFeed] = Atom1Feed
    title = gettext_lazy("Articles on product work")
    subtitle = gettext_lazy("Reading one counts towards keeping a certification.")
    link = "/articles"

    def items(self) -> list[Article | Ebook]:
        return queries.newest(today=timezone.now().date())

    def item_title(self, item: Article | Ebook) -> str:
        return item.title

    def item_description(self, item: Article | Ebook) -> str:
        return item.summary

    def item_link(self, item: Article | Ebook) -> str:
        return f"/{'ebooks' if isinstance(item, Ebook) else 'articles'}/{item.slug}"

    def item_updateddate(self, item: Article | Ebook) -> datetime:
        return item.imported_at

    def item_categories(self, item: Article | Ebook) -> list[str]:
        return list(item.topics)


class ArticlesRss(ArticlesFeed):
    """The same in RSS 2.0."""

    feed_type = Rss201rev2Feed
    description = ArticlesFeed.subtitle


@require_safe
def picture(request: Request, digest: str, ending: str) -> HttpResponse:
    """A picture of an article: its address is its content, so it may be kept for ever."""
    found = get_object_or_404(Picture, digest=digest, ending=ending)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    kind = {"jpg": "jpeg"}.get(ending, ending)
    return HttpResponse(bytes(found.content), content_type=f"image/{kind}", headers=headers)


@require_safe
def sitemap(request: Request) -> HttpResponse:
    """What search engines may read here: lessons, articles and e-books."""
    paths = ["/learn", "/articles", "/ebooks", *queries.open_pages(today=request.now.date())]
    return render(request, "library/pages/sitemap.xml", {"paths": paths}, content_type="application/xml")


def _article(request: Request, slug: str) -> Article:
    found = queries.article(slug, today=request.now.date())
    if found is None:
        raise Http404
    return found


def _draw(
    request: Request, found: Article, words: str = "", refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    page = queries.article_page(found, request.person or None, today=request.now.date())
    context = {"page": page, "words": words, "refusal": refusal, "beat": BEAT_SECONDS}
    return render(request, "library/pages/article.html", context, status=status)
