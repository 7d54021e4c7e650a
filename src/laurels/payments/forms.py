from django import forms
from django.utils.translation import gettext_lazy as _


class PaymentForm(forms.Form):
    """How the money of an order came; both may stay empty."""

    note = forms.CharField(label=_("Note"), max_length=250, required=False)
