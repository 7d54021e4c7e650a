"""Papers about an order, in the order of their numbers."""

from laurels.payments.models import Invoice, Order


def papers_of(order: Order) -> list[Invoice]:
    """Every version of every paper of the order, by number."""
    return list(order.invoices.in_order())


def paper_before(invoice: Invoice) -> Invoice | None:
    """The version that this one replaces."""
    if invoice.version == 1:
        return None
    same = Invoice.objects.filter(seller_id=invoice.seller_id, sequence=invoice.sequence)
    return same.filter(version__lt=invoice.version).order_by("-version").first()
