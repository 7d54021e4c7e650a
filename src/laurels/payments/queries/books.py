"""What the books say: how much stands on which account."""

from django.db.models import Sum

from laurels.kernel.money import Money
from laurels.payments.models import Account, Leg, Order
from laurels.people.models import Organisation


def balances(seller: Organisation, *, order: Order | None = None) -> dict[tuple[str, str], int]:
    """Minor units by (account, currency), debit above zero; of one order, or of everything the seller has done."""
    legs = Leg.objects.filter(event__seller=seller)
    legs = legs.filter(event__order=order) if order else legs
    found: dict[tuple[str, str], int] = {}
    for side, sign in (("debit", 1), ("credit", -1)):
        for account, currency, total in legs.values_list(side, "event__currency").annotate(Sum("minor")).order_by():
            found[account, currency] = found.get((account, currency), 0) + sign * total
    return found


def balance(seller: Organisation, account: Account, currency: str, *, order: Order | None = None) -> Money:
    """What stands on one account, debit above zero."""
    return Money(balances(seller, order=order).get((account, currency), 0), currency)
