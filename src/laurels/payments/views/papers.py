"""The door to invoices and credit notes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from laurels.kernel.periods import day_in
from laurels.payments import queries
from laurels.payments.models import Invoice
from laurels.payments.papers import Settled, file_name, paper_pdf
from laurels.people.doors import Request, signed_in


@require_safe
@signed_in
def paper(request: Request, public_id: str) -> HttpResponse:
    visible = Invoice.objects.visible_to(request.actor).select_related("order__payment", "order__buyer", "seller")
    found = get_object_or_404(visible, public_id=public_id)
    content = paper_pdf(
        found, language=found.order.buyer.language, replaces=queries.paper_before(found), paid=_settled(found)
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    return answer


def _settled(invoice: Invoice) -> Settled | None:
    order = invoice.order
    if not order.is_paid:
        return None
    return Settled(day_in(invoice.seller.zone, order.payment.received_at), order.payment.way)
