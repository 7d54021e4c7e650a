"""What a seller's money desk shows: who owes how much since when, what came, what must go back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, CharField, Count, F, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _

from laurels.kernel.money import Money
from laurels.kernel.periods import day_in
from laurels.payments.models import Account, Order, Receipt, Refund
from laurels.payments.queries.books import balances
from laurels.payments.queries.periods import month_between
from laurels.people.models import Organisation

# Since how many days: an age's first day and its final one; None has no end.
AGES: dict[str, tuple[int, int | None]] = {"0-14": (1, 14), "15-30": (15, 30), "31-60": (31, 60), "60+": (61, None)}
NOT_YET = "not-yet"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the desk: sums by currency, of ``count`` rows, and the list it leads to (name of page, query)."""

    key: str
    label: str
    sums: list[Money]
    count: int
    page: str
    query: str = ""

    @property
    def is_nothing(self) -> bool:
        return not self.count and not any(money.minor for money in self.sums)


@dataclass(frozen=True, slots=True)
class MoneyDesk:
    seller: Organisation
    figures: list[Figure]
    ages: list[Figure]
    month: str


def money_desk(seller: Organisation, *, now: datetime) -> MoneyDesk:
    today = day_in(seller.zone, now)
    month = f"{today:%Y-%m}"
    by_age = _by_age(seller, today)
    ages = [
        Figure(
            age,
            _age_in_words(age),
            *_added([by_age.get(age, {})]),
            "orders",
            f"show=overdue&age={age.replace('+', '%2B')}",
        )
        for age in AGES
    ]
    paid = Order.objects.of_seller(seller).paid().filter(**_in_month(seller, today))
    refunds = Refund.objects.of_seller(seller).open()
    surplus = surplus_of(seller)
    figures = [
        Figure("outstanding", _("Outstanding"), *_added(by_age.values()), "orders", "show=due"),
        Figure("paid", _("Paid this month"), *_summed(paid, "received_minor"), "orders", f"show=paid&month={month}"),
        Figure("refunds", _("Refunds to send"), *_summed(refunds, "minor"), "refunds"),
        Figure("surplus", _("Money nobody owed"), *_summed(surplus, "surplus_minor"), "surplus"),
        _held_in_disputes(seller),
    ]
    return MoneyDesk(seller, figures, ages, month)


def surplus_of(seller: Organisation) -> "QuerySet[Receipt]":
    """Money that no order needed and that nobody has decided about, oldest first."""
    return Receipt.objects.of_seller(seller).surplus().exclude(refunds__credit=None, refunds__isnull=False)


def due_within(age: str, today: date) -> dict[str, date]:
    """The due dates of an age, as a filter."""
    first, final = AGES[age]
    found = {"due_on__lte": today - timedelta(days=first)}
    return found | ({"due_on__gte": today - timedelta(days=final)} if final else {})


type Sums = dict[str, tuple[int, int]]


def _by_age(seller: Organisation, today: date) -> dict[str, Sums]:
    """By age, what is owed by currency and by how many, in one query."""
    whens = [When(**due_within(age, today), then=Value(age)) for age in AGES]
    due = Order.objects.of_seller(seller).due().order_by()
    rows = (
        due.annotate(age=Case(*whens, default=Value(NOT_YET), output_field=CharField()))
        .values_list("age", "currency")
        .annotate(total=Sum(F("amount_minor") - F("credited_minor") - F("received_minor")), n=Count("pk"))
    )
    found: dict[str, Sums] = defaultdict(dict)
    for age, currency, owed, count in rows:
        found[age][currency] = (owed, count)
    return found


def _added(parts: Iterable[Sums]) -> tuple[list[Money], int]:
    sums: dict[str, int] = defaultdict(int)
    total = 0
    for part in parts:
        for currency, (minor, count) in part.items():
            sums[currency] += minor
            total += count
    return [Money(minor, currency) for currency, minor in sorted(sums.items())], total


def _summed(rows: "QuerySet[Order] | QuerySet[Refund] | QuerySet[Receipt]", column: str) -> tuple[list[Money], int]:
    found = rows.order_by().values_list("currency").annotate(total=Sum(column), n=Count("pk", distinct=True))
    return _added([{currency: (total, count)} for currency, total, count in found])


def _held_in_disputes(seller: Organisation) -> Figure:
    held = [
        Money(minor, currency)
        for (account, currency), minor in balances(seller).items()
        if account == Account.DISPUTED and minor
    ]
    return Figure("disputed", _("Held back in disputes"), held, len(held), "books", "account=disputed")


def _age_in_words(age: str) -> str:
    if age == "0-14":
        return _("Up to 14 days overdue")
    if age == "60+":
        return _("More than 60 days overdue")
    return _("%(days)s days overdue") % {"days": age.replace("-", "–")}


def _in_month(seller: Organisation, day: date) -> dict[str, datetime]:
    since, until = month_between(seller, day)
    return {"payment__received_at__gte": since, "payment__received_at__lt": until}
