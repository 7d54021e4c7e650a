from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.education.models import LedgerEntry
from laurels.education.rules import HOUR


class EntryForm(forms.Form):
    """Five fields, of which three are filled in already: an entry takes less than twenty seconds."""

    title = forms.CharField(
        label=_("What was it?"),
        max_length=200,
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

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today

    def entry(self) -> dict[str, Any]:
        """Arguments of ``report``."""
        values = dict(self.cleaned_data)
        minutes = int(values.pop("hours") * HOUR)
        return values | {"minutes": minutes}
