"""What the booking page asks. Only who comes is required; all the rest is folded away."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from laurels.kernel.ids import public_id
from laurels.kernel.refusal import Refusal
from laurels.payments.models.orders import Way
from laurels.people.models import Person
from laurels.workshops.forms import money, typed
from laurels.workshops.queries.booking import BookingPage
from laurels.workshops.rules import MOST_SEATS, Attendee, Basket

ME, OTHERS, LATER = "me", "others", "later"
ROWS = 3
BILLED = ("name", "company", "address", "country", "tax_id", "purchase_number", "email")


class BookingForm(forms.Form):
    """One form for a learner, for somebody who books for others, and for a company that names its people later."""

    attending = forms.ChoiceField(label=_("Who comes?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    company = forms.CharField(
        label=_("Company"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    seats = forms.IntegerField(
        label=_("How many seats?"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        initial=5,
        help_text=_("You say later who comes, until class begins."),
    )
    way = forms.ChoiceField(label=_("How do you pay?"), widget=forms.RadioSelect)
    chosen = forms.DecimalField(label=_("What do you give?"), required=False, max_value=1_000_000, min_value=0)
    extras = forms.MultipleChoiceField(label=_("To go with it"), required=False, widget=forms.CheckboxSelectMultiple)
    coupon = forms.CharField(label=_("Coupon"), max_length=40, required=False)
    purchase_number = forms.CharField(label=_("Purchase-order number"), max_length=60, required=False)
    address = forms.CharField(
        label=_("Address on the invoice"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    country = forms.RegexField(
        label=_("Country"),
        regex="^[A-Za-z]{2}$",
        required=False,
        help_text=_("Its two letters, such as DE."),
        error_messages={"invalid": _("Write the country with its two letters, such as DE.")},
        widget=forms.TextInput(attrs={"autocomplete": "country", "maxlength": 2}),
    )
    tax_id = forms.CharField(label=_("VAT id"), max_length=40, required=False)
    invite_code = forms.CharField(label=_("Code from your invitation"), max_length=40, required=False)
    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(
        self, sent: Any, page: BookingPage, person: Person | None, *, initial: Mapping[str, Any], more: int = 0
    ) -> None:
        usual = {"attending": OTHERS if page.own_seat else ME, "way": page.ways[0].value if page.ways else ""}
        super().__init__(_completed(sent, usual), initial={**usual, "key": public_id(), **initial})
        self.page, self.person = page, person
        self._rows = _rows(sent if sent is not None else initial) + more
        self._fit()
        for nth in range(self._rows):
            self._add_row(nth)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Name and address of each of the others."""
        return [(self[f"person-{nth}-name"], self[f"person-{nth}-email"]) for nth in range(self._rows)]

    @property
    def folded(self) -> list[Any]:
        """What most people need not see."""
        return [
            self[name] for name in ("coupon", "purchase_number", "address", "country", "tax_id") if name in self.fields
        ]

    @property
    def is_unfolded(self) -> bool:
        return any(bound.value() or bound.errors for bound in self.folded)

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("attending") == OTHERS:
            self._check_rows()
        if values.get("attending") == LATER and not values.get("seats"):
            self.add_error("seats", _("Say how many seats."))
        return values

    def basket(self) -> Basket:
        """What is asked for, once the form is valid."""
        values = self.cleaned_data
        attending = values["attending"]
        return Basket(
            attendees=self._attendees(),
            unnamed=values["seats"] if attending == LATER else 0,
            way=values.get("way") or (self.page.ways[0] if self.page.ways else Way.TRANSFER),
            extras=tuple(values.get("extras", ())),
            coupon=values.get("coupon", ""),
            chosen_minor=self._minor(values.get("chosen")),
            invite_code=values.get("invite_code", ""),
            bill_to={**{name: values.get(name, "") for name in BILLED}, "email": self.buyer_email},
            key=self._key(),
        )

    def rough_basket(self) -> Basket:
        """What the price is shown for while the form is still being filled in: as many seats as it looks like."""
        attending = self["attending"].value() or ME
        extras: list[str] = (self["extras"].value() or []) if "extras" in self.fields else []
        return Basket(
            unnamed=self._seats_so_far(str(attending)),
            extras=tuple(extras),
            coupon=str(self["coupon"].value() or "") if "coupon" in self.fields else "",
            chosen_minor=self._minor(_decimal(self["chosen"].value())) if "chosen" in self.fields else None,
            bill_to={
                "country": str(self["country"].value() or "").upper() if "country" in self.fields else "",
                "tax_id": str(self["tax_id"].value() or "") if "tax_id" in self.fields else "",
            },
        )

    @cached_property
    def buyer_email(self) -> str:
        """Whose the order is: the signed-in person's, else the typed one."""
        return self.person.email if self.person else str(self.cleaned_data["email"])

    def say(self, refusal: Refusal) -> None:
        """Show a refusal at the field it is about."""
        self.add_error(self._field_of(refusal.field), str(refusal))

    def kept(self) -> dict[str, list[str]]:
        """Everything that was typed, to be filled in again after sign-in."""
        left_out = {"csrfmiddlewaretoken", "key", "email"}
        return {name: values for name, values in self._lists() if name not in left_out and any(values)}

    def _fit(self) -> None:
        """Ask only what makes sense for this workshop and this person."""
        page, fields = self.page, self.fields
        attending = [(ME, _("I come myself")), (OTHERS, _("Others come, and I know who"))]
        attending += [] if page.is_free else [(LATER, _("A company's people, named later"))]
        attending = attending[1:] if page.own_seat else attending
        fields["attending"].choices = attending  # type: ignore[attr-defined]
        fields["attending"].initial = attending[0][0]
        if page.own_seat and self.initial.get("attending") == ME:
            self.initial["attending"] = attending[0][0]
        fields["extras"].choices = [(one.public_id, f"{one.title}, {one.price}") for one in page.extras]  # type: ignore[attr-defined]
        fields["way"].choices = [(way.value, _way_in_words(way, page)) for way in page.ways]  # type: ignore[attr-defined]
        fields["chosen"].help_text = self._scale_in_words()
        fields["chosen"].initial = typed(page.workshop.price)
        fields["email"].help_text = "" if self.person else _("No password; letters and the invoice go there.")
        for name in self._not_asked():
            del fields[name]

    def _not_asked(self) -> set[str]:
        page = self.page
        left_out = set() if self.person is None else {"email"}
        left_out |= set() if page.extras else {"extras"}
        left_out |= set() if page.sale.least_minor is not None else {"chosen"}
        left_out |= set() if page.sale.invite_code else {"invite_code"}
        if page.is_free:
            left_out |= {"way", "coupon", "purchase_number", "address", "country", "tax_id", "seats"}
        return left_out | (set() if len(page.ways) > 1 else {"way"})

    def _scale_in_words(self) -> str:
        words = _("For each seat in %(currency)s, from %(least)s; the usual price is %(price)s.")
        return words % {
            "currency": self.page.workshop.currency,
            "least": self.page.least,
            "price": self.page.workshop.price,
        }

    def _add_row(self, nth: int) -> None:
        number = {"n": nth + 1}
        self.fields[f"person-{nth}-name"] = forms.CharField(
            label=_("Name of person %(n)d") % number, max_length=200, required=False
        )
        self.fields[f"person-{nth}-email"] = forms.EmailField(
            label=_("E-mail of person %(n)d") % number, required=False
        )

    def _check_rows(self) -> None:
        for nth, name, email in self._filled():
            if not name and f"person-{nth}-name" not in self.errors:
                self.add_error(f"person-{nth}-name", _("Whose address is this? Write the name."))
            if not email and f"person-{nth}-email" not in self.errors:
                self.add_error(f"person-{nth}-email", _("Write an address, so that course letters arrive."))
        if not self._filled() and not self.errors:
            self.add_error("person-0-name", _("Write who comes."))

    def _filled(self) -> list[tuple[int, str, str]]:
        """Rows where something stands, with their number."""
        values = [
            (nth, self.data.get(f"person-{nth}-name", "").strip(), self.data.get(f"person-{nth}-email", "").strip())
            for nth in range(self._rows)
        ]
        return [row for row in values if row[1] or row[2]]

    def _attendees(self) -> tuple[Attendee, ...]:
        values = self.cleaned_data
        if values["attending"] == ME:
            return (Attendee(values["name"], self.buyer_email, values["company"]),)
        if values["attending"] == OTHERS:
            return tuple(Attendee(name, email, values["company"]) for _nth, name, email in self._filled())
        return ()

    def _seats_so_far(self, attending: str) -> int:
        if attending == LATER and "seats" in self.fields:
            value = str(self["seats"].value() or "")
            return min(max(int(value), 1), MOST_SEATS) if value.isdecimal() and len(value) < 4 else 1
        if attending == OTHERS:
            return sum(1 for name, email in self.rows if name.value() or email.value()) or 1
        return 1

    def _field_of(self, name: str) -> str | None:
        """The field of this form that a rule means."""
        if name.startswith("attendees-"):
            _word, nth, what = name.split("-")
            is_me = self.cleaned_data["attending"] == ME
            name = what if is_me else f"person-{self._filled()[int(nth)][0]}-{what}"
        if name == "unnamed":
            name = "seats" if self.cleaned_data["attending"] == LATER else ""
        return name if name in self.fields else None

    def _key(self) -> str:
        """The drawn page's key and all that was asked: a double click is one order, a changed mind is another."""
        asked = sorted((name, values) for name, values in self._lists() if name != "csrfmiddlewaretoken")
        return sha256(repr([self.page.workshop.pk, self.buyer_email, asked]).encode()).hexdigest()[:40]

    def _lists(self) -> list[tuple[str, list[str]]]:
        """Everything that was sent, name by name."""
        return list(cast("MultiValueDict[str, str]", self.data).lists())

    def _minor(self, chosen: Decimal | None) -> int | None:
        return None if chosen is None else money(chosen, self.page.workshop.currency).minor


