"""The door to invoices and credit notes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from laurels.payments import queries
from laurels.payments.models import Invoice
from laurels.payments.papers import file_name
from laurels.people.doors import Request, signed_in


@require_safe
@signed_in
def paper(request: Request, public_id: str) -> HttpResponse:
    visible = Invoice.objects.visible_to(request.actor).select_related("order__payment", "order__buyer", "seller")
    found = get_object_or_404(visible, public_id=public_id)
    answer = HttpResponse(queries.printed(found), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    return answer
