"""What a holder takes home: the certificate and the badge, with the signed document inside."""

from datetime import date
from io import BytesIO
from typing import Any

import segno
from django.utils.formats import date_format
from django.utils.translation import override

from laurels.credentials.models import Certification, Credential
from laurels.credentials.printing.badge import badge_png, badge_svg
from laurels.credentials.printing.certificate import Certificate, certificate_pdf
from laurels.credentials.proofs.baking import bake_png, bake_svg
from laurels.credentials.rules import addresses


def certificate_file(credential: Credential) -> bytes:
    """The certificate as PDF; the same credential gives the same bytes."""
    return certificate_pdf(certificate_words(credential), document=credential.document)


def badge_file(credential: Credential) -> bytes:
    """The badge as PNG, baked."""
    return bake_png(badge_png(**_badge(credential)), credential.document)


def badge_picture(credential: Credential) -> str:
    """The badge as SVG, baked."""
    return bake_svg(badge_svg(**_badge(credential)), credential.document)


def qr_picture(public_id: str) -> bytes:
    """A QR code (SVG) of a certificate's address. Drawing it costs more than the whole page, so browsers keep it."""
    drawn = BytesIO()
    segno.make(addresses.certificate(public_id), error="m", micro=False).save(
        drawn, kind="svg", scale=4, border=2, light="white"
    )
    return drawn.getvalue()


def certificate_words(credential: Credential) -> Certificate:
    """Everything printed: the layout's words, the credential's name, the term's days."""
    certification, term = credential.term.certification, credential.term
    parameters = credential.layout.parameters
    words, signatory = parameters.get("words", {}), parameters.get("signatory", {})
    until = (words.get("valid_until", "Valid until"), _day(term.valid_until)) if term.valid_until else None
    return Certificate(
        name=credential.name,
        scheme=certification.scheme.name,
        body=certification.scheme.body.name,
        number=certification.number,
        url=addresses.certificate(credential.public_id),
        issued_at=credential.intended_at,
        provider=_provider(certification),
        dates=[(words.get("valid_from", "Awarded"), _day(term.valid_from)), *([until] if until else [])],
        signatory=signatory.get("name", ""),
        signatory_role=signatory.get("role", ""),
        **_given(heading=words.get("heading"), statement=words.get("earned"), number_label=words.get("number")),
    )


def _badge(credential: Credential) -> dict[str, Any]:
    scheme = credential.term.certification.scheme
    return {"scheme": scheme.code, "body": scheme.body.name, "year": credential.term.valid_from.year}


def _provider(certification: Certification) -> str:
    return certification.line.roster.workshop.provider.name if certification.line else ""


def _given(**words: str | None) -> dict[str, Any]:
    return {key: word for key, word in words.items() if word}


def _day(day: date) -> str:
    with override("en"):
        return date_format(day, "j F Y")
