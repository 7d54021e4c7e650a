"""The public page of a certificate and its files."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laurels.credentials import queries
from laurels.credentials.models import Credential
from laurels.kernel.ids import PUBLIC_ID_LENGTH
from laurels.people.doors import Request


@require_safe
def certificate(request: Request, public_id: str) -> HttpResponse:
    page = queries.certificate_page(public_id, request.now)
    if page is None:
        raise Http404
    return render(request, "credentials/pages/certificate.html", {"page": page})


@require_safe
def certificate_pdf(request: Request, public_id: str) -> HttpResponse:
    return _file(request, public_id, queries.certificate_file, "application/pdf", "pdf")


@require_safe
def badge_png(request: Request, public_id: str) -> HttpResponse:
    return _file(request, public_id, queries.badge_file, "image/png", "png")


@require_safe
def badge_svg(request: Request, public_id: str) -> HttpResponse:
    return _file(request, public_id, queries.badge_picture, "image/svg+xml", "svg")


@require_safe
def qr(request: Request, public_id: str) -> HttpResponse:
    """Needs no look into the database: it draws an address, whether anything is there or not."""
    if len(public_id) != PUBLIC_ID_LENGTH:
        raise Http404
    response = HttpResponse(queries.qr_picture(public_id), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _file(
    request: Request, public_id: str, draw: Callable[[Credential], bytes | str], media_type: str, ending: str
) -> HttpResponse:
    page = queries.certificate_page(public_id, request.now)
    if page is None:
        raise Http404
    if not page.is_signed:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    response = HttpResponse(draw(page.credential), content_type=media_type)
    response.headers["Content-Disposition"] = f'inline; filename="{page.certification.number}.{ending}"'
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
