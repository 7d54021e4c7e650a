"""Inputs drawn without a template are, letter for letter, what Django's templates draw."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from laurels.web.fields import FieldRenderer

HOSTILE = "\"><script>alert('x')</script> & ‘ü’"


class Kinds(forms.Form):
    text = forms.CharField(
        max_length=5, widget=forms.TextInput(attrs={"autofocus": True, "hidden": False, "x": HOSTILE})
    )
    email = forms.EmailField()
    number = forms.IntegerField(min_value=1, max_value=9)
    url = forms.URLField(required=False)
    secret = forms.CharField(widget=forms.PasswordInput)
    key = forms.CharField(widget=forms.HiddenInput)
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    chosen = forms.ChoiceField(choices=[("a", "A"), ("b", HOSTILE)], widget=forms.RadioSelect)


@pytest.mark.parametrize("sent", [None, {}, dict.fromkeys(Kinds.base_fields, HOSTILE), {"number": 0, "long": "a\nb"}])
def test_the_same_markup_as_djangos_own(sent):
    ours, theirs = Kinds(sent, renderer=FieldRenderer()), Kinds(sent, renderer=DjangoTemplates())
    for name in Kinds.base_fields:
        assert str(ours[name]) == str(theirs[name]), name
