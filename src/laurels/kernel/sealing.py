"""Secrets of others that we have to use again: sealed at rest, with a key that the database does not hold."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def seal(secret: str, *, key: str, purpose: str) -> str:
    """``secret`` so that only who has the installation's ``key`` reads it; an empty one stays empty."""
    return _box(key, purpose).encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str, *, key: str, purpose: str) -> str:
    """What was sealed for this purpose. Raises ``cryptography.fernet.InvalidToken`` for another key or purpose."""
    return _box(key, purpose).decrypt(sealed.encode()).decode() if sealed else ""


def _box(key: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"laurels {purpose}".encode()).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
