from datetime import date as day
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.library import queries
from laurels.library.models import Article
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
