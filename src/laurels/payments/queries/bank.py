"""A bank's list on its page: each line with the order it is for, as things stand now."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.payments import rules
from laurels.payments.models import BankFile, Order, Receipt
from laurels.payments.models.orders import Way
from laurels.payments.rules import BankLine, Match
from laurels.people.models import Organisation

USUAL = "EUR"


@dataclass(frozen=True, slots=True)
class BankPage:
    bank_file: BankFile
    matches: list[Match]
    counts: dict[str, int]
    why_not_confirm: Refusal | None

    @property
    def good(self) -> int:
        return sum(match.is_good for match in self.matches)

    @property
    def open(self) -> list[Match]:
        return [match for match in self.matches if match.is_open]

    @property
    def settled(self) -> list[Match]:
        """Nothing is to be decided about these."""
        return [match for match in self.matches if not match.is_open]


def bank_page(bank_file: BankFile, *, by: Actor) -> BankPage:
    """The file's lines matched against the orders of today, in six queries however many lines there are."""
    seller = bank_file.seller
    lines = [BankLine(**line) for line in bank_file.lines]
    named = _named(seller, lines)
    seen = _seen(seller, lines)
    due = _owing(seller, lines)
    matches = [
        rules.match(line, named[line.number], is_seen=line.reference in seen, due=due[line.minor, line.currency])
        for line in lines
    ]
    matches = _one_each(matches)
    counts = Counter(match.kind for match in matches)
    return BankPage(bank_file, matches, dict(counts), rules.why_not_read_bank(seller, by=by))


def receipts_of(bank_file: BankFile) -> list[Receipt]:
    return list(Receipt.objects.filter(transfer__bank_file=bank_file).order_by("pk"))


def usual_currency(seller: Organisation) -> str:
    """In which currency the seller sold last."""
    latest = Order.objects.of_seller(seller).order_by("-pk").values_list("currency", flat=True).first()
    return latest or USUAL


def orders_to_assign(seller: Organisation, reference: str) -> Order | None:
    """The seller's order with this reference, with or without its dash."""
    plain = rules.collapsed(reference)
    if len(plain) != rules.LENGTH:
        return None
    return Order.objects.of_seller(seller).filter(public_id__startswith=plain).select_related("buyer").first()


def _named(seller: Organisation, lines: Iterable[BankLine]) -> dict[int, list[Order]]:
    """By line number, the orders whose reference stands in its words."""
    pairs = Order.objects.of_seller(seller).order_by().values_list("public_id", "pk")
    known = {public_id[: rules.LENGTH]: pk for public_id, pk in pairs.iterator(2000)}
    keys = {line.number: rules.references_in(line, known) for line in lines}
    wanted = {key for found in keys.values() for key in found}
    orders = {order.pk: order for order in Order.objects.filter(pk__in=wanted).select_related("buyer")}
    return defaultdict(list, {number: [orders[key] for key in found] for number, found in keys.items()})


def _seen(seller: Organisation, lines: Iterable[BankLine]) -> set[str]:
    references = [line.reference for line in lines]
    known = Receipt.objects.of_seller(seller).filter(way=Way.TRANSFER, reference__in=references)
    return set(known.values_list("reference", flat=True))


def _owing(seller: Organisation, lines: Iterable[BankLine]) -> dict[tuple[int, str], list[Order]]:
    """Orders that owe exactly what one of the lines brings."""
    amounts = {line.minor for line in lines if line.minor > 0}
    owed = F("amount_minor") - F("credited_minor") - F("received_minor")
    due = Order.objects.of_seller(seller).due().annotate(left=owed).filter(left__in=amounts)
    found: dict[tuple[int, str], list[Order]] = defaultdict(list)
    for order in due.select_related("buyer"):
        found[order.owed.minor, order.currency].append(order)
    return found


def _one_each(matches: list[Match]) -> list[Match]:
    """Of two lines for one order, what the first brings is not owed any more when the second is looked at."""
    used: dict[int, int] = defaultdict(int)
    found = []
    for match in matches:
        if match.order is None or not match.is_open:
            found.append(match)
            continue
        left = match.order.owed.minor - used[match.order.pk]
        used[match.order.pk] += match.line.minor
        kind = match.kind
        if kind in ("exact", "too-little", "too-much") and left != match.order.owed.minor:
            minor = match.line.minor
            kind = "paid" if left <= 0 else "exact" if minor == left else "too-little" if minor < left else "too-much"
        found.append(Match(match.line, kind, match.order, match.suggested))
    return found
