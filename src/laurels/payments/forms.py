"""Input of the pages about money; never saves."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from laurels.kernel.refusal import Refusal
from laurels.payments.models import Billing
from laurels.payments.models.orders import Way
from laurels.payments.queries import AGES, OrderFilter

MOST_DAYS = 731


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


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


class OrderFilterForm(forms.Form):
    """Which orders of a seller are looked at; what cannot be read counts as empty."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("due", _("Due")),
            ("overdue", _("Overdue")),
            ("paying", _("Being paid by card")),
            ("paid", _("Paid")),
            ("cancelled", _("Cancelled")),
            ("all", _("All")),
        ],
    )
    way = forms.ChoiceField(label=_("Paid by"), required=False, choices=[("", _("Any")), *Way.choices])
    q = forms.CharField(label=_("Reference, name, company or e-mail"), required=False, max_length=100)
    age = forms.CharField(required=False, widget=forms.HiddenInput)
    month = forms.CharField(required=False, widget=forms.HiddenInput)

    def wanted(self) -> OrderFilter:
        self.is_valid()
        clean = self.cleaned_data
        return OrderFilter(
            clean.get("show") or "due",
            clean.get("age", "") if clean.get("age") in AGES else "",
            clean.get("way", ""),
            month_of(clean.get("month", "")),
            " ".join(clean.get("q", "").split()),
        )


class ExportForm(forms.Form):
    """Which table, of which days, as which kind of file."""

    what = forms.ChoiceField(
        label=_("Table"),
        choices=[("orders", _("Orders")), ("invoices", _("Invoices and credit notes")), ("books", _("The books"))],
    )
    first = forms.DateField(label=_("From"), widget=DateInput())
    final = forms.DateField(label=_("To"), widget=DateInput())
    kind = forms.ChoiceField(label=_("File"), choices=[("csv", "CSV"), ("xlsx", "XLSX")])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, final = values.get("first"), values.get("final")
        if first and final and final < first:
            self.add_error("final", _("This is before the first day. Choose a later one."))
        if first and final and (final - first).days > MOST_DAYS:
            self.add_error("final", _("At most two years at once."))
        return values


def month_of(text: str) -> date | None:
    """The first of a month written as ``2026-03``."""
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError:
        return None


class BankFileForm(forms.Form):
    file = forms.FileField(
        label=_("The bank's list"),
        help_text=_("CSV or XLSX, as your bank exports it: with its column titles."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )


class ReturnAccountForm(forms.Form):
    """Where money goes back to."""

    holder = forms.CharField(label=_("Name on the account"), max_length=120)
    iban = forms.CharField(label="IBAN", max_length=50, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    bic = forms.CharField(label="BIC", max_length=11, required=False)


class SurplusForm(forms.Form):
    """Which order money was for, by its reference."""

    order = forms.CharField(label=_("Reference of the order"), max_length=20)
