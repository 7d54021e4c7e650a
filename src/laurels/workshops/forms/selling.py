"""How seats are sold, as the provider's staff type it."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.kernel.money import Money
from laurels.kernel.refusal import Refusal
from laurels.people.models import Organisation
from laurels.workshops.forms import DateInput, money, typed
from laurels.workshops.models import Extra, Sale, Workshop
from laurels.workshops.rules import ExtraLine, Step, Terms, terms_of

STEPS, MORE_EXTRAS = 4, 3
PRICES = {"early": "early_minor", "group": "group_minor", "least": "least_minor"}


def amount(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, min_value=0, max_value=10_000_000, **more)


class SpokenForm(forms.Form):
    def say(self, refusal: Refusal) -> None:
        """Show a refusal at the field it is about."""
        name = "step-0-days" if refusal.field == "terms" else refusal.field
        self.add_error(name if name in self.fields else None, str(refusal))


class SaleForm(SpokenForm):
    early = amount(_("Early birds pay"))
    early_until = forms.DateField(label=_("Until and including"), required=False, widget=DateInput)
    early_seats = forms.IntegerField(
        label=_("For the first seats"), required=False, min_value=1, max_value=32_767,
        help_text=_("Until the day, or for so many seats, whichever is over first."),
    )  # fmt: skip
    group = amount(_("Groups pay for each seat"))
    group_from = forms.IntegerField(label=_("From how many seats"), required=False, min_value=2, max_value=50)
    least = amount(_("Sliding scale: the lowest amount"), help_text=_("People then choose what they give."))
    invite_code = forms.CharField(
        label=_("Private: only with this code"),
        max_length=40,
        required=False,
        help_text=_("Empty: everybody finds it in the catalogue."),
    )
    minimum = forms.IntegerField(label=_("Held from how many people"), required=False, min_value=1, max_value=32_767)
    decide_on = forms.DateField(label=_("Decided at the latest on"), required=False, widget=DateInput)
    counts = forms.ChoiceField(
        label=_("Days are"), choices=[("calendar", _("calendar days")), ("business", _("business days"))]
    )
    move_days = forms.IntegerField(label=_("Another date until, days before"), min_value=0, max_value=365)
    move_fee = forms.DecimalField(label=_("Fee for another date"), min_value=0, max_value=10_000_000)

    def __init__(self, sent: Any, workshop: Workshop, sale: Sale, extras: list[Extra]) -> None:
        super().__init__(sent, initial=_initial(sale, workshop.currency))
        self._currency = workshop.currency
        terms = terms_of(sale.terms)
        for nth in range(max(STEPS, len(terms.steps))):
            step = terms.steps[nth] if nth < len(terms.steps) else None
            self._add_step(nth, step)
        self._extras = len(extras) + MORE_EXTRAS
        for nth in range(self._extras):
            self._add_extra(nth, extras[nth] if nth < len(extras) else None)

    @property
    def steps(self) -> list[tuple[Any, Any]]:
        """Days and percent of each line of the terms."""
        return [
            (self[name], self[name.replace("days", "percent")])
            for name in self.fields
            if name.startswith("step-") and name.endswith("days")
        ]

    @property
    def extras(self) -> list[tuple[Any, Any]]:
        """Name and price of each extra."""
        return [(self[f"extra-{nth}-title"], self[f"extra-{nth}-price"]) for nth in range(self._extras)]

    def clean(self) -> dict[str, Any]:
        for days, percent in self.steps:
            self._both(days.name, percent.name, _("Fill in both, or leave both empty."))
        for title, price in self.extras:
            self._both(title.name, price.name, _("Give it both a name and a price."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """The keyword arguments of ``actions.set_sale``."""
        values = {name: self.cleaned_data[name] for name in _PLAIN}
        for name, column in PRICES.items():
            given: Decimal | None = self.cleaned_data[name]
            values[column] = None if given is None else money(given, self._currency).minor
        return values | {"terms": self.terms(), "extras": self._lines()}

    def terms(self) -> Terms:
        pairs = [(self.cleaned_data[days.name], self.cleaned_data[percent.name]) for days, percent in self.steps]
        return Terms(
            tuple(Step(days, percent) for days, percent in pairs if days is not None),
            self.cleaned_data["move_days"],
            money(self.cleaned_data["move_fee"], self._currency).minor,
            self.cleaned_data["counts"],
        )

    def _lines(self) -> list[ExtraLine]:
        pairs = [(self.cleaned_data[title.name], self.cleaned_data[price.name]) for title, price in self.extras]
        return [
            ExtraLine(" ".join(title.split()), money(price, self._currency).minor) for title, price in pairs if title
        ]

    def _both(self, one: str, other: str, words: Any) -> None:
        values = [self.cleaned_data.get(one), self.cleaned_data.get(other)]
        if (values[0] in (None, "")) != (values[1] in (None, "")) and not {one, other} & set(self.errors):
            self.add_error(one if values[0] in (None, "") else other, words)

    def _add_step(self, nth: int, step: Step | None) -> None:
        number = {"n": nth + 1}
        self.fields[f"step-{nth}-days"] = forms.IntegerField(
            label=_("Line %(n)d: days before") % number, required=False, min_value=0, max_value=365,
            initial=step.days if step else None,
        )  # fmt: skip
        self.fields[f"step-{nth}-percent"] = forms.IntegerField(
            label=_("Line %(n)d: percent back") % number, required=False, min_value=0, max_value=100,
            initial=step.percent if step else None,
        )  # fmt: skip

    def _add_extra(self, nth: int, extra: Extra | None) -> None:
        number = {"n": nth + 1}
        self.fields[f"extra-{nth}-title"] = forms.CharField(
            label=_("Extra %(n)d") % number, max_length=120, required=False, initial=extra.title if extra else ""
        )
        self.fields[f"extra-{nth}-price"] = amount(
            _("Price of extra %(n)d") % number, initial=typed(extra.price) if extra else None
        )


_PLAIN = ("early_until", "early_seats", "group_from", "invite_code", "minimum", "decide_on")


def _initial(sale: Sale, currency: str) -> dict[str, Any]:
    terms = terms_of(sale.terms)
    values = {name: getattr(sale, name) for name in _PLAIN}
    for name, column in PRICES.items():
        minor = getattr(sale, column)
        values[name] = None if minor is None else typed(Money(minor, currency))
    fee = typed(Money(terms.move_fee, currency))
    return values | {"counts": terms.counts, "move_days": terms.move_days, "move_fee": fee}


class CouponForm(SpokenForm):
    """One code with words of its own, or so many made up at random."""

    code = forms.CharField(
        label=_("Code"), max_length=40, required=False, help_text=_("Empty: codes are made up, each for one booking.")
    )
    count = forms.IntegerField(label=_("How many codes"), required=False, min_value=1, max_value=1_000, initial=1)
    percent = forms.IntegerField(label=_("Percent off"), required=False, min_value=1, max_value=100)
    off = amount(_("Or an amount off each seat"))
    currency = forms.RegexField(
        label=_("Currency"), regex="^[A-Z]{3}$", initial="EUR", required=False, help_text=_("Of the amount.")
    )
    most_uses = forms.IntegerField(
        label=_("For how many bookings"), required=False, min_value=1, max_value=1_000_000, help_text=_("Empty: any.")
    )
    valid_until = forms.DateField(label=_("Valid until and including"), required=False, widget=DateInput)
    workshop = forms.ModelChoiceField(
        label=_("Only for"), queryset=Workshop.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("All workshops"),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=120, required=False, help_text=_("For yourselves."))

    def __init__(self, sent: Any, provider: Organisation) -> None:
        super().__init__(sent)
        open_ones = Workshop.objects.bookable().filter(provider=provider).select_related("course").soonest_first()
        cast(forms.ModelChoiceField[Workshop], self.fields["workshop"]).queryset = open_ones

    def values(self) -> dict[str, Any]:
        """The keyword arguments of ``actions.make_coupon``; ``make_coupons`` takes them without ``code``."""
        values = {
            name: self.cleaned_data[name]
            for name in ("code", "percent", "most_uses", "valid_until", "workshop", "note")
        }
        off: Decimal | None = self.cleaned_data["off"]
        currency = self.cleaned_data["currency"] if off is not None else ""
        return values | {"off_minor": None if off is None else money(off, currency).minor, "currency": currency}
