from collections.abc import Sequence
from datetime import time
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from laurels.gatherings.models import Gathering, Group, Series
from laurels.gatherings.rules.boards import EXTENSIONS, FLAGS, NUMBERS
from laurels.gatherings.rules.terms import Terms

ONCE = ("once", _("Once"))


def in_words(minutes: Sequence[int]) -> str:
    return ", ".join(map(str, minutes))


class GatheringForm(forms.Form):
    """What, when, where; the rest has an answer that fits most."""

    title = forms.CharField(label=_("Title"), max_length=160, initial="Lean Coffee")
    group = forms.ChoiceField(label=_("For whom"), required=False)
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(
        label=_("Begins at"), initial=time(18), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    zone = forms.CharField(label=_("Time zone"), max_length=60, help_text=_("Such as Europe/Berlin."))
    minutes = forms.IntegerField(label=_("How many minutes"), min_value=15, max_value=480, initial=60)
    rhythm = forms.ChoiceField(label=_("How often"), choices=[ONCE, *Series.Rhythm.choices], initial="once")
    link = forms.URLField(
        label=_("Where people talk"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of your video call, if you meet online. Only who signs up sees it."),
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False, help_text=_("Empty when online."))
    about = forms.CharField(
        label=_("What it is about"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    capacity = forms.IntegerField(
        label=_("Most people"), required=False, min_value=2, max_value=2000, help_text=_("Empty: as many as want.")
    )
    table_size = forms.IntegerField(label=_("People at a table"), min_value=2, max_value=50, initial=8)
    is_led = forms.BooleanField(
        label=_("Somebody leads it"),
        required=False,
        initial=True,
        help_text=_("Otherwise the room moves by itself."),
    )
    votes = forms.IntegerField(label=_("Votes each"), initial=NUMBERS["votes"][0], min_value=1, max_value=10)
    timebox = forms.IntegerField(
        label=_("Minutes for a topic"), initial=NUMBERS["timebox"][0], min_value=1, max_value=30
    )
    extensions = forms.CharField(
        label=_("Minutes each time it goes on"),
        max_length=40,
        required=False,
        initial=in_words(EXTENSIONS),
        help_text=_("After thumbs up, in this order; the last comes again. Empty: never longer."),
    )
    rounds_most = forms.IntegerField(
        label=_("Rounds for a topic at most"), initial=NUMBERS["rounds_most"][0], min_value=1, max_value=10
    )
    own_topics = forms.BooleanField(label=_("One may vote for one's own topic"), required=False, initial=True)
    names = forms.BooleanField(label=_("Show who proposed what"), required=False, initial=False)

    EXTRAS = (
        *("capacity", "table_size", "is_led", "votes", "timebox"),
        *("extensions", "rounds_most", "own_topics", "names"),
    )

    def __init__(self, *args: Any, groups: Sequence[Group] = (), for_all: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(one.public_id, one.name) for one in groups]
        everybody = [("", _("Everybody"))] if for_all else []
        self.fields["group"].choices = [*everybody, *own]  # type: ignore[attr-defined]
        if len(everybody) + len(own) < 2:
            self.fields["group"].widget = forms.HiddenInput()
            self.fields["group"].initial = own[0][0] if own else ""

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"].strip().replace(" ", "_")
        known = {name.lower(): name for name in available_timezones()}
        if zone.lower() not in known:
            raise ValidationError(_("This is not a time zone. Write it like Europe/Berlin or America/Toronto."))
        return known[zone.lower()]

    def clean_extensions(self) -> list[int]:
        parts = self.cleaned_data["extensions"].replace(",", " ").split()
        if not all(part.isdecimal() for part in parts):
            raise ValidationError(_("Write minutes from 1 to 30, such as 3, 2."))
        return [int(part) for part in parts]

    @property
    def plain(self) -> list[Any]:
        return [bound for bound in self if bound.name not in self.EXTRAS]

    @property
    def extras(self) -> list[Any]:
        return [bound for bound in self if bound.name in self.EXTRAS]

    def terms(self, language: str) -> Terms:
        given = self.cleaned_data
        board = {name: given[name] for name in ("votes", "timebox", "extensions", "rounds_most", *FLAGS)}
        names = ("title", "zone", "about", "place", "link", "minutes", "capacity", "table_size", "is_led")
        return Terms(**{name: given[name] for name in names}, language=language, board=board)


def initial_of(gathering: Gathering) -> dict[str, Any]:
    """A gathering as its form shows it."""
    names = ("title", "zone", "about", "place", "link", "minutes", "capacity", "table_size", "is_led")
    start = gathering.local_start
    given = {name: getattr(gathering, name) for name in names}
    board = dict(gathering.board)
    if "extensions" in board:
        board["extensions"] = in_words(board["extensions"])
    return {**given, **board, "on": start.date(), "starts": start}


class SignUpForm(forms.Form):
    shows_name = forms.BooleanField(label=_("Show my name to others who think of coming"), required=False)


class GuestForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=80)
    email = forms.EmailField(
        label=_("Your e-mail"), max_length=254, help_text=_("For the way in, and to sign off. Nobody sees it.")
    )
    shows_name = forms.BooleanField(label=_("Show my name to others who think of coming"), required=False)


class ComeInForm(forms.Form):
    name = forms.CharField(label=_("What the others call you"), max_length=60)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class TablesForm(forms.Form):
    count = forms.IntegerField(label=_("How many tables"), min_value=2, max_value=60)
    by_interest = forms.ChoiceField(
        label=_("How"), choices=[("yes", _("By what people voted for")), ("no", _("By chance"))], initial="yes"
    )


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("What joins you"), choices=Group.Kind.choices)
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    about = forms.CharField(label=_("About"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))


class HelpForm(forms.Form):
    """Hours that a member gave to the group."""

    person = forms.ChoiceField(label=_("Who"))
    what = forms.CharField(label=_("What they did"), max_length=200)
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=0,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        initial=1,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]


class BoardForm(forms.Form):
    title = forms.CharField(label=_("What is it called?"), max_length=120, initial="Lean Coffee", required=False)
    name = forms.CharField(label=_("What the others call you"), max_length=60)
