import secrets
from collections.abc import Mapping
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
    percent = forms.IntegerField(
        label=_("Percent of the holders who have such entries"), min_value=1, max_value=100, required=False
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=40,
        help_text=_("Whoever has the seed can draw the same sample again. The same seed is drawn once."),
    )

    def __init__(self, *args: Any, percents: Mapping[Organisation, int], **kwargs: Any) -> None:
        """``percents``: for each body what its rules say; taken where nothing is written."""
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in percents])  # type: ignore[attr-defined]
        said = ", ".join(f"{body.name} {percent} %" for body, percent in percents.items())
        self.fields["percent"].help_text = _("Left empty, what the rules in force say: %(list)s.") % {"list": said}
        self.fields["seed"].initial = secrets.token_hex(4)


class RulingForm(forms.Form):
    words = forms.CharField(
        label=_("Why, or what you ask"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class AppealForm(forms.Form):
    words = forms.CharField(label=_("What was overlooked?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
