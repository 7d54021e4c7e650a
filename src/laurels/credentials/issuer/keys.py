"""A body's signing keys: made, locked with a passphrase, and opened only to sign."""

import os
from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from laurels.credentials.proofs import multikey

# Version 1: this header, 16 bytes of salt, 12 of nonce, then ChaCha20-Poly1305 of the 32 secret bytes.
_HEADER = b"laurels-key-1\0"
_SALT, _NONCE = 16, 12


class NewKey(NamedTuple):
    public_multibase: str
    private_encrypted: bytes


class WrongPassphrase(Exception):
    """The key cannot be opened with this passphrase, or it was damaged."""


def new_key(passphrase: str) -> NewKey:
    """A fresh Ed25519 key, its private half locked with ``passphrase``."""
    private = Ed25519PrivateKey.generate()
    return NewKey(multikey.encode(private.public_key()), lock(private, passphrase))


def lock(private: Ed25519PrivateKey, passphrase: str) -> bytes:
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    locked = ChaCha20Poly1305(_derived(passphrase, salt)).encrypt(nonce, private.private_bytes_raw(), _HEADER)
    return _HEADER + salt + nonce + locked


def unlock(private_encrypted: bytes, passphrase: str) -> Ed25519PrivateKey:
    """Raises WrongPassphrase."""
    content = bytes(private_encrypted)  # Databases hand out memoryviews.
    rest = content.removeprefix(_HEADER)
    salt, nonce, locked = rest[:_SALT], rest[_SALT : _SALT + _NONCE], rest[_SALT + _NONCE :]
    if rest == content or len(nonce) != _NONCE:
        raise WrongPassphrase("This is not a locked key.")
    try:
        secret = ChaCha20Poly1305(_derived(passphrase, salt)).decrypt(nonce, locked, _HEADER)
    except InvalidTag as error:
        raise WrongPassphrase("The issuer's key does not open with this passphrase.") from error
    return Ed25519PrivateKey.from_private_bytes(secret)


@lru_cache(maxsize=64)
def _derived(passphrase: str, salt: bytes) -> bytes:
    # About 80 ms and 32 MB each time, which is the point; remembered, because a process signs many.
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
