"""Papers, the versions before them, and how they go along with a letter."""

from laurels.kernel.periods import day_in
from laurels.payments.models import Credit, Invoice, Order
from laurels.payments.papers import Settled, file_name, paper_pdf
from laurels.payments.queries.billing import latest_invoice

PDF = "application/pdf"

# Name, media type and content, as a letter takes them.
type Attached = tuple[str, str, bytes]


def printed(invoice: Invoice) -> bytes:
    """The paper as PDF in its buyer's language; of a paid order it is the receipt. Takes a moment: for the worker."""
    language = invoice.order.buyer.language
    return paper_pdf(invoice, language=language, replaces=paper_before(invoice), paid=_settled(invoice))


def attached(invoice: Invoice) -> Attached:
    return file_name(invoice), PDF, printed(invoice)


def invoice_attached(order: Order) -> list[Attached]:
    """The order's invoice as it is now, a receipt once it is paid; nothing where there is none yet."""
    invoice = latest_invoice(order)
    return [attached(invoice)] if invoice else []


def note_attached(credit: Credit | None) -> list[Attached]:
    note = note_of(credit) if credit else None
    return [attached(note)] if note else []


def note_of(credit: Credit) -> Invoice | None:
    """The credit's paper: they are written in the credits' order, once the order has an invoice."""
    earlier = credit.order.credits.filter(pk__lt=credit.pk).count()
    notes = credit.order.invoices.filter(kind=Invoice.Kind.CREDIT_NOTE).in_order()
    return notes[earlier : earlier + 1].first()


def paper_before(invoice: Invoice) -> Invoice | None:
    """The version that this one replaces."""
    if invoice.version == 1:
        return None
    same = Invoice.objects.filter(seller_id=invoice.seller_id, sequence=invoice.sequence)
    return same.filter(version__lt=invoice.version).order_by("-version").first()


def _settled(invoice: Invoice) -> Settled | None:
    order = invoice.order
    if not order.is_paid:
        return None
    return Settled(day_in(invoice.seller.zone, order.payment.received_at), order.payment.way)
