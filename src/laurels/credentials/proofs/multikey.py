"""Ed25519 public keys as Multikey text: ``z6Mk…``."""

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_ED25519 = b"\xed\x01"


def encode(key: Ed25519PublicKey) -> str:
    return multibase(_ED25519 + key.public_bytes_raw())


def decode(text: str) -> Ed25519PublicKey:
    """ValueError for anything but an Ed25519 Multikey."""
    raw = bytes_of(text, at_most=34)
    if len(raw) != 34 or not raw.startswith(_ED25519):
        raise ValueError("Not an Ed25519 Multikey.")
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def multibase(raw: bytes) -> str:
    return "z" + base58.b58encode(raw).decode()


def bytes_of(text: str, *, at_most: int) -> bytes:
    # Base 58 decoding takes quadratic time, so the length is looked at first.
    if not text.startswith("z") or len(text) > 2 * at_most:
        raise ValueError("Not a base58btc multibase text of the expected length.")
    return base58.b58decode(text[1:])
