import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.audits.models import Draw
from laurels.people.models import Organisation


class DrawForm(forms.Form):
    """How a sample is drawn."""

    body = forms.ModelChoiceField(
        label=_("Body"), queryset=Organisation.objects.none(), to_field_name="slug", empty_label=None
    )
    grade = forms.ChoiceField(label=_("What is looked at"), choices=Draw.Grade.choices)
    percent = forms.IntegerField(label=_("Percent of the holders who have such entries"), min_value=1, max_value=100)
    seed = forms.CharField(
        label=_("Seed"),
        max_length=40,
        help_text=_("Whoever has the seed can draw the same sample again. The same seed is drawn once."),
    )

    def __init__(self, *args: Any, bodies: list[Organisation], percent: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in bodies])  # type: ignore[attr-defined]
        self.fields["percent"].initial = percent
        self.fields["seed"].initial = secrets.token_hex(4)


class RulingForm(forms.Form):
    words = forms.CharField(
        label=_("Why, or what you ask"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class AppealForm(forms.Form):
    words = forms.CharField(label=_("What was overlooked?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
