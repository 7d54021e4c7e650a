"""What must go back: promised by transfer and not sent, and what nobody owed and nobody has decided about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from laurels.kernel.money import Money
from laurels.payments.models import Order, Receipt, Refund, ReturnAccount
from laurels.payments.models.orders import Way
from laurels.payments.queries.desk import surplus_of
from laurels.payments.rules.bank import groups_of_four
from laurels.people.models import Organisation

PAGE = 50


@dataclass(frozen=True, slots=True)
class Account:
    """Where a refund goes: what the buyer said, else where the bank said the money came from; empty if unknown."""

    holder: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class RefundRow:
    refund: Refund
    account: Account

    @property
    def iban(self) -> str:
        return groups_of_four(self.account.iban)


@dataclass(frozen=True, slots=True)
class RefundList:
    seller: Organisation
    rows: list[RefundRow]
    sums: list[Money]
    without_account: int
    next_after: str


@dataclass(frozen=True, slots=True)
class SurplusList:
    seller: Organisation
    receipts: list[Receipt]
    next_after: str


def refund_list(seller: Organisation, *, after: str = "", most: int = PAGE) -> RefundList:
    """A page of open refunds, oldest first; ``after`` is the public id of the page before's final one."""
    open_ones = Refund.objects.of_seller(seller).open()
    sums: dict[str, int] = defaultdict(int)
    for currency, minor in open_ones.values_list("currency", "minor"):
        sums[currency] += minor
    if last := Refund.objects.of_seller(seller).filter(public_id=after).first():
        open_ones = open_ones.filter(pk__gt=last.pk)
    with_all = open_ones.select_related("order__buyer", "order__return_account", "receipt__transfer")
    found = list(with_all[: most + 1])
    rows = [RefundRow(refund, _account(refund)) for refund in found[:most]]
    return RefundList(
        seller,
        rows,
        [Money(minor, currency) for currency, minor in sorted(sums.items())],
        sum(not row.account.iban and row.refund.receipt.way == "transfer" for row in rows),
        rows[-1].refund.public_id if len(found) > most else "",
    )


def surplus_list(seller: Organisation, *, after: str = "") -> SurplusList:
    """A page of receipts that nobody needed and nobody has decided about; ``after`` is the final one's id before."""
    waiting = surplus_of(seller).select_related("order", "transfer")
    if after.isdecimal():
        waiting = waiting.filter(pk__gt=int(after[:18])).order_by("pk")
    found = list(waiting.order_by("pk")[: PAGE + 1])
    return SurplusList(seller, found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def transfers_to_send(seller: Organisation) -> Iterator[list[str]]:
    """Rows for the bank: what is to be sent by transfer and has an account to go to."""
    yield ["name", "iban", "bic", "amount", "currency", "purpose", "refund"]
    open_ones = Refund.objects.of_seller(seller).filter(state=Refund.State.ASKED, receipt__way="transfer")
    loaded = open_ones.select_related("order__buyer", "order__return_account", "receipt__transfer")
    for refund in loaded.order_by("pk"):
        account = _account(refund)
        if account.iban:
            purpose = f"{refund.order.reference} {refund.reason}" if refund.order else refund.reason
            amount = plain_amount(refund.amount)
            yield [account.holder, account.iban, account.bic, amount, refund.currency, purpose[:140], refund.public_id]


def plain_amount(money: Money) -> str:
    """``1190.00``, ``-3.50``: for programs."""
    return str(money).replace(f"{money.currency}\u00a0", "").replace("\u2009", "").replace("−", "-")


def _account(refund: Refund) -> Account:
    said = getattr(refund.order, "return_account", None) if refund.order else None
    came = getattr(refund.receipt, "transfer", None)
    if said:
        return Account(said.holder, said.iban, said.bic)
    buyer = str(refund.order.buyer) if refund.order else ""
    return Account(came.name or buyer, came.iban) if came else Account(buyer, "")


@dataclass(frozen=True, slots=True)
class ReturnAccountPart:
    """Of an order's page: what goes back by transfer, to which account, and whether one may be named."""

    sums: list[Money]
    account: ReturnAccount | None

    @property
    def is_needed(self) -> bool:
        return bool(self.sums) and self.account is None

    @property
    def iban(self) -> str:
        return groups_of_four(self.account.iban) if self.account else ""


def return_account(order: Order, refunds: Iterable[Refund]) -> ReturnAccountPart:
    """For an order loaded ``for_page``, and its refunds with their receipts."""
    sums: dict[str, int] = defaultdict(int)
    for refund in refunds:
        if refund.is_open and refund.receipt.way == Way.TRANSFER:
            sums[refund.currency] += refund.minor
    account = getattr(order, "return_account", None)
    return ReturnAccountPart([Money(minor, currency) for currency, minor in sorted(sums.items())], account)
