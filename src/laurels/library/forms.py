from datetime import date as day
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from laurels.library import queries
from laurels.library.models import Article, Ebook
from laurels.library.rules.books import COVER_BYTES, MOST_BYTES, BookFile, cover_of, read_book
from laurels.library.rules.files import ArticleFile, FileProblem, article_of

HOUR = 60


class PagesForm(forms.Form):
    """Which pages, and one sentence."""

    first = forms.IntegerField(
        label=_("From page"), min_value=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    final = forms.IntegerField(
        label=_("To page"), min_value=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    words = forms.CharField(
        label=_("One sentence: what will you do differently?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _book(form: forms.Form, upload: "UploadedFile[Any] | None") -> BookFile | None:
    if upload is None:
        return None
    found = read_book(upload.name or "", upload.read(MOST_BYTES + 1))
    if isinstance(found, BookFile):
        return found
    form.add_error("file", found.words)
    return None


def _cover(form: forms.Form, upload: "UploadedFile[Any] | None") -> bytes:
    made = cover_of(upload.read(COVER_BYTES + 1)) if upload else b""
    if made is None:
        form.add_error("cover", _("A picture (JPEG, PNG or WebP) of at most 10 megabytes, please."))
    return made or b""


BOOKS = {"accept": "application/pdf,application/epub+zip,.pdf,.epub"}
COVERS = {"accept": "image/jpeg,image/png,image/webp"}


class UploadForm(forms.Form):
    """A book; title, authors, pages and cover are read from it."""

    file = forms.FileField(
        label=_("PDF or EPUB"),
        help_text=_("At most 30 megabytes; larger ones come in by `laurels ebooks import`."),
        widget=forms.FileInput(attrs=BOOKS),
    )
    cover = forms.FileField(
        label=_("Cover"),
        required=False,
        help_text=_("Left empty, the first page of a PDF or the cover inside an EPUB."),
        widget=forms.FileInput(attrs=COVERS),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        return {"file": _book(self, values.get("file")), "cover": _cover(self, values.get("cover"))}


class EbookForm(forms.Form):
    """What the shelf says about a book, and a new edition of its file."""

    title = forms.CharField(label=_("Title"), max_length=200)
    authors = forms.CharField(label=_("Authors"), max_length=200, required=False)
    summary = forms.CharField(label=_("In a sentence"), max_length=400, required=False)
    topics = forms.CharField(label=_("Topics"), max_length=400, required=False, help_text=_("With commas between."))
    date = forms.DateField(
        label=_("Published on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A day to come keeps it back until then."),
    )
    cover = forms.FileField(label=_("Another cover"), required=False, widget=forms.FileInput(attrs=COVERS))
    file = forms.FileField(
        label=_("A new edition (PDF or EPUB)"),
        required=False,
        help_text=_("Its pages are counted anew; what people have read stays theirs."),
        widget=forms.FileInput(attrs=BOOKS),
    )

    def __init__(self, *args: Any, book: Ebook, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "title": book.title,
            "authors": book.authors,
            "summary": book.summary,
            "topics": ", ".join(book.topics),
            "date": book.dated,
        }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        return values | {"file": _book(self, values.get("file")), "cover": _cover(self, values.get("cover"))}

    def words(self) -> dict[str, Any]:
        """Arguments of ``describe_book``."""
        values = {name: self.cleaned_data[name] for name in ("title", "authors", "summary", "cover")}
        topics = [one.strip()[:60] for one in self.cleaned_data["topics"].split(",") if one.strip()]
        return values | {"topics": topics, "dated": self.cleaned_data["date"]}


class ArticleForm(forms.Form):
    """An article in fields; ``was`` says which text the writer saw."""

    title = forms.CharField(label=_("Title"), max_length=200)
    slug = forms.SlugField(label=_("Address"), max_length=120, required=False, help_text=_("Empty: made of the title."))
    date = forms.DateField(
        label=_("Published on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A day to come keeps it back until then."),
    )
    summary = forms.CharField(label=_("In a sentence"), max_length=400, required=False)
    topics = forms.CharField(label=_("Topics"), max_length=400, required=False, help_text=_("With commas between."))
    units = forms.DecimalField(
        label=_("Units"),
        min_value=0,
        max_value=8,
        max_digits=4,
        decimal_places=2,
        required=False,
        help_text=_("An hour is one unit. Empty: by the length of the text."),
    )
    draft = forms.BooleanField(label=_("A draft: nobody else sees it"), required=False)
    text = forms.CharField(
        label=_("Text (Markdown)"), max_length=500_000, strip=False, widget=forms.Textarea(attrs={"rows": 18})
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Article | None, today: day, **kwargs: Any) -> None:
        kwargs["initial"] = {"date": today, "draft": True} if row is None else _of(row)
        super().__init__(*args, **kwargs)
        self.row = row
        if row is not None:
            self.fields["slug"].disabled = True

    def file(self) -> ArticleFile | FileProblem:
        """What is written here. Pictures and relative addresses of an imported text lead where they led before."""
        front = {name: value for name, value in self.cleaned_data.items() if name not in ("text", "was")}
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if self.row is None:
            return article_of(f"{front['slug'] or front['title']}.md", front, text)
        return article_of(self.row.path or f"{self.row.slug}.md", front, text, queries.pictures_of(self.row))


def _of(row: Article) -> dict[str, Any]:
    return {
        "title": row.title,
        "slug": row.slug,
        "date": row.dated,
        "summary": row.summary,
        "topics": ", ".join(row.topics),
        "units": round(row.minutes / HOUR, 2),
        "draft": row.is_draft,
        "text": row.text,
        "was": row.digest,
    }
