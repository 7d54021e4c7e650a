"""The books as a page: what stands on each account, and the events that brought it there."""

from dataclasses import dataclass

from laurels.kernel.money import Money
from laurels.payments.models import Account, Leg, MoneyEvent
from laurels.payments.queries.books import balances
from laurels.people.models import Organisation

PAGE = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on an account: debit above zero."""

    account: Account
    amount: Money

    @property
    def side(self) -> str:
        return "debit" if self.amount.minor > 0 else "credit"

    @property
    def size(self) -> Money:
        return Money(abs(self.amount.minor), self.amount.currency)


@dataclass(frozen=True, slots=True)
class Books:
    seller: Organisation
    account: Account | None
    standings: list[Standing]
    events: list[MoneyEvent]
    next_before: str


def books(seller: Organisation, *, account: str, before: str) -> Books:
    """A page of events, the latest first, of one account or all; ``before`` is where the page before ended."""
    wanted = Account(account) if account in Account.values else None
    events = (
        MoneyEvent.objects.of_seller(seller).order_by("-pk").select_related("order").prefetch_related("legs__event")
    )
    if wanted:
        touching = Leg.objects.filter(debit=wanted) | Leg.objects.filter(credit=wanted)
        events = events.filter(pk__in=touching.values("event"))
    if before.isdecimal():
        events = events.filter(pk__lt=int(before[:18]))
    found = list(events[: PAGE + 1])
    stand = balances(seller)
    standings = [
        Standing(account, Money(stand[account, currency], currency))
        for account in Account
        for currency in sorted({currency for name, currency in stand if name == account})
    ]
    return Books(seller, wanted, standings, found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else "")