def _completed(sent: Any, usual: Mapping[str, str]) -> Any:
    """What was sent, with what is chosen already where nothing was said."""
    if sent is None or all(name in sent for name in usual):
        return sent
    completed = sent.copy()
    for name, value in usual.items():
        completed.setdefault(name, value)
    return completed


def _rows(given: Any) -> int:
    """As many rows as were on the page, three at first."""
    found = [name.split("-")[1] for name in given if name.startswith("person-") and name.endswith("-name")]
    numbers = [int(nth) for nth in found if nth.isdecimal() and len(nth) < 3]
    return min(max([ROWS - 1, *numbers]) + 1, MOST_SEATS)


def _decimal(typed: Any) -> Decimal | None:
    try:
        found = Decimal(str(typed))
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found <= 1_000_000 else None


def _way_in_words(way: Way, page: BookingPage) -> str:
    if way == Way.CARD:
        return str(_("By card, now; your seats are held for 20 minutes"))
    days = page.billing.due_days
    words = ngettext(
        "By bank transfer, within one day of the invoice", "By bank transfer, within %(n)d days of the invoice", days
    )
    return words % {"n": days}


def filled_in(sent: MultiValueDict[str, str] | Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed on an earlier page, as initial values."""
    rows = sent.lists() if isinstance(sent, MultiValueDict) else sent.items()
    return {name: values if name == "extras" else values[-1] for name, values in rows if values}


class NameForm(forms.Form):
    """Who comes on a place that was bought without a name."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))

    def say(self, refusal: Refusal) -> None:
        """Show a refusal at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
