"""Cancellation terms as one object: the words on the page, the quote before the click and the refund come from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from laurels.kernel.money import Money, part_of
from laurels.kernel.refusal import Refusal

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Step:
    """Whoever gives a seat back at least ``days`` before the first day gets ``percent`` of its price back."""

    days: int
    percent: int


@dataclass(frozen=True, slots=True)
class Terms:
    """``steps`` from the earliest to the latest; after the latest one nothing goes back.

    A seat can be moved to another date until ``move_days`` before the first day, for ``move_fee`` minor units; a
    colleague can come instead until class begins. ``counts`` says whether days are ``calendar`` or ``business`` days.
    """

    steps: tuple[Step, ...]
    move_days: int = 7
    move_fee: int = 0
    counts: str = "calendar"

    def in_words(self, currency: str) -> list[str]:
        """Each rule as a sentence, in the order in which they apply."""
        lines = [self._step_in_words(step) for step in self.steps]
        lines.append(self._too_late_in_words())
        fee = _("free of charge") if not self.move_fee else _("for %(fee)s") % {"fee": Money(self.move_fee, currency)}
        lines.append(_("Another date: %(until)s, %(fee)s.") % {"until": self._until(self.move_days), "fee": fee})
        lines.append(_("A colleague instead of you: until class begins, free of charge."))
        return lines

    def refund(self, worth: Money, starts_on: date, today: date) -> "RefundQuote":
        """What of ``worth`` goes back when the seat is given back ``today``, and the sentence that says so."""
        steps = [one for one in self.steps if today <= self._latest(starts_on, one.days)]
        if not steps:
            return RefundQuote(Money(0, worth.currency), worth, self._too_late_in_words())
        step, *later = steps
        back = _part(worth, step)
        then = _part(worth, later[0]) if later else Money(0, worth.currency)
        return RefundQuote(back, worth - back, self._step_in_words(step), self._latest(starts_on, step.days), then)

    def lines(self, currency: str, starts_on: date, today: date) -> list["TermsLine"]:
        """``in_words`` for one workshop: with the last day of each rule, and the one that holds ``today``."""
        untils = [self._latest(starts_on, step.days) for step in self.steps]
        holds = next((nth for nth, until in enumerate(untils) if today <= until), len(untils))
        days = [*untils, None, self._latest(starts_on, self.move_days), None]
        return [
            TermsLine(words, until, nth == holds)
            for nth, (words, until) in enumerate(zip(self.in_words(currency), days, strict=True))
        ]

    def move(self, currency: str, starts_on: date, today: date) -> Money | Refusal:
        """The fee for another date ``today``, or why it is too late."""
        if today <= self._latest(starts_on, self.move_days):
            return Money(self.move_fee, currency)
        words = gettext_lazy("Another date could be had until %(day)s. A colleague can still come instead of you.")
        return Refusal("too-late-to-move", words % {"day": self._latest(starts_on, self.move_days).isoformat()})

    def as_data(self) -> dict[str, Any]:
        """What is kept with a sale and with every order placed under it."""
        steps = [{"days": step.days, "percent": step.percent} for step in self.steps]
        return {"steps": steps, "move_days": self.move_days, "move_fee": self.move_fee, "counts": self.counts}

    def _latest(self, starts_on: date, days: int) -> date:
        """The last day that is still ``days`` days before the first."""
        if self.counts == "calendar":
            return starts_on - timedelta(days=days)
        day, left = starts_on, days
        while left:
            day -= timedelta(days=1)
            left -= day.weekday() < SATURDAY
        return day

    def _too_late_in_words(self) -> str:
        if not self.steps:
            return _("Whoever gives a seat back: no refund.")
        return _("Later than that, or without giving it back: no refund.")

    def _step_in_words(self, step: Step) -> str:
        words = (
            _("%(until)s: everything back.")
            if step.percent == 100
            else _("%(until)s: %(percent)d % of the price back.")
        )
        until = self._until(step.days)
        return words.replace("%(until)s", until[:1].upper() + until[1:]).replace("%(percent)d", str(step.percent))

    def _until(self, days: int) -> str:
        if not days:
            return _("until the first day")
        if self.counts == "business":
            words = ngettext("until one business day before", "until %(n)d business days before", days)
        else:
            words = ngettext("until one day before", "until %(n)d days before", days)
        return words % {"n": days} if "%(n)d" in words else words


@dataclass(frozen=True, slots=True)
class RefundQuote:
    """``back`` goes back, ``kept`` is kept; ``words`` is the line of the terms that says so.

    It holds until the day ``until``, and ``then`` would go back the day after; without a day it stays as it is.
    """

    back: Money
    kept: Money
    words: str
    until: date | None = None
    then: Money | None = None


@dataclass(frozen=True, slots=True)
class TermsLine:
    """One rule in words, its last day where it has one, and whether it is the one that holds today."""

    words: str
    until: date | None
    holds: bool


# What holds where a provider has not said anything else.
USUAL = Terms((Step(14, 100), Step(7, 50)))


def terms_of(kept: Mapping[str, Any]) -> Terms:
    """Terms as ``as_data`` kept them; the usual ones where nothing was kept."""
    if not kept:
        return USUAL
    steps = tuple(Step(step["days"], step["percent"]) for step in kept["steps"])
    return Terms(steps, kept["move_days"], kept["move_fee"], kept["counts"])


def why_not_terms(terms: Terms) -> Refusal | None:
    if any(not 0 <= step.percent <= 100 or step.days < 0 for step in terms.steps):
        return Refusal(
            "bad-terms", gettext_lazy("Days are at least 0, and from 0 to 100 percent can go back."), "terms"
        )
    if not _falls(terms.steps):
        words = gettext_lazy("Write the terms from early to late: fewer days, and never more money back.")
        return Refusal("terms-out-of-order", words, "terms")
    return None


def _part(worth: Money, step: Step) -> Money:
    return Money(part_of(worth.minor, step.percent, 100), worth.currency)


def _falls(steps: Sequence[Step]) -> bool:
    return all(one.days > later.days and one.percent >= later.percent for one, later in pairwise(steps))
