"""Credentials inside pictures (Open Badges 3.0 baking) and inside our PDF, and out again."""

import re
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
KEYWORD = b"openbadgecredential"
MOST_BYTES = 1_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG_TAG = re.compile(r"<svg\b[^>]*>")
_ATTACHED = re.compile(rb"<<(?:[^<>]|<<[^<>]*>>|<[0-9A-Fa-f\s]*>)*?/EmbeddedFile\b.*?>>\s*stream\r?\n", re.DOTALL)


def bake_svg(svg: str, document: str) -> str:
    """The SVG with the credential as its first element."""
    opening = _SVG_TAG.search(svg)
    if opening is None or NAMESPACE in svg:
        raise ValueError("Not an SVG picture without a credential.")
    tag = opening[0].replace("<svg", f'<svg xmlns:openbadges="{NAMESPACE}"', 1)
    # Inside JSON an escaped character is the same character, and it cannot close the CDATA section.
    safe = document.replace("]]>", "]]\\u003e")
    baked = f"<openbadges:credential><![CDATA[{safe}]]></openbadges:credential>"
    return svg[: opening.start()] + tag + baked + svg[opening.end() :]


def bake_png(png: bytes, document: str) -> bytes:
    """The PNG with the credential as an uncompressed iTXt chunk, in place of one that may be there."""
    chunks = [(kind, body) for kind, body in _chunks(png) if _credential_in(kind, body) is None]
    baked = (b"iTXt", KEYWORD + b"\0\0\0\0\0" + document.encode())
    return _PNG + b"".join(_chunk(*chunk) for chunk in [*chunks[:-1], baked, chunks[-1]])


def unbake(content: bytes) -> str:
    """The credential's JSON text out of a PNG, an SVG, one of our PDFs, or JSON itself. ValueError if there is none."""
    if content.startswith(_PNG):
        return _only([text for kind, body in _chunks(content) if (text := _credential_in(kind, body)) is not None])
    if content.startswith(b"%PDF-"):
        return _only(list(_attachments(content)))
    text = _text(content.removeprefix(b"\xef\xbb\xbf")).strip()
    if text.startswith("{"):
        return text
    if text.startswith("<"):
        return _only(_credentials_in_svg(text))
    raise ValueError("This is neither a credential (JSON) nor a picture or PDF that holds one.")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not png.startswith(_PNG):
        raise ValueError("Not a PNG picture.")
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        body, check = png[at + 8 : at + 8 + length], png[at + 8 + length : at + 12 + length]
        if len(check) != 4 or zlib.crc32(kind + body) != int.from_bytes(check):
            raise ValueError("The PNG picture is damaged.")
        yield kind, body
        at += 12 + length


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def _credential_in(kind: bytes, body: bytes) -> str | None:
    keyword, _, rest = body.partition(b"\0")
    if kind != b"iTXt" or keyword != KEYWORD or len(rest) < 4:
        return None
    is_packed, packed_how = rest[0], rest[1]
    _language, _, rest = rest[2:].partition(b"\0")
    _translated, _, text = rest.partition(b"\0")
    return _text(_unpacked(text) if is_packed and packed_how == 0 else text)


def _credentials_in_svg(text: str) -> list[str]:
    # Without a document type there are no entities, so nothing can grow while it is read.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("An SVG with a document type is not read.")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError("Not a well-formed SVG picture.") from error
    return [element.text or "" for element in root.iter(f"{{{NAMESPACE}}}credential")]


def _attachments(pdf: bytes) -> Iterator[str]:
    for found in _ATTACHED.finditer(pdf):
        packed = pdf[found.end() : found.end() + MOST_BYTES]
        body = _unpacked(packed) if b"/FlateDecode" in found[0] else packed.partition(b"endstream")[0]
        if body.lstrip().startswith(b"{"):
            yield _text(body)


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        body = unpacking.decompress(packed, MOST_BYTES)
    except zlib.error as error:
        raise ValueError("What is packed inside is damaged.") from error
    if not unpacking.eof:
        raise ValueError("What is packed inside is too large or cut short.")
    return body


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise ValueError("Larger than any credential.")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise ValueError("This is neither a credential (JSON) nor a picture or PDF that holds one.") from error


def _only(texts: list[str]) -> str:
    if len(texts) != 1:
        raise ValueError("There is no credential inside." if not texts else "There is more than one credential inside.")
    return texts[0].strip()
