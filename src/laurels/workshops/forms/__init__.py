from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from laurels.kernel.money import MINOR_DIGITS, Money
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Course, Objective
from laurels.workshops.models import Choice as ChoiceOfBuyer
from laurels.workshops.models import Confidence, Expectation, Workshop
from laurels.workshops.queries import CatalogueFilter
from laurels.workshops.queries.offers import Choice, Choices, language_name
from laurels.workshops.queries.queue import DateToWaitFor, QueuePage
from laurels.workshops.rules import LONGEST_JOINING, MOST_WANTED, SCALE

ANY: Choice = ("", cast(str, _("Any")))
LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "fi", "cs", "ja", "ko", "zh-hans", "hi", "ar"]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CatalogueForm(forms.Form):
    """The filters of the catalogue; nothing is required and anything unknown is ignored."""

    course = forms.ChoiceField(label=_("Course"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)
    from_day = forms.DateField(label=_("From"), required=False, widget=DateInput)
    language = forms.ChoiceField(label=_("Language"), required=False)
    mode = forms.ChoiceField(label=_("Where"), required=False, choices=[ANY, *Workshop.Mode.choices])
    zone = forms.CharField(
        label=_("Near my time zone"),
        required=False,
        help_text=_("Such as Europe/Berlin: clocks at most three hours from yours."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    provider = forms.ChoiceField(label=_("Provider"), required=False)
    trainer = forms.ChoiceField(label=_("Trainer"), required=False)

    def __init__(self, asked: Any, offered: Choices) -> None:
        super().__init__(asked)
        for name, choices in (
            ("course", offered.courses),
            ("month", offered.months),
            ("language", offered.languages),
            ("provider", offered.providers),
            ("trainer", offered.trainers),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = [ANY, *choices]

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"].strip().replace(" ", "_")
        known = {name.lower(): name for name in available_timezones()}
        if zone and zone.lower() not in known:
            raise ValidationError(_("This is not a time zone. Write it like Europe/Berlin or America/Toronto."))
        return known.get(zone.lower(), "")

    def wanted(self, after: str) -> CatalogueFilter:
        """What was understood; a filter that cannot be read counts as empty."""
        self.is_valid()
        values = {name: value for name, value in self.cleaned_data.items() if value}
        if month := values.pop("month", ""):
            values["month"] = date.fromisoformat(f"{month}-01")
        return CatalogueFilter(**values, after=after)


class SomebodyForm(forms.Form):
    """Somebody whom staff book in."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    company = forms.CharField(label=_("Company"), max_length=160, required=False)


class CancellationForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences for those who have booked."),
    )


ANY_DATE = "any"


class WishForm(forms.Form):
    """For how many seats, and for which dates of a course, somebody waits."""

    seats = forms.IntegerField(label=_("How many seats?"), min_value=1, max_value=MOST_WANTED, initial=1)
    dates = forms.MultipleChoiceField(label=_("Which dates suit you?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, asked: Any, page: QueuePage, date: str = "") -> None:
        """``date`` is the one whose page they come from."""
        place = page.own.place if page.own else None
        dates = [one.public_id for one in place.wishes.all()] if place and not place.is_any else [ANY_DATE]
        if place is None and date:
            dates = [date]
        super().__init__(asked, initial={"seats": place.seats if place else 1, "dates": dates})
        choices = [(ANY_DATE, _("Any date, later ones too")), *((one.public_id, _label(one)) for one in page.dates)]
        cast(forms.MultipleChoiceField, self.fields["dates"]).choices = choices

    def values(self) -> dict[str, Any]:
        """The keyword arguments ``seats`` and ``dates`` of the verbs."""
        dates = self.cleaned_data["dates"]
        return {"seats": self.cleaned_data["seats"], "dates": None if ANY_DATE in dates else dates}


def _label(date: DateToWaitFor) -> str:
    free = ngettext("one seat free", "%(n)d seats free", date.seats_left) % {"n": date.seats_left}
    notes = [date.words, date.where, free if date.seats_left else gettext("full")]
    return " · ".join([*notes, gettext("put off")] if date.is_passed else notes)


class QuotedForm(forms.Form):
    """``expected`` is the quote that was shown."""

    expected = forms.IntegerField(required=False, widget=forms.HiddenInput)


class GiveBackForm(QuotedForm):
    """Only the provider's staff are asked for the rest."""

    gives_all_back = forms.BooleanField(label=_("Give everything back, whatever the terms say"), required=False)
    reason = forms.CharField(label=_("Why?"), max_length=200, required=False)


class MoveForm(forms.Form):
    to = forms.CharField(max_length=18, widget=forms.HiddenInput)
    expected = forms.IntegerField(widget=forms.HiddenInput)


class SubstituteForm(forms.Form):
    """Who comes instead."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    company = forms.CharField(label=_("Company"), max_length=160, required=False)


class ChoiceForm(forms.Form):
    answer = forms.ChoiceField(choices=[one for one in ChoiceOfBuyer.Answer.choices if one[0]])
    to = forms.CharField(max_length=18, required=False)


class ExpectationForm(forms.Form):
    """What somebody wants to take home and what they bring."""

    hopes = forms.CharField(
        label=_("What do you want to take home?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A question, a trouble at work, something to try on Monday."),
    )
    shows_name = forms.BooleanField(label=_("My trainers may see my name beside these words"), required=False)
    knowledge = forms.ChoiceField(
        label=_("What do you know of Scrum?"), choices=Expectation.Knowledge.choices, widget=forms.RadioSelect
    )
    role = forms.ChoiceField(label=_("What are you today?"), choices=Expectation.Role.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Anything your trainers should know?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as what makes taking part easier for you. Only this workshop's trainers read it."),
    )


class ConfidenceForm(forms.Form):
    """How sure somebody feels: one row of numbers for each group, and one for each of its lines."""

    def __init__(
        self, sent: Any, objectives: Sequence[tuple[str, list[Objective]]], said: Sequence[Confidence]
    ) -> None:
        super().__init__(sent)
        own = {row.code: row.value for row in said if row.is_own}
        by_group = {row.code: row.value for row in said if not row.is_own}
        self._titles, self._codes = dict[str, str](), dict[str, str]()
        for nth, (title, lines) in enumerate(objectives):
            of_group = next((by_group[line.code] for line in lines if line.code in by_group), None)
            self._titles[self._ask(f"group-{nth}", title, of_group)] = title
            for number, line in enumerate(lines):
                name = self._ask(f"line-{nth}-{number}", line.text, own.get(line.code))
                self._codes[name] = line.code

    def _ask(self, name: str, label: str, value: int | None) -> str:
        self.fields[name] = forms.TypedChoiceField(
            label=label,
            choices=[(number, str(number)) for number in SCALE],
            coerce=int,
            empty_value=None,
            required=False,
            initial=value,
            widget=forms.RadioSelect,
        )
        return name

    def groups(self) -> list[tuple[Any, list[Any], bool]]:
        """Each group's row with those of its lines, and whether one of these has been answered by itself."""
        found = []
        for name in self._titles:
            lines = [self[line] for line in self._codes if line.startswith(name.replace("group", "line") + "-")]
            found.append((self[name], lines, any(line.value() for line in lines)))
        return found

    def values(self) -> dict[str, dict[str, int]]:
        """The keyword arguments ``whole`` and ``single`` of ``actions.say_confidence``."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return {
            "whole": {title: given[name] for name, title in self._titles.items() if name in given},
            "single": {code: given[name] for name, code in self._codes.items() if name in given},
        }


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("List of attendees"),
        help_text=_("CSV or Excel (.xlsx), as it is: at least names and e-mail addresses."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )


class WorkshopForm(forms.Form):
    """Everything a workshop is drafted or changed with."""

    provider = forms.ModelChoiceField(
        label=_("Provider"), queryset=Organisation.objects.none(), to_field_name="slug", empty_label=None
    )
    course = forms.ModelChoiceField(
        label=_("Course"), queryset=Course.objects.none(), to_field_name="slug", empty_label=None
    )
    mode = forms.ChoiceField(label=_("Where"), choices=Workshop.Mode.choices)
    place = forms.CharField(
        label=_("Place or link"),
        max_length=200,
        required=False,
        help_text=_("The address, or for an online workshop the link. Only people with a seat see a link."),
    )
    zone = forms.CharField(label=_("Time zone"), max_length=60, help_text=_("Such as Europe/Berlin."))
    language = forms.ChoiceField(label=_("Language"), choices=())
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)
    ends_on = forms.DateField(label=_("Final day"), widget=DateInput)
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=32_767, initial=20)
    price = forms.DecimalField(
        label=_("Price"), min_value=0, max_value=10_000_000, initial=0, help_text=_("0 is free.")
    )
    currency = forms.RegexField(label=_("Currency"), regex="^[A-Z]{3}$", initial="EUR", strip=True)
    trainers = forms.ModelMultipleChoiceField(
        label=_("Trainers"),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    other_remarks = forms.CharField(
        label=_("Other remarks"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown on the workshop's page. What goes back after cancelling stands in the terms, not here."),
    )

    def __init__(self, asked: Any, providers: Sequence[Organisation], trainers: Sequence[Person], **more: Any) -> None:
        super().__init__(asked, **more)
        fields = cast(dict[str, Any], self.fields)
        fields["provider"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in providers])
        fields["course"].queryset = Course.objects.order_by("title")
        fields["trainers"].queryset = Person.objects.filter(pk__in=[one.pk for one in trainers]).order_by("name")
        fields["language"].choices = [(code, language_name(code)) for code in LANGUAGES]

    def values(self) -> dict[str, Any]:
        """The keyword arguments of ``actions.draft`` and ``actions.change``."""
        values = dict(self.cleaned_data)
        values["price"] = money(values.pop("price"), values.pop("currency"))
        values["trainers"] = list(values["trainers"])
        return {name: value for name, value in values.items() if name not in {"provider", "course"}}


def money(amount: Decimal, currency: str) -> Money:
    """A typed amount in whole minor units, rounded half up."""
    digits = MINOR_DIGITS.get(currency, 2)
    return Money(int((amount * 10**digits).quantize(Decimal(1), rounding="ROUND_HALF_UP")), currency)


def typed(price: Money) -> Decimal:
    """The opposite of ``money``."""
    return Decimal(price.minor).scaleb(-MINOR_DIGITS.get(price.currency, 2))


class JoiningForm(forms.Form):
    text = forms.CharField(
        label=_("How people get in"),
        required=False,
        max_length=LONGEST_JOINING,
        help_text=_("The link, the door, the train, whom to ring. Markdown; only people with a seat read it."),
        widget=forms.Textarea(attrs={"rows": 9}),
    )


class ReminderPlanForm(forms.Form):
    """Days before the first day; an empty field sends nothing."""

    prepare_days = forms.IntegerField(
        label=_("Time to prepare"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("What to take home, how sure one feels, the lessons."),
    )
    joining_days = forms.IntegerField(
        label=_("How to get in"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Place or link, hours on the reader's clock, your joining instructions."),
    )
    eve_days = forms.IntegerField(
        label=_("It is nearly time"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Once more, shortly before."),
    )


class SeatFeeForm(forms.Form):
    """What a body asks for each seat, of whom, for what, from when."""

    provider: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        None, label=_("Provider"), required=False, empty_label=_("Every provider")
    )
    course: "forms.ModelChoiceField[Course]" = forms.ModelChoiceField(
        None, label=_("Course"), required=False, empty_label=_("Every course")
    )
    amount = forms.DecimalField(label=_("For each seat"), min_value=0, max_digits=9, decimal_places=2)
    currency = forms.RegexField(r"^[A-Z]{3}$", label=_("Currency"), max_length=3, initial="EUR")
    from_on = forms.DateField(label=_("From"), widget=DateInput)

    def __init__(self, asked: Any, *, body: Organisation, today: date) -> None:
        super().__init__(asked, initial={"from_on": today})
        providers = cast(forms.ModelChoiceField[Organisation], self.fields["provider"])
        providers.queryset = Organisation.objects.providers().exclude(pk=body.pk)
        courses = cast(forms.ModelChoiceField[Course], self.fields["course"])
        courses.queryset = Course.objects.filter(scheme__body=body).order_by("title", "pk")

    def wanted(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return values | {"amount": money(values["amount"], values.pop("currency"))}


class SettlementForm(forms.Form):
    """Which month's fees were paid, between whom; the statement fills it in."""

    month = forms.DateField(input_formats=["%Y-%m"])
    other = forms.SlugField(max_length=60)
    currency = forms.RegexField("^[A-Z]{3}$")
