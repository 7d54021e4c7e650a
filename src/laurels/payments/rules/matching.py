"""Which order a line of the bank is for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from laurels.kernel.money import Money
from laurels.payments.models import Order
from laurels.payments.rules.statements import BankLine, collapsed
from laurels.spreadsheets import folded

LENGTH = 10
MOST_SUGGESTED = 3
WORDS = {
    "exact": (_("Exactly what is owed"), "good"),
    "too-little": (_("Less than is owed"), "turn"),
    "too-much": (_("More than is owed"), "turn"),
    "other-currency": (_("Another currency"), "bad"),
    "cancelled": (_("The order is cancelled"), "bad"),
    "paid": (_("The order owes nothing"), "bad"),
    "unknown": (_("No order named"), "turn"),
    "seen": (_("Written down before"), "plain"),
    "outgoing": (_("Went out"), "plain"),
    "unreadable": (_("Cannot be read"), "bad"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """``kind`` is one of those in ``WORDS``."""

    line: BankLine
    kind: str
    order: Order | None = None
    suggested: Sequence[Order] = ()

    @property
    def is_good(self) -> bool:
        """Needs no second thought: what comes is owed by this order."""
        return self.kind in ("exact", "too-little")

    @property
    def is_ticked(self) -> bool:
        """Written down unless somebody says otherwise; what is too much becomes surplus."""
        return self.is_good or self.kind == "too-much"

    @property
    def amount(self) -> Money:
        return Money(self.line.minor, self.line.currency)

    @property
    def words(self) -> str:
        return str(WORDS[self.kind][0])

    @property
    def tone(self) -> str:
        return WORDS[self.kind][1]

    @property
    def is_open(self) -> bool:
        """Somebody may decide about it."""
        return self.kind not in ("seen", "outgoing", "unreadable")


def references_in(line: BankLine, known: Mapping[str, int]) -> list[int]:
    """The keys of the orders whose reference stands in the line's words, however they are broken or written."""
    found: list[int] = []
    for part in (line.text, line.name):
        plain = collapsed(part)
        for at in range(len(plain) - LENGTH + 1):
            key = known.get(plain[at : at + LENGTH])
            if key is not None and key not in found:
                found.append(key)
    return found


def match(line: BankLine, orders: Sequence[Order], *, is_seen: bool, due: Sequence[Order]) -> Match:
    """``orders`` are those named in the line; ``due`` are those that owe exactly what came."""
    if line.problem:
        return Match(line, "unreadable")
    if line.minor <= 0:
        return Match(line, "outgoing")
    if is_seen:
        return Match(line, "seen", orders[0] if len(orders) == 1 else None)
    if len(orders) != 1:
        return Match(line, "unknown", None, orders[:MOST_SUGGESTED] or likely(line, due))
    order = orders[0]
    return Match(line, _kind(line, order), order)


def likely(line: BankLine, due: Sequence[Order]) -> list[Order]:
    """Orders that owe this amount, those first whose buyer the line names."""
    words = set(folded(f"{line.name} {line.text}").split())
    ranked = sorted(due, key=lambda order: (-len(words & _names(order)), order.due_on, order.pk))
    return ranked[:MOST_SUGGESTED]


def _kind(line: BankLine, order: Order) -> str:
    if order.currency != line.currency:
        return "other-currency"
    if order.cancelled_at:
        return "cancelled"
    owed = order.owed.minor
    if not owed:
        return "paid"
    return "exact" if line.minor == owed else "too-little" if line.minor < owed else "too-much"


def _names(order: Order) -> set[str]:
    said = " ".join([str(order.buyer), order.bill_to.get("company", ""), order.bill_to.get("name", "")])
    return {
        word for word in folded(said).split() if len(word) > 1 and not re.fullmatch(r"gmbh|ltd|ag|sa|inc|llc", word)
    }
