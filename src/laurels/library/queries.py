"""The path of lessons, and one lesson with its practice: everything their pages show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from laurels.library import rules
from laurels.library.models import Article, Download, Ebook, EbookFile, LessonDone, PagesRead, Picture, Reading
from laurels.library.rules.parts import Part, Progress, cut
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Lesson


@dataclass(frozen=True, slots=True)
class Step:
    lesson: Lesson
    is_done: bool


@dataclass(frozen=True, slots=True)
class Path:
    """``next`` is the first lesson that is not done; ``minutes`` is what the rest takes."""

    steps: list[Step]
    done: int
    minutes: int
    next: Lesson | None

    @property
    def percent(self) -> int:
        return round(100 * self.done / len(self.steps)) if self.steps else 0


@dataclass(frozen=True, slots=True)
class LessonPage:
    lesson: Lesson
    text: SafeString
    cards: list[rules.Card]
    answers: list[str]
    is_answered: bool
    is_done: bool
    next: Lesson | None


def path(person: Person | None) -> Path:
    """Two queries; nothing is done for whoever is not signed in."""
    lessons = list(Lesson.objects.newest().defer("text", "practice"))
    done = _done(person)
    steps = [Step(one, one.key in done) for one in lessons]
    left = [step.lesson for step in steps if not step.is_done]
    return Path(steps, len(steps) - len(left), rules.minutes_left(lessons, done), left[0] if left else None)


def lesson_page(key: str, person: Person | None, chosen: Mapping[str, str]) -> LessonPage | None:
    lessons = list(Lesson.objects.newest())
    at = next((nth for nth, one in enumerate(lessons) if one.key == key), None)
    if at is None:
        return None
    lesson = lessons[at]
    # A pack's own words; raw HTML in them is shown, never run.
    text = mark_safe(MarkdownIt("commonmark", {"html": False}).render(lesson.text))
    cards = rules.cards(lesson.practice, chosen)
    next_ = lessons[at + 1] if at + 1 < len(lessons) else None
    is_answered = any(card.chosen for card in cards)
    return LessonPage(lesson, text, cards, rules.answers(lesson.practice), is_answered, key in _done(person), next_)


def lesson(key: str) -> Lesson | None:
    return Lesson.objects.newest().filter(key=key).first()


def _done(person: Person | None) -> set[str]:
    if not person:
        return set()
    return set(LessonDone.objects.filter(person=person).values_list("key", flat=True))


PAGE = 20
RELATED = 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """``next_after`` begins the next page; ``topics`` are those of the articles shown.

    ``books`` are e-books that were found as well; none where nothing was looked for, they have a shelf of their own.
    """

    articles: list[Article]
    topics: list[str]
    read: set[int]
    next_after: str
    books: list[Ebook]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    article: Article
    html: SafeString
    reading: Reading | None
    progress: Progress
    parts: tuple[Part, ...]
    related: list[Article]

    @property
    def left(self) -> str:
        return rules.what_is_left(self.progress)


def articles(words: str, topic: str, after: str, person: Person | None, *, today: date) -> Shelf:
    """Published ones, newest first; ``after`` is the address of the last one of the page before."""
    found = Article.objects.published(today).about(topic).matching(words).defer("text", "html", "search_text")
    if after and (last := Article.objects.filter(slug=after).only("dated").first()):
        found = found.exclude(dated=last.dated, pk__gte=last.pk).filter(dated__lte=last.dated)
    rows = list(found[: PAGE + 1])
    topics = sorted({one for row in rows for one in row.topics})
    read = set()
    if person:
        mine = Reading.objects.filter(person=person, article__in=[row.pk for row in rows], finished_at__isnull=False)
        read = set(mine.values_list("article_id", flat=True))
    is_first = bool(words.strip() or topic.strip()) and not after
    books = list(Ebook.objects.published(today).about(topic).matching(words)[:PAGE]) if is_first else []
    return Shelf(rows[:PAGE], topics, read, rows[PAGE - 1].slug if len(rows) > PAGE else "", books)


def newest(*, today: date) -> list[Article | Ebook]:
    """What has come out lately, articles and e-books together, the newest first."""
    articles_ = Article.objects.published(today).defer("text", "html", "search_text")[:PAGE]
    found: list[Article | Ebook] = [*articles_, *Ebook.objects.published(today)[:PAGE]]
    return sorted(found, key=lambda one: one.dated, reverse=True)[:PAGE]


def article(slug: str, *, today: date) -> Article | None:
    return Article.objects.published(today).filter(slug=slug).first()


def article_page(found: Article, person: Person | None, *, today: date) -> ArticlePage:
    reading = Reading.objects.filter(person=person, article=found).first() if person else None
    related: list[Article] = []
    for topic in found.topics[:2]:
        others = Article.objects.published(today).about(topic).exclude(pk=found.pk).defer("text", "html", "search_text")
        related += [one for one in others[:RELATED] if one not in related]
    text, progress = cut(found.html), rules.progress_of(reading, found)
    # Cleaned when it was imported.
    return ArticlePage(found, mark_safe(text.html), reading, progress, text.parts, related[:RELATED])


def pictures_of(row: Article) -> Callable[[str], bytes | None]:
    """The bytes of a picture by its path in the folder an article came from."""

    def picture(path: str) -> bytes | None:
        digest = row.pictures.get(path, "").partition(".")[0]
        found = Picture.objects.filter(digest=digest).first() if digest else None
        return bytes(found.content) if found else None

    return picture


@dataclass(frozen=True, slots=True)
class Desk[Row]:
    """Everything a body has on the shelf, drafts too, newest first; ``next_after`` begins the next page."""

    rows: list[Row]
    next_after: str


DESK_PAGE = 50


def desk_articles(body: Organisation, after: str) -> Desk[Article]:
    found = Article.objects.filter(body=body).defer("text", "html", "search_text").order_by("-dated", "-pk")
    if after and (last := Article.objects.filter(body=body, slug=after).only("dated").first()):
        found = found.filter(Q(dated__lt=last.dated) | Q(dated=last.dated, pk__lt=last.pk))
    rows = list(found[: DESK_PAGE + 1])
    return Desk(rows[:DESK_PAGE], rows[DESK_PAGE - 1].slug if len(rows) > DESK_PAGE else "")


def desk_ebooks(body: Organisation, after: str) -> Desk[Ebook]:
    found = Ebook.objects.filter(body=body).order_by("-dated", "-pk")
    if after and (last := Ebook.objects.filter(body=body, slug=after).only("dated").first()):
        found = found.filter(Q(dated__lt=last.dated) | Q(dated=last.dated, pk__lt=last.pk))
    rows = list(found[: DESK_PAGE + 1])
    return Desk(rows[:DESK_PAGE], rows[DESK_PAGE - 1].slug if len(rows) > DESK_PAGE else "")


def open_pages(*, today: date) -> list[str]:
    """Addresses of every lesson, published article and published e-book."""
    lessons = Lesson.objects.newest().values_list("key", flat=True)
    published = Article.objects.published(today).values_list("slug", flat=True)
    books = Ebook.objects.published(today).values_list("slug", flat=True)
    kinds = {"learn": lessons, "articles": published, "ebooks": books}
    return [f"/{kind}/{name}" for kind, names in kinds.items() for name in names]


@dataclass(frozen=True, slots=True)
class EbookPage:
    """``read`` of its pages count already; ``next_page`` is the first after the latest ones."""

    book: Ebook
    has_cover: bool
    is_had: bool
    readings: list[PagesRead]

    @property
    def read(self) -> int:
        return sum(one.fresh for one in self.readings)

    @property
    def percent(self) -> int:
        return 100 * self.read // self.book.pages

    @property
    def next_page(self) -> int:
        return min(self.book.pages, max((one.final for one in self.readings), default=0) + 1)


def ebooks(*, today: date) -> list[Ebook]:
    """Published ones with ``has_cover``; a shelf holds some hundred at most."""
    covered = EbookFile.objects.filter(ebook=OuterRef("pk")).exclude(cover_type="")
    return list(Ebook.objects.published(today).annotate(has_cover=Exists(covered))[:500])


def ebook(slug: str, *, today: date) -> Ebook | None:
    return Ebook.objects.published(today).filter(slug=slug).first()


def ebook_page(book: Ebook, person: Person | None) -> EbookPage:
    has_cover = EbookFile.objects.filter(ebook=book).exclude(cover_type="").exists()
    if not person:
        return EbookPage(book, has_cover, False, [])
    readings = list(PagesRead.objects.filter(person=person, ebook=book).order_by("pk"))
    return EbookPage(book, has_cover, Download.objects.filter(person=person, ebook=book).exists(), readings)
