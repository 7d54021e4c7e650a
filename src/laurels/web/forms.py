from django import forms
from django.utils.translation import gettext_lazy as _


class ComponentsForm(forms.Form):
    """One field of each kind, for the components page."""

    name = forms.CharField(label=_("Name on the certificate"), help_text=_("As it shall be printed."))
    email = forms.EmailField(label=_("E-mail"))
    company = forms.CharField(label=_("Company"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("fr", "Français")])
    mode = forms.ChoiceField(
        label=_("How"), choices=[("online", _("Online")), ("in-person", _("In person"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    attendees = forms.FileField(label=_("Attendees"), required=False)
    accepts = forms.BooleanField(label=_("I accept the terms of the licence."))
