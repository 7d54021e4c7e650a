from laurels.payments.models import Billing, CardAccount, Invoice, Order
from laurels.payments.models.orders import Way
from laurels.people.models import Organisation


def billing_of(seller: Organisation) -> Billing:
    """How the seller bills; for one that has never said so, the defaults (no tax, by transfer), not saved."""
    return Billing.objects.filter(seller=seller).first() or Billing(seller=seller)


def ways_offered(seller: Organisation) -> list[Way]:
    """By which ways the seller can be paid, the usual one first."""
    return ways_of(billing_of(seller), has_card=CardAccount.objects.active().of_seller(seller).exists())


def ways_of(billing: Billing, *, has_card: bool) -> list[Way]:
    """``ways_offered`` for whoever has read both already."""
    return [*([Way.CARD] if has_card else []), *([Way.TRANSFER] if billing.takes_transfer else [])]


def loaded_billing(seller: Organisation) -> Billing:
    """``billing_of`` a seller just loaded together with it: no query."""
    return getattr(seller, "billing", None) or Billing(seller_id=seller.pk)


def latest_invoice(order: Order) -> Invoice | None:
    """The newest version of the order's invoice, once it has one."""
    return order.invoices.filter(kind=Invoice.Kind.INVOICE).order_by("-version").first()
