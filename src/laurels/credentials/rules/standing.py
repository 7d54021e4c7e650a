"""How a certification stands on a day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from laurels.credentials.models import Revocation, Suspension, Term
from laurels.programmes.rules import parameters


class State(StrEnum):
    ACTIVE = "active"
    GRACE = "grace"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


LABELS: dict[State, Any] = {
    State.ACTIVE: _("Valid"),
    State.GRACE: _("In grace"),
    State.LAPSED: _("Lapsed"),
    State.SUSPENDED: _("Suspended"),
    State.REVOKED: _("Revoked"),
}
TONES = {
    State.ACTIVE: "good",
    State.GRACE: "turn",
    State.LAPSED: "bad",
    State.SUSPENDED: "bad",
    State.REVOKED: "bad",
}
SENTENCES: dict[State, Any] = {
    State.ACTIVE: _("This certification is valid."),
    State.GRACE: _("This certification has ended and is in its time of grace; it can still be renewed."),
    State.LAPSED: _("This certification has ended and is no longer valid."),
    State.SUSPENDED: _("This certification is suspended by the body that gave it and is not valid for now."),
    State.REVOKED: _("This certification was revoked by the body that gave it. It is not valid."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """``since`` is the first day of this state, ``until`` its last (None: open). ``reason`` is staff's, not public."""

    state: State
    since: date
    until: date | None = None
    reason: str = ""

    @property
    def is_valid(self) -> bool:
        return self.state is State.ACTIVE

    @property
    def label(self) -> Any:
        return LABELS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def sentence(self) -> Any:
        return SENTENCES[self.state]


def standing_of(
    terms: Iterable[Term],
    suspension: Suspension | None,
    revocation: Revocation | None,
    scheme_code: str,
    *,
    day: date,
    day_of: Callable[[Any], date],
) -> Standing:
    """``terms`` in order, with their policies; ``day_of`` turns an instant into the body's calendar day.

    Both days of a term are included: awarded on 20 November 2024 for 24 months, it ends with 20 November 2026 (SA
    renewal table, 2024). Grace counts the days after that; day 90 of 90 is still inside (CSP, 2018).
    """
    if revocation:
        return Standing(State.REVOKED, day_of(revocation.at), reason=revocation.reason)
    if suspension:
        return Standing(State.SUSPENDED, day_of(suspension.at), reason=suspension.reason)
    return _by_terms(list(terms), scheme_code, day)


def _by_terms(terms: list[Term], scheme_code: str, day: date) -> Standing:
    newest = terms[-1]
    if newest.valid_until is None or day <= newest.valid_until:
        covering = next((term for term in terms if term.covers(day)), newest)
        return Standing(State.ACTIVE, covering.valid_from, newest.valid_until)
    grace_ends = newest.valid_until + timedelta(days=parameters(newest.policy).grace_days_of(scheme_code))
    if day <= grace_ends:
        return Standing(State.GRACE, newest.valid_until + timedelta(days=1), grace_ends)
    return Standing(State.LAPSED, grace_ends + timedelta(days=1))
