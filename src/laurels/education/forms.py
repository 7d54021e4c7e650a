from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from laurels.education.models import LedgerEntry
from laurels.education.rules import hours_in_words
from laurels.education.rules.binding import Binding
from laurels.education.rules.categories import categories, with_kept
from laurels.education.rules.evidence import MEGABYTES, EvidenceFile, evidence_file, happened
from laurels.education.rules.hours import hours_as_written, minutes_of, step_of
from laurels.kernel.refusal import Refused
from laurels.people.models import Organisation
from laurels.programmes.rules.categories import LONGEST


def read_file(form: forms.Form, file: "UploadedFile[Any] | None") -> EvidenceFile | None:
    """What was sent along, checked; what is wrong with it is said at the field."""
    if file is None:
        return None
    try:
        return evidence_file(file.name or "", file.read(MEGABYTES * 1_000_000 + 1))
    except Refused as refused:
        form.add_error("file", str(refused.refusal))
        return None


def category_field(initial: str) -> forms.CharField:
    """Which categories there are is said with ``offer``; the rule that refuses another one is the action's."""
    return forms.CharField(label=_("Category"), max_length=LONGEST, initial=initial, widget=forms.Select())


def offer(form: forms.Form, labels: Mapping[str, str]) -> None:
    """``labels`` are what can be chosen, key → label."""
    field = form.fields["category"]
    field.widget.choices = list(labels.items())  # type: ignore[attr-defined]
    if field.initial not in labels:
        field.initial = next(iter(labels), None)


def hours_field(*, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=_("Hours"),
        max_length=20,
        required=required,
        initial="1",
        help_text=_("Such as 1.25, 1:15 or 75 min. One hour is one unit."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def read_minutes(form: forms.Form, words: str) -> int | None:
    """Whole minutes; what cannot be read is said at the field."""
    minutes = minutes_of(words)
    if minutes is None and "hours" not in form.errors:
        form.add_error("hours", _("Write how long it took, such as 1:20, 80 min or 1.25."))
    return minutes


class EntryForm(forms.Form):
    """Five fields, of which three are filled in already: an entry takes less than twenty seconds."""

    # The category of the line that is corrected.
    kept = ""

    title = forms.CharField(
        label=_("What was it?"),
        max_length=200,
        required=False,
        help_text=_("Such as “Lean Coffee at the library” or the title of a book."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = forms.DateField(
        label=_("On"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hours = hours_field(required=False)
    category = category_field("learning")
    url = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    words = forms.CharField(
        label=_("What did you take from it?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A link or a sentence makes the entry ready for an audit."),
    )

    file = forms.FileField(
        label=_("Photo, PDF or calendar file"),
        required=False,
        help_text=_("A calendar file fills in what, when and how long by itself."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf,.ics"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today

    def say_rules(self, bindings: Collection[Binding]) -> None:
        """What the rules that bind its owner say: in which steps time is counted, and in which categories."""
        offer(self, with_kept(categories(bindings), self.kept))
        if (step := step_of(bindings)) is not None:
            words = _("In steps of %(step)s, as %(body)s counts. One hour is one unit.")
            values = {"step": hours_in_words(step.step), "body": step.body.name}
            self.fields["hours"].help_text = words % values

    def clean(self) -> dict[str, Any]:
        """A calendar file speaks where nothing was typed: what is empty, or still as it was filled in for everybody."""
        values = super().clean() or {}
        self.evidence = read_file(self, values.pop("file", None))
        if self.evidence is not None and self.evidence.media_type == "text/calendar":
            self._fill(values, self.evidence.content)
        if not values.get("title") and "title" not in self.errors:
            self.add_error("title", _("Say in a few words what it was."))
        if not values.get("on") and "on" not in self.errors:
            self.add_error("on", _("On which day was it?"))
        return values | {"minutes": read_minutes(self, values.get("hours") or "")}

    def _fill(self, values: dict[str, Any], content: bytes) -> None:
        found, typed = happened(content), set(self.changed_data)
        if found is None:
            return
        if not values.get("title"):
            values["title"] = found.title
        if "on" not in typed or not values.get("on"):
            values["on"] = found.on
        if found.minutes and ("hours" not in typed or not values.get("hours")):
            values["hours"] = hours_as_written(found.minutes)

    def entry(self) -> dict[str, Any]:
        """Arguments of ``report``."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("file", "hours")}


class CorrectionForm(EntryForm):
    """The same form, filled in with what stands there. Its evidence comes along by itself."""

    file = None  # type: ignore[assignment]

    def __init__(self, *args: Any, entry: LedgerEntry, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "title": entry.title,
            "on": entry.on,
            "hours": hours_as_written(entry.minutes),
            "category": entry.category,
            "url": entry.evidence_url,
            "words": entry.evidence_text,
        }
        self.kept = entry.category
        super().__init__(*args, **kwargs)
        for name in ("title", "on", "hours"):
            self.fields[name].required = True


class EvidenceForm(forms.Form):
    """Something more to show for an entry."""

    file = forms.FileField(
        label=_("Photo, PDF or calendar file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf,.ics"}),
    )
    url = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    words = forms.CharField(
        label=_("In words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        return values | {"file": read_file(self, values.get("file"))}


class AskForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail of somebody who organised it"),
        max_length=254,
        help_text=_("We write once and ask whether it was so. They need no account."),
    )


class AnswerForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    words = forms.CharField(label=_("Anything to add"), required=False, max_length=400)


class ClaimForm(forms.Form):
    code = forms.CharField(
        label=_("The code"),
        max_length=20,
        help_text=_("Eight letters and digits that you were given when you were there."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class ClaimCodeForm(forms.Form):
    """What a code is worth, and to how many."""

    organisation = forms.ModelChoiceField(
        label=_("Organised by"), queryset=Organisation.objects.none(), to_field_name="slug", empty_label=None
    )
    title = forms.CharField(label=_("What is it?"), max_length=200)
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}))
    hours = hours_field()
    category = category_field("events")
    most = forms.IntegerField(label=_("For how many people at most"), min_value=1, max_value=10_000, initial=30)
    final_day = forms.DateField(label=_("Good until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self, *args: Any, organisations: list[Organisation], categories: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, categories)
        mine = Organisation.objects.filter(pk__in=[one.pk for one in organisations]).order_by("name")
        self.fields["organisation"].queryset = mine  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        return values | {"minutes": read_minutes(self, values["hours"])} if "hours" in values else values

    def terms(self) -> dict[str, Any]:
        """Arguments of ``make_code``."""
        return {name: value for name, value in self.cleaned_data.items() if name != "hours"}
