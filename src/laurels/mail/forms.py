from django import forms
from django.utils.translation import gettext_lazy as _


class PostOfficeFilter(forms.Form):
    to = forms.CharField(label=_("Letters to"), required=False, max_length=254, widget=forms.EmailInput)

    def email(self) -> str:
        """The address asked for; empty for all."""
        return str(self.cleaned_data["to"]) if self.is_valid() else ""
