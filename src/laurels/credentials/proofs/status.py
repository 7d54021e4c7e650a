"""W3C Bitstring Status Lists: one bit an entry, the first entry is the leftmost bit."""

import base64
import binascii
import gzip
import zlib

SIZE = 131_072
_MOST_BYTES = 2 * 1024 * 1024


def empty(size: int = SIZE) -> bytes:
    return bytes(size // 8)


def bit(bits: bytes, index: int) -> bool:
    """IndexError when the list has no such entry."""
    _refuse_outside(bits, index)
    return bool(bits[index // 8] & (0x80 >> index % 8))


def with_bit(bits: bytes, index: int, value: bool = True) -> bytes:
    _refuse_outside(bits, index)
    changed = bytearray(bits)
    mask = 0x80 >> index % 8
    changed[index // 8] = changed[index // 8] | mask if value else changed[index // 8] & ~mask
    return bytes(changed)


def encode(bits: bytes) -> str:
    """Multibase base64url of the gzipped bits; the same bits give the same text. Lists are never shorter than SIZE."""
    if len(bits) < SIZE // 8:
        raise ValueError(f"A status list has at least {SIZE} entries, so that nobody stands out.")
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits, 9, mtime=0)).decode().rstrip("=")


def decode(encoded: str) -> bytes:
    """The bits of a published list. ValueError when it is none, or unpacks to more than 16 million entries."""
    if not encoded.startswith("u"):
        raise ValueError("Not a multibase base64url text.")
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        packed = base64.b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4), altchars=b"-_", validate=True)
        bits = unpacking.decompress(packed, _MOST_BYTES + 1)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ValueError("Not a gzipped bit string.") from error
    if not unpacking.eof or not SIZE // 8 <= len(bits) <= _MOST_BYTES:
        raise ValueError("The bit string is cut short, too short or too long.")
    return bits


def _refuse_outside(bits: bytes, index: int) -> None:
    if not 0 <= index < len(bits) * 8:
        raise IndexError(f"The status list has no entry {index}.")
