"""Whether a seller's money adds up: rows, sums, papers and books tell one story. For ``laurels fsck``.

Nothing here trusts a constraint or trigger of the database: what it looks for is what came past them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from laurels.kernel.faults import Fault
from laurels.kernel.money import part_of
from laurels.payments.models import Account, Billing, Credit, Invoice, Leg, MoneyEvent, Order, Payment, Receipt, Refund
from laurels.people.models import Organisation

# Where money itself stands: at the bank, with the card service, or gone by way of it.
HELD = (Account.BANK, Account.CARD, Account.CARD_FEES, Account.DISPUTED, Account.LOSSES)
CHUNK = 2000

type Sums = dict[int | None, int]


def money_faults(seller: Organisation) -> Iterator[Fault]:
    """Every fault in the seller's money, each with its place; nothing where all is well."""
    for check in (_of_orders, _of_payments, _of_receipts, _of_refunds, _of_papers, _of_events, _of_accounts):
        yield from check(seller)


def _of_orders(seller: Organisation) -> Iterator[Fault]:
    """The sums an order carries are those of its rows."""
    received = _sums(_receipts(seller), F("amount_minor") - F("surplus_minor"))
    credited = _sums(Credit.objects.filter(order__seller=seller), F("minor"))
    refunded = _sums(Refund.objects.filter(seller=seller, credit__isnull=False), F("minor"))
    for order in _orders(seller):
        place = _place(order)
        for word, said, found in (
            ("received", order.received_minor, received.get(order.pk, 0)),
            ("credited", order.credited_minor, credited.get(order.pk, 0)),
            ("refunded", order.refunded_minor, refunded.get(order.pk, 0)),
        ):
            if said != found:
                yield Fault(place, f"says {said} {word}, its rows say {found}")
        if order.credited_minor > order.amount_minor:
            yield Fault(place, "more is credited than was ordered")
        if order.refunded_minor > order.received_minor:
            yield Fault(place, "more goes back than has come")
        if order.tax_minor > order.amount_minor:
            yield Fault(place, "its tax is more than its amount")


def _of_payments(seller: Organisation) -> Iterator[Fault]:
    """Paid is what owes nothing, and the other way round."""
    paid = set(Payment.objects.filter(order__seller=seller).values_list("order_id", flat=True))
    for order in _orders(seller):
        if order.pk in paid and order.owed.minor:
            yield Fault(_place(order), f"is called paid and owes {order.owed.minor}")
        if order.pk not in paid and order.received_minor and not order.owed.minor and order.cancelled_at is None:
            yield Fault(_place(order), "owes nothing and is not called paid")


def _of_receipts(seller: Organisation) -> Iterator[Fault]:
    twice = _receipts(seller).values("way", "reference").annotate(n=Count("pk")).filter(n__gt=1).order_by()
    for row in twice:
        yield Fault(f"receipt {row['way']} {row['reference']}", f"stands there {row['n']} times")
    for receipt in _receipts(seller).filter(surplus_minor__gt=F("amount_minor")):
        yield Fault(f"receipt {receipt.way} {receipt.reference}", "has more surplus than it brought")
    known = _references(seller, "received")
    for receipt in _receipts(seller).iterator(CHUNK):
        names = (f"receipt:{receipt.way}:{receipt.reference}", f"assigned:{receipt.pk}:{receipt.order_id}")
        if not known.intersection(names):
            yield Fault(f"receipt {receipt.way} {receipt.reference}", "is not in the books")


