from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from laurels.kernel.refusal import Refusal
from laurels.payments.models import Billing


class PaymentForm(forms.Form):
    """How the money of an order came; both may stay empty."""

    note = forms.CharField(label=_("Note"), max_length=250, required=False)


class BillingForm(forms.Form):
    """How an organisation bills: what stands on its invoices, its tax and its bank."""

    legal_name = forms.CharField(label=_("Legal name"), max_length=200, required=False)
    address = forms.CharField(
        label=_("Address"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    country = forms.RegexField(
        label=_("Country"), regex="^[A-Z]{2}$", required=False, help_text=_("Its two letters, such as DE.")
    )
    tax_id = forms.CharField(label=_("VAT id or tax number"), max_length=40, required=False)
    tax_name = forms.CharField(label=_("Name of the tax"), max_length=20, help_text=_("Such as VAT or GST."))
    tax_percent = forms.DecimalField(
        label=_("Tax in percent"), min_value=0, max_value=100, decimal_places=2, help_text=_("0: no tax.")
    )
    is_tax_included = forms.BooleanField(label=_("Prices are shown with tax included"), required=False)
    has_reverse_charge = forms.BooleanField(
        label=_("Businesses in other EU states account for the tax themselves (reverse charge)"), required=False
    )
    takes_transfer = forms.BooleanField(label=_("People may pay by invoice and bank transfer"), required=False)
    due_days = forms.IntegerField(label=_("Days until an invoice is due"), min_value=0, max_value=365)
    bank = forms.CharField(label=_("Bank"), max_length=120, required=False)
    iban = forms.CharField(label=_("IBAN or account number"), max_length=40, required=False)
    bic = forms.CharField(label=_("BIC"), max_length=11, required=False)
    number_prefix = forms.RegexField(
        label=_("Invoice numbers begin with"),
        regex=r"^[A-Za-z0-9/-]{0,12}$",
        required=False,
        help_text=_("Such as INV-."),
    )

    def __init__(self, sent: Any, billing: Billing) -> None:
        values = {name: getattr(billing, name) for name in self.base_fields if hasattr(billing, name)}
        percent = Decimal(billing.tax_basis_points).scaleb(-2).normalize()
        super().__init__(sent, initial=values | {"tax_percent": f"{percent:f}", "number_prefix": billing.prefix})

    def values(self) -> dict[str, Any]:
        """The keyword arguments of ``actions.set_billing``."""
        values = dict(self.cleaned_data)
        renamed = {"tax_basis_points": int(values.pop("tax_percent") * 100), "prefix": values.pop("number_prefix")}
        return values | renamed

    def say(self, refusal: Refusal) -> None:
        """Show a refusal at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class SecretField(forms.CharField):
    """Typed once, never shown again: not even after a mistake."""

    def __init__(self, **more: Any) -> None:
        widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=300, widget=widget, **more)


class CardAccountForm(forms.Form):
    key = SecretField(
        label=_("Secret key"),
        validators=[RegexValidator(r"^(sk|rk)_[\w]+$", _("A secret key begins with sk_ or rk_."))],
        help_text=_("From the card service's dashboard. A restricted key (rk_) is enough."),
    )
    webhook_secret = SecretField(
        label=_("Webhook secret"),
        required=False,
        validators=[RegexValidator(r"^whsec_[\w+/=]+$", _("A webhook secret begins with whsec_."))],
        help_text=_("You get it where you enter the webhook address; it can follow later."),
    )


class WebhookSecretForm(forms.Form):
    secret = SecretField(
        label=_("New webhook secret"),
        validators=[RegexValidator(r"^whsec_[\w+/=]+$", _("A webhook secret begins with whsec_."))],
    )


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
