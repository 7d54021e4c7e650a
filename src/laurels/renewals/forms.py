from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.people.models import Organisation


class GroupForm(forms.Form):
    """Who pays, and where."""

    body = forms.ModelChoiceField(
        label=_("Body"), queryset=Organisation.objects.bodies().order_by("name"), to_field_name="slug", empty_label=None
    )
    company = forms.CharField(label=_("Who pays"), max_length=160)


class InviteForm(forms.Form):
    emails = forms.CharField(
        label=_("E-mail addresses of your people"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line. Each of them gets a link, chooses and agrees; you see who has."),
    )
