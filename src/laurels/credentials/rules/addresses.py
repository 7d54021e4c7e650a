"""Where things lie on the web. These addresses stand in signed documents and on paper: they never change."""

from urllib.parse import urlencode

from django.conf import settings

from laurels.credentials.proofs.did import did_web


def certificate(public_id: str) -> str:
    """The page that people look at, and that the QR code leads to."""
    return f"{settings.PUBLIC_URL}/certificates/{public_id}"


def credential(public_id: str) -> str:
    """The signed document; also the credential's own id."""
    return f"{settings.PUBLIC_URL}/credentials/{public_id}.json"


def status_list(public_id: str) -> str:
    return f"{settings.PUBLIC_URL}/status/{public_id}"


def organisation(slug: str) -> str:
    return f"{settings.PUBLIC_URL}/organisations/{slug}"


def achievement(body_slug: str, scheme_slug: str) -> str:
    return f"{settings.PUBLIC_URL}/achievements/{body_slug}/{scheme_slug}"


def workshop(public_id: str) -> str:
    return f"{settings.PUBLIC_URL}/workshops/{public_id}"


def invitation(secret: str) -> str:
    return f"{settings.PUBLIC_URL}/invitations/{secret}"


def experience() -> str:
    """Where people tell of their work, and read what a body says to it."""
    return f"{settings.PUBLIC_URL}/experience"


def did(body_slug: str) -> str:
    """The body's did:web name; its document lies at ``/orgs/<slug>/did.json``."""
    return did_web(f"{settings.PUBLIC_URL}/orgs/{body_slug}")


def linkedin(fields: dict[str, str]) -> str:
    """LinkedIn's form "add a certification", filled in."""
    return f"https://www.linkedin.com/profile/add?{urlencode({'startTask': 'CERTIFICATION_NAME', **fields})}"
