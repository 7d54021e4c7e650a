"""The books: every event once, every amount between two accounts."""

from collections.abc import Sequence
from datetime import datetime

from laurels.payments.models import Account, Leg, MoneyEvent, Order
from laurels.people.models import Organisation

type Legs = Sequence[tuple[Account, Account, int]]


def post(
    seller: Organisation,
    kind: str,
    reference: str,
    legs: Legs,
    *,
    currency: str,
    order: Order | None,
    at: datetime,
    is_first: bool = False,
) -> MoneyEvent:
    """Write (debit, credit, minor) legs, in the caller's transaction; the same ``reference`` again changes nothing.

    Legs of nothing are left out. Whoever knows that it ``is_first`` saves looking for it.
    """
    about = {"kind": kind, "order": order, "currency": currency, "at": at}
    if is_first:
        event, is_new = MoneyEvent.objects.create(seller=seller, reference=reference, **about), True
    else:
        event, is_new = MoneyEvent.objects.get_or_create(seller=seller, reference=reference, defaults=about)
    if is_new:
        Leg.objects.bulk_create(
            Leg(event=event, debit=debit, credit=credit, minor=minor) for debit, credit, minor in legs if minor
        )
    return event
