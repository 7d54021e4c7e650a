"""What verifiers fetch: open to every site, cacheable, byte for byte as signed."""

from hashlib import sha256

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from laurels.credentials import queries
from laurels.people.doors import Request

CREDENTIAL = "application/vc+ld+json"
DID = "application/did+ld+json"
LINKED_DATA = "application/ld+json"
MINUTE = 60


@require_safe
def credential(request: Request, public_id: str) -> HttpResponse:
    return _document(request, queries.credential_text(public_id), CREDENTIAL, fresh_for=60 * MINUTE)


@require_safe
def status_list(request: Request, public_id: str, kind: str = "") -> HttpResponse:
    return _document(request, queries.list_text(public_id, kind), CREDENTIAL, fresh_for=MINUTE)


@require_safe
def did(request: Request, slug: str) -> HttpResponse:
    return _document(request, queries.did_text(slug), DID, fresh_for=5 * MINUTE)


@require_safe
def achievement(request: Request, body: str, scheme: str) -> HttpResponse:
    return _document(request, queries.achievement_text(body, scheme), LINKED_DATA, fresh_for=5 * MINUTE)


def _document(request: Request, text: str | None, media_type: str, *, fresh_for: int) -> HttpResponse:
    """``text`` None was never there; empty waits for its signature."""
    if text is None:
        raise Http404
    if not text:
        return HttpResponse(status=503, headers={"Retry-After": "5", "Access-Control-Allow-Origin": "*"})
    content = text.encode()
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=media_type)
    response = get_conditional_response(request, etag, None, response) or response
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={fresh_for}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
