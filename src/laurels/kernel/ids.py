"""Random public names and secrets. Never derived from a primary key."""

import hashlib
import secrets

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 18


def public_id() -> str:
    """18 letters of Crockford's base 32: 90 random bits, safe to say aloud and to put into an address."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(PUBLIC_ID_LENGTH))


def secret_token() -> str:
    """A one-time link's secret: 192 random bits, URL-safe. Only its ``digest`` is ever stored."""
    return secrets.token_urlsafe(24)


def secret_code() -> str:
    """Eight letters to type from a letter (40 bits), for short-lived codes with few tries."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(8)).upper()


def digest(secret: str) -> str:
    """SHA-256 in hex: what is stored of a random secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