def _of_refunds(seller: Organisation) -> Iterator[Fault]:
    """No more goes back of a receipt than it brought; each promise, and each that was kept, is in the books."""
    back = Refund.objects.filter(seller=seller).values("receipt_id").annotate(total=Sum("minor")).order_by()
    totals = {row["receipt_id"]: row["total"] for row in back}
    for receipt in _receipts(seller).filter(pk__in=totals):
        if totals[receipt.pk] > receipt.amount_minor:
            words = f"{totals[receipt.pk]} go back of it, and it brought {receipt.amount_minor}"
            yield Fault(f"receipt {receipt.way} {receipt.reference}", words)
    promised, done = _references(seller, "refund-promised"), _references(seller, "refund-done")
    for refund in Refund.objects.filter(seller=seller).iterator(CHUNK):
        place = f"refund {refund.public_id}"
        if f"refund-promised:{refund.public_id}" not in promised:
            yield Fault(place, "is not in the books")
        if (refund.state == Refund.State.DONE) != (f"refund-done:{refund.public_id}" in done):
            yield Fault(place, f"is {refund.state}, and the books say otherwise")


def _of_papers(seller: Organisation) -> Iterator[Fault]:
    """Numbers without gap or repeat; each paper adds up and says what its order says."""
    papers = Invoice.objects.of_seller(seller)
    yield from _of_numbers(seller, papers)
    credits: Sums = defaultdict(int)
    for paper in papers.select_related("order").in_order().iterator(CHUNK):
        content, place = paper.content, f"{paper.kind} {paper.number} version {paper.version}"
        if content.get("net", 0) + content.get("tax", 0) != content.get("gross"):
            yield Fault(place, "net and tax are not its total")
        if paper.kind == Invoice.Kind.INVOICE and content.get("gross") != paper.order.amount_minor:
            yield Fault(place, f"says {content.get('gross')}, its order {paper.order.amount_minor}")
        if paper.kind == Invoice.Kind.CREDIT_NOTE and paper.version == 1:
            credits[paper.order_id] += content.get("gross", 0)
        if not paper.number.endswith(f"{paper.sequence:05d}"):
            yield Fault(place, f"is number {paper.sequence} of its seller")
    invoiced = set(papers.filter(kind=Invoice.Kind.INVOICE).values_list("order_id", flat=True))
    for order in _orders(seller):
        if order.pk in invoiced and credits[order.pk] != order.credited_minor:
            yield Fault(_place(order), f"{order.credited_minor} are credited, its credit notes say {credits[order.pk]}")
        if order.pk not in invoiced and order.received_minor:
            yield Fault(_place(order), "money has come, and there is no invoice")


def _of_numbers(seller: Organisation, papers: "QuerySet[Invoice]") -> Iterator[Fault]:
    expected = 1
    rows = papers.values("sequence").annotate(
        n=Count("pk"), most=Max("version"), least=Min("version"), orders=Count("order", distinct=True)
    )
    for row in rows.order_by("sequence"):
        sequence = row["sequence"]
        for missing in range(expected, min(sequence, expected + 100)):
            yield Fault(f"invoice number {missing}", "is missing")
        if (row["least"], row["most"]) != (1, row["n"]):
            yield Fault(f"invoice number {sequence}", "a version is missing or there twice")
        if row["orders"] != 1:
            yield Fault(f"invoice number {sequence}", "is about more than one order")
        expected = sequence + 1
    billing = Billing.objects.filter(seller=seller).first()
    following = billing.next_number if billing else 1
    if following > expected:
        yield Fault(f"invoice number {following - 1}", "was given out and is missing")
    if following < expected:
        yield Fault(f"billing of {seller.slug}", f"would give out number {following} again")


def _of_events(seller: Organisation) -> Iterator[Fault]:
    events = MoneyEvent.objects.of_seller(seller)
    for row in events.values("reference").annotate(n=Count("pk")).filter(n__gt=1).order_by():
        yield Fault(f"event {row['reference']}", f"is booked {row['n']} times")
    for event in events.filter(legs=None):
        yield Fault(f"event {event.reference}", "moves nothing: its legs are missing")
    for event in events.filter(order__isnull=False).exclude(order__seller=seller):
        yield Fault(f"event {event.reference}", "is about an order of another seller")
    odd = Q(minor__lte=0) | Q(debit=F("credit")) | ~Q(debit__in=Account.values) | ~Q(credit__in=Account.values)
    for leg in Leg.objects.filter(odd, event__seller=seller).select_related("event"):
        yield Fault(f"event {leg.event.reference}", f"has a leg from {leg.credit} to {leg.debit} of {leg.minor}")


