from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from laurels.education.models import LedgerEntry
from laurels.education.rules import HOUR
from laurels.education.rules.evidence import MEGABYTES, EvidenceFile, evidence_file, happened
from laurels.kernel.refusal import Refused
from laurels.people.models import Organisation


def read_file(form: forms.Form, file: "UploadedFile[Any] | None") -> EvidenceFile | None:
    """What was sent along, checked; what is wrong with it is said at the field."""
    if file is None:
        return None
    try:
        return evidence_file(file.name or "", file.read(MEGABYTES * 1_000_000 + 1))
    except Refused as refused:
        form.add_error("file", str(refused.refusal))
        return None


class EntryForm(forms.Form):
    """Five fields, of which three are filled in already: an entry takes less than twenty seconds."""

    title = forms.CharField(
        label=_("What was it?"),
        max_length=200,
        required=False,
        help_text=_("Such as “Lean Coffee at the library” or the title of a book."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=0,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        initial=1,
        help_text=_("One hour is one unit; 0.25 is a quarter of an hour."),
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
    )
    category = forms.ChoiceField(
        label=_("Category"), choices=LedgerEntry.Category.choices, initial=LedgerEntry.Category.LEARNING
    )
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

    def clean(self) -> dict[str, Any]:
        """A calendar file speaks where nothing was typed."""
        values = super().clean() or {}
        self.evidence = read_file(self, values.pop("file", None))
        is_calendar = self.evidence is not None and self.evidence.media_type == "text/calendar"
        found = happened(self.evidence.content) if self.evidence and is_calendar else None
        if not values.get("title") and found:
            values["title"], values["on"] = found.title, found.on
            if found.minutes:
                values["hours"] = Decimal(found.minutes) / HOUR
        if not values.get("title"):
            self.add_error("title", _("Say in a few words what it was."))
        return values

    def entry(self) -> dict[str, Any]:
        """Arguments of ``report``."""
        values = dict(self.cleaned_data)
        values.pop("file", None)
        minutes = round(values.pop("hours") * HOUR)
        return values | {"minutes": minutes}


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
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=0,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        initial=1,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
    )
    category = forms.ChoiceField(
        label=_("Category"), choices=LedgerEntry.Category.choices, initial=LedgerEntry.Category.EVENTS
    )
    most = forms.IntegerField(label=_("For how many people at most"), min_value=1, max_value=10_000, initial=30)
    final_day = forms.DateField(label=_("Good until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.filter(pk__in=[one.pk for one in organisations]).order_by("name")
        self.fields["organisation"].queryset = mine  # type: ignore[attr-defined]

    def terms(self) -> dict[str, Any]:
        """Arguments of ``make_code``."""
        values = dict(self.cleaned_data)
        return values | {"minutes": round(values.pop("hours") * HOUR)}
