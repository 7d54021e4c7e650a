from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=12, help_text=_("Six letters, on the trainer's screen."))


class GuestForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=60)


class TeamsForm(forms.Form):
    count = forms.IntegerField(label=_("How many teams"), min_value=1, max_value=30, initial=2)


class MinutesForm(forms.Form):
    minutes = forms.IntegerField(min_value=1, max_value=60)


class StepForm(forms.Form):
    step = forms.IntegerField(min_value=0, max_value=100)


def first_error(form: forms.Form) -> Any:
    return next(iter(form.errors.values()))[0]
