from laurels.payments.models import Billing, CardAccount, Invoice, Order
from laurels.payments.models.orders import Way
from laurels.people.models import Organisation


def billing_of(seller: Organisation) -> Billing:
    """How the seller bills; for one that has never said so, the defaults (no tax, by transfer), not saved."""
    return Billing.objects.filter(seller=seller).first() or Billing(seller=seller)


def ways_offered(seller: Organisation) -> list[Way]:
    """By which ways the seller can be paid, the usual one first."""
    by_card = [Way.CARD] if CardAccount.objects.active().of_seller(seller).exists() else []
    return [*by_card, *([Way.TRANSFER] if billing_of(seller).takes_transfer else [])]


def latest_invoice(order: Order) -> Invoice | None:
    """The newest version of the order's invoice, once it has one."""
    return order.invoices.filter(kind=Invoice.Kind.INVOICE).order_by("-version").first()
