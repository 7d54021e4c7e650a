"""Input → clean values; never saves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.participation.actions import Choice
from laurels.participation.actions.attendance import Place
from laurels.participation.queries import DecisionPage, OwnSeat, Sheet
from laurels.participation.queries.sheet import Cell, Row
from laurels.participation.rules import (
    clean_name,
    why_not_attest,
    why_not_note_for,
    why_not_these_minutes,
    why_not_this_name,
)
from laurels.people.models import normal_email

FULL = {"p", "full", "✓"}
ABSENT = {"a", "absent"}


@dataclass(slots=True)
class Noted:
    """What came back from an attendance sheet: the differences, what was shown, and cells that cannot be read."""

    minutes: dict[Place, int] = field(default_factory=dict)
    seen: dict[Place, int | None] = field(default_factory=dict)
    refused: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_sheet(post: QueryDict, sheet: Sheet) -> Noted:
    """Only cells that differ from what the page showed count; "all present" fills those nobody has noted."""
    shown = _read_json(post.get("seen", ""))
    noted = Noted()
    for row in sheet.rows:
        for cell in row.cells:
            was = shown.get(cell.name)
            typed = _typed(post, row, cell)
            if typed == "" and was is None and _is_all_present(post, row, cell):
                typed = "p"
            if typed != ("" if was is None else str(was)):
                _read_cell(noted, row, cell, was, typed)
    return noted


def _typed(post: QueryDict, row: Row, cell: Cell) -> str:
    typed = post.get(cell.name, "").strip().lower()
    return post.get(f"{cell.name}.part", "").strip() or typed if typed == "part" else typed


def _is_all_present(post: QueryDict, row: Row, cell: Cell) -> bool:
    return f"block.{cell.block.key}" in post or f"person.{row.seat.public_id}" in post


def _read_cell(noted: Noted, row: Row, cell: Cell, was: Any, typed: str) -> None:
    minutes = cell.block.minutes if typed in FULL else 0 if typed in ABSENT else _number(typed)
    if minutes is None:
        noted.refused[cell.name] = (typed, _("Write P for present, A for absent, or the minutes."))
    elif refusal := why_not_note_for(row.seat.name, row.signed_version) or why_not_these_minutes(cell.block, minutes):
        noted.refused[cell.name] = (typed, str(refusal))
    elif minutes != was:
        place = (row.seat.pk, cell.block.pk)
        noted.minutes[place] = minutes
        noted.seen[place] = was


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else None


def _read_json(text: str) -> Mapping[str, Any]:
    try:
        read = json.loads(text or "{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


@dataclass(slots=True)
class Decided:
    """What came back from the decisions page: choices by seat, and those refused as they were typed."""

    choices: dict[int, Choice] = field(default_factory=dict)
    refused: dict[str, tuple[str, str, str]] = field(default_factory=dict)


def read_decisions(post: QueryDict, page: DecisionPage) -> Decided:
    """Only changed rows count; a row decided by somebody else meanwhile is refused, not overwritten."""
    shown = _read_json(post.get("seen", ""))
    decided = Decided()
    for row in page.rows:
        someone = row.someone
        decision = post.get(f"decision.{someone.public_id}", "")
        reason = post.get(f"reason.{someone.public_id}", "").strip()
        if not decision and not reason:
            continue
        if (decision, reason) == (someone.decision, someone.reason) and not someone.is_decision_outdated:
            continue
        refusal = why_not_attest(someone, decision, reason, minimum=page.minimum)
        if shown.get(someone.public_id) != someone.attestation_id:
            decided.refused[someone.public_id] = (decision, reason, _("Somebody else decided meanwhile. Look again."))
        elif refusal:
            decided.refused[someone.public_id] = (decision, reason, str(refusal))
        else:
            decided.choices[someone.seat_id] = Choice(decision, reason)
    return decided


class DeclarationForm(forms.Form):
    """The learner's words for the certificate; the addresses offered are their own verified ones."""

    certificate_name = forms.CharField(
        label=gettext_lazy("Your name, as it shall stand on the certificate"),
        help_text=gettext_lazy("Any script, one word or many."),
        max_length=400,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.ChoiceField(label=gettext_lazy("Where the invitation goes"), widget=forms.RadioSelect)
    is_member_already = forms.TypedChoiceField(
        label=gettext_lazy("Are you a member of the certifying body already?"),
        choices=[("no", gettext_lazy("No, this is my first certification there")), ("yes", gettext_lazy("Yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    member_email = forms.EmailField(
        label=gettext_lazy("Under which e-mail?"),
        help_text=gettext_lazy("Only if you said yes. It keeps you from getting a second account."),
        required=False,
        max_length=254,
    )

    def __init__(self, *args: Any, own: OwnSeat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(address.email, address.email) for address in own.addresses]
        self.fields["email"] = forms.ChoiceField(
            label=self.base_fields["email"].label, choices=offered, widget=forms.RadioSelect
        )
        self.order_fields(["certificate_name", "email", "is_member_already", "member_email"])

    def clean_certificate_name(self) -> str:
        name = clean_name(self.cleaned_data["certificate_name"])
        if refusal := why_not_this_name(name):
            raise forms.ValidationError(str(refusal))
        return name

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        values["member_email"] = normal_email(values.get("member_email", ""))
        is_member = values.get("is_member_already")
        if is_member and not values["member_email"] and "member_email" not in self.errors:
            self.add_error("member_email", _("Write the address of your account there."))
        if is_member is False:
            values["member_email"] = ""
        return values

    @classmethod
    def initial_for(cls, own: OwnSeat) -> dict[str, Any]:
        """What was confirmed last, else what the booking knows."""
        said = getattr(own.seat, "declaration", None)
        first = own.addresses[0].email if own.addresses else ""
        if said is None:
            return {"certificate_name": own.seat.name, "email": first}
        return {
            "certificate_name": said.certificate_name,
            "email": said.email,
            "is_member_already": "yes" if said.is_member_already else "no",
            "member_email": said.member_email,
        }


class SignForm(forms.Form):
    """The signature is typed, so that nobody signs by a slip; ``seen`` is the digest of what was read."""

    words = forms.CharField(label=gettext_lazy("Type “I attest” to sign"), max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_words(self) -> str:
        typed = " ".join(self.cleaned_data["words"].split()).strip(".").casefold()
        if typed not in {"i attest", str(_("I attest")).casefold()}:
            raise forms.ValidationError(_("Type the two words “I attest”."))
        return typed


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What has to be put right"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
