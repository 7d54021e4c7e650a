"""The certificate as a PDF worth printing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import segno

from laurels import typesetting

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Everything that is printed, already in the certificate's language. ``url`` becomes the QR code."""

    name: str
    scheme: str
    body: str
    number: str
    url: str
    issued_at: datetime
    provider: str = ""
    heading: str = "Certificate"
    statement: str = "has taken part in and fulfilled the requirements of"
    dates: Sequence[tuple[str, str]] = ()
    signatory: str = ""
    signatory_role: str = ""
    number_label: str = "Certificate number"
    scan_label: str = "Verify"
    language: str = "en"


def certificate_pdf(certificate: Certificate, *, document: str = "") -> bytes:
    """A4 landscape, PDF/A and PDF/UA, the same words give the same bytes. ``document`` is carried inside."""
    words = {**_words(certificate), "document": document}
    return typesetting.pdf(HERE / "certificate.typ", words, at=certificate.issued_at)


def certificate_png(certificate: Certificate, *, width: int = 1600) -> bytes:
    words = {**_words(certificate), "document": ""}
    return typesetting.png(HERE / "certificate.typ", words, at=certificate.issued_at, ppi=width * 25.4 / 297)


def _words(certificate: Certificate) -> dict[str, Any]:
    words = asdict(certificate)
    del words["issued_at"]
    code = segno.make(certificate.url, error="m", micro=False)
    return {
        **words,
        "title": f"{certificate.heading}: {certificate.scheme}, {certificate.name}",
        "qr": code.svg_inline(border=0, dark="#1f4d3a"),
        "shown_url": certificate.url.partition("://")[2],
    }
