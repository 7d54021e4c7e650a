from django import forms
from django.utils.translation import gettext_lazy as _


class PaymentForm(forms.Form):
    """How the money of an order came; both may stay empty."""

    note = forms.CharField(label=_("Note"), max_length=250, required=False)


class BillToForm(forms.Form):
    """Who an order's papers are for."""

    name = forms.CharField(label=_("Name"), max_length=200)
    company = forms.CharField(label=_("Company"), max_length=160, required=False)
    address = forms.CharField(
        label=_("Address"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    country = forms.CharField(
        label=_("Country"), max_length=2, required=False, help_text=_("Two letters, such as DE or US.")
    )
    tax_id = forms.CharField(label=_("VAT id"), max_length=40, required=False)
    purchase_number = forms.CharField(label=_("Purchase-order number"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail for invoices"), required=False)

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()
