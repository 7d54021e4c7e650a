from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.rooms.models import Contribution


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=12, help_text=_("Six letters, on the trainer's screen."))


class GuestForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=60)


class NameForm(forms.Form):
    name = forms.CharField(label=_("What the others call you"), max_length=60)


class TeamsForm(forms.Form):
    count = forms.IntegerField(label=_("How many teams"), min_value=1, max_value=30, initial=2)


class MinutesForm(forms.Form):
    minutes = forms.IntegerField(min_value=1, max_value=60)


class StepForm(forms.Form):
    step = forms.IntegerField(min_value=0, max_value=100)


class LineForm(forms.Form):
    """A break, a talk, or an exercise by its address, after a line of the run sheet."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, required=False)
    is_break = forms.BooleanField(label=_("It is a break"), required=False)
    exercise = forms.CharField(label=_("Exercise"), max_length=60, required=False)
    after = forms.IntegerField(required=False)


class LevelForm(forms.Form):
    level = forms.ChoiceField(choices=[("", ""), *Contribution.OTHERWISE], required=False)


class PlacesForm(forms.Form):
    places = forms.IntegerField(min_value=-100, max_value=100)


def first_error(form: forms.Form) -> Any:
    return next(iter(form.errors.values()))[0]