def _of_accounts(seller: Organisation) -> Iterator[Fault]:
    """For each order, and for money without one: what stands on its accounts is what its rows say."""
    standing = _standing(seller)
    surplus = _sums(_receipts(seller), F("surplus_minor"))
    came = _sums(_receipts(seller), F("amount_minor"))
    refunds = Refund.objects.filter(seller=seller)
    surplus_back = _sums(refunds.filter(credit=None), F("minor"))
    promised = _sums(refunds.exclude(state=Refund.State.DONE), F("minor"))
    went = _sums(refunds.filter(state=Refund.State.DONE), F("minor"))
    invoices = Invoice.objects.filter(seller=seller, kind=Invoice.Kind.INVOICE)
    invoiced = set(invoices.values_list("order_id", flat=True))
    # What was paid to bodies is held against what was owed to them where that is known (workshops).
    to_bodies = sum(
        Leg.objects.filter(event__seller=seller, debit=Account.OWED_TO_BODY).values_list("minor", flat=True)
    )
    for order in [None, *_orders(seller)]:
        key = order.pk if order else None
        stands = standing.get(key, Counter())
        expected = _expected_of(order) if order and key in invoiced else {}
        expected[Account.SURPLUS] = surplus_back.get(key, 0) - surplus.get(key, 0)
        expected[Account.REFUNDS] = -promised.get(key, 0)
        for account in (Account.RECEIVABLE, Account.REVENUE, Account.TAX, Account.SURPLUS, Account.REFUNDS):
            if stands[account] != expected.get(account, 0):
                words = f"{stands[account]} stand on “{account}”, and it should be {expected.get(account, 0)}"
                yield Fault(_place(order), words)
        held, should = sum(stands[account] for account in HELD), came.get(key, 0) - went.get(key, 0)
        should -= 0 if order else to_bodies
        if held != should:
            yield Fault(_place(order), f"{held} stand at the bank and the card service, and it should be {should}")


def _expected_of(order: Order) -> dict[Account, int]:
    sold = order.amount_minor - order.credited_minor
    tax = order.tax_minor - part_of(order.credited_minor, order.tax_minor, order.amount_minor)
    return {
        Account.RECEIVABLE: sold - order.received_minor + order.refunded_minor,
        Account.REVENUE: -(sold - tax),
        Account.TAX: -tax,
    }


def _standing(seller: Organisation) -> dict[int | None, Counter[str]]:
    """By order, what stands on each account, debit above zero."""
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for side, sign in (("debit", 1), ("credit", -1)):
        legs = Leg.objects.filter(event__seller=seller).order_by()
        for order_id, account, total in legs.values_list("event__order", side).annotate(Sum("minor")):
            found[order_id][account] += sign * total
    return found


def _orders(seller: Organisation) -> Iterator[Order]:
    return Order.objects.of_seller(seller).order_by("pk").iterator(CHUNK)


def _receipts(seller: Organisation) -> "QuerySet[Receipt]":
    return Receipt.objects.filter(seller=seller).order_by("pk")


def _sums(rows: "QuerySet[Receipt] | QuerySet[Credit] | QuerySet[Refund]", what: object) -> Sums:
    """By order, the sum of an expression."""
    return dict(
        rows.order_by().values_list("order").annotate(total=Coalesce(Sum(what), 0)).values_list("order", "total")
    )


def _references(seller: Organisation, kind: str) -> set[str]:
    return set(MoneyEvent.objects.of_seller(seller).filter(kind=kind).values_list("reference", flat=True))


def _place(order: Order | None) -> str:
    return f"order {order.reference}" if order else "money without an order"
