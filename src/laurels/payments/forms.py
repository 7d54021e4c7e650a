"""Input of the pages about money; never saves."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
