"""Papers and the versions before them."""

from laurels.payments.models import Invoice


def paper_before(invoice: Invoice) -> Invoice | None:
    """The version that this one replaces."""
    if invoice.version == 1:
        return None
    same = Invoice.objects.filter(seller_id=invoice.seller_id, sequence=invoice.sequence)
    return same.filter(version__lt=invoice.version).order_by("-version").first()
