from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.people.models import Organisation


class GroupForm(forms.Form):
    """Who pays, and where."""

    body = forms.ModelChoiceField(
        label=_("Body"), queryset=Organisation.objects.bodies().order_by("name"), to_field_name="slug", empty_label=None
    )
    company = forms.CharField(label=_("Who pays"), max_length=160)
    until = forms.DateField(
        label=_("They agree until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Who has not agreed is reminded after five days, and three days before. Left empty, nobody is."),
    )


class InviteForm(forms.Form):
    emails = forms.CharField(
        label=_("E-mail addresses of your people"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line. Each of them gets a link, chooses and agrees; you see who has."),
    )


class PolicyForm(forms.Form):
    text = forms.CharField(
        label=_("The rules"),
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
        help_text=_("As in a pack: each rule with its value and where it was read; OWN is the body's own decision."),
    )
