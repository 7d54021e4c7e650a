"""The page a QR code leads to: three queries, whatever the number of certificates."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from laurels.credentials.models import Certification, Credential, Term
from laurels.credentials.queries.holding import standing
from laurels.credentials.rules import addresses
from laurels.credentials.rules.standing import Standing
from laurels.kernel.periods import day_in
from laurels.programmes.models import Scheme

_PATH = "term__certification"


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """``replaced_by`` is the public id of the credential that took this one's place, else empty."""

    credential: Credential
    certification: Certification
    scheme: Scheme
    term: Term
    standing: Standing
    provider: str
    awarded_on: date
    replaced_by: str

    @property
    def is_trusted(self) -> bool:
        return self.standing.is_valid and not self.replaced_by

    @property
    def is_signed(self) -> bool:
        return self.credential.signed_at is not None

    @property
    def url(self) -> str:
        return addresses.certificate(self.credential.public_id)

    @property
    def document_url(self) -> str:
        return addresses.credential(self.credential.public_id)

    @property
    def did(self) -> str:
        return addresses.did(self.scheme.body.slug)

    @property
    def linkedin_url(self) -> str:
        fields = {
            "name": self.scheme.name,
            "organizationName": self.scheme.body.name,
            "issueYear": str(self.term.valid_from.year),
            "issueMonth": str(self.term.valid_from.month),
            "certUrl": self.url,
            "certId": self.certification.number,
        }
        if until := self.term.valid_until:
            fields |= {"expirationYear": str(until.year), "expirationMonth": str(until.month)}
        return addresses.linkedin(fields)


def certificate_page(public_id: str, now: datetime) -> CertificatePage | None:
    """Everything about one credential; None where there is none."""
    credential = _credential(public_id)
    if credential is None:
        return None
    certification = credential.term.certification
    scheme, line = certification.scheme, certification.line
    day = day_in(scheme.body.zone, now)
    return CertificatePage(
        credential=credential,
        certification=certification,
        scheme=scheme,
        term=credential.term,
        standing=standing(certification, day),
        provider=line.roster.workshop.provider.name if line else "",
        awarded_on=credential.term.valid_from,
        replaced_by=credential.replaced_by.public_id if hasattr(credential, "replaced_by") else "",
    )


def _credential(public_id: str) -> Credential | None:
    terms: Any = Prefetch(f"{_PATH}__terms", Term.objects.select_related("policy").order_by("ordinal"))
    return (
        Credential.objects.filter(public_id=public_id)
        .select_related(
            f"{_PATH}__scheme__body",
            f"{_PATH}__revocation",
            f"{_PATH}__line__roster__workshop__provider",
            "layout",
            "replaced_by",
        )
        .defer("unsigned", "replaced_by__unsigned", "replaced_by__document")
        .prefetch_related(terms, f"{_PATH}__suspensions")
        .first()
    )
