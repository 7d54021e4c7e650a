"""What this site publishes for verifiers, as the very bytes; and asking it without the network."""

from datetime import datetime

from django.conf import settings

from laurels.credentials.models import Credential, IssuerKey, StatusList
from laurels.credentials.proofs import documents, status
from laurels.credentials.proofs.fetching import NotFound
from laurels.credentials.rules import achievement, addresses
from laurels.people.models import Organisation
from laurels.programmes.models import Scheme

LISTS = {"": "blocked_document", "revocations": "revoked_document", "replacements": "replaced_document"}


def credential_text(public_id: str) -> str | None:
    """The signed document; empty while it waits for its signature, None if there is no such credential."""
    return Credential.objects.filter(public_id=public_id).values_list("document", flat=True).first()


def list_text(public_id: str, kind: str = "") -> str | None:
    """A signed status list; ``kind`` is "", "revocations" or "replacements". Empty until first published."""
    if kind not in LISTS:
        return None
    return StatusList.objects.filter(public_id=public_id).values_list(LISTS[kind], flat=True).first()


def did_text(slug: str) -> str | None:
    """The body's did:web document with all its keys, retired ones too."""
    body = Organisation.objects.filter(slug=slug, is_body=True).first()
    if body is None:
        return None
    keys = IssuerKey.objects.filter(body=body).oldest_first().values_list("fragment", "public_multibase")
    return documents.text(documents.did_document(did=addresses.did(slug), keys=list(keys)))


def achievement_text(body_slug: str, scheme_slug: str) -> str | None:
    """What is achieved, as the credentials have it."""
    scheme = Scheme.objects.at(scheme_slug).filter(body__slug=body_slug).select_related("body").first()
    return documents.text(achievement(scheme)) if scheme else None


def fetch_own(url: str) -> bytes:
    """Answer one of this site's own addresses from the database. Raises NotFound for all others."""
    text = _own_text(url)
    if not text:
        raise NotFound(f"{url} is not published here.")
    return text.encode()


def unsigned_lists(status_list: StatusList, now: datetime) -> list[documents.Document]:
    """The three lists as they shall be signed: blocked, revoked, replaced."""
    address, did = addresses.status_list(status_list.public_id), addresses.did(status_list.body.slug)
    blocked, revoked, replaced = (status.encode(bits) for bits in status_list.bits)
    named = [
        (address, "suspension", blocked),
        (f"{address}/revocations", "revocation", revoked),
        (f"{address}/replacements", "refresh", replaced),
    ]
    return [
        documents.status_list_credential(id=id, issuer_did=did, purpose=purpose, encoded=encoded, valid_from=now)
        for id, purpose, encoded in named
    ]


def _own_text(url: str) -> str | None:
    home = f"{settings.PUBLIC_URL}/"
    if not url.startswith(home):
        return None
    match url.removeprefix(home).split("/"):
        case ["credentials", name] if name.endswith(".json"):
            return credential_text(name.removesuffix(".json"))
        case ["status", public_id, *kind] if len(kind) < 2:
            return list_text(public_id, *kind)
        case ["orgs", slug, "did.json"]:
            return did_text(slug)
    return None
