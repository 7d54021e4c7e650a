"""Judging what a stranger brings: number and name, a file, or a link. Only what was given here is vouched for."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from laurels.credentials.models import Certification, Credential
from laurels.credentials.proofs.verification import Verdict, verify
from laurels.credentials.queries.public import CertificatePage, certificate_page
from laurels.credentials.queries.published import fetch_own
from laurels.credentials.rules import addresses, is_same_name, normal_number
from laurels.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on the signed document, and our own page about it if it is ours."""

    verdict: Verdict
    page: CertificatePage | None


def judge_number(number: str, name: str, now: datetime) -> Judged | None:
    """None unless number *and* name belong together: a number alone tells nobody whose it is."""
    certification = Certification.objects.filter(number=normal_number(number)).only("name").first()
    is_right = is_same_name(name, certification.name if certification else "")
    if not certification or not is_right:
        return None
    credential = Credential.objects.latest_of(certification)
    return _judge(credential.document, now) if credential and credential.document else None


def judge_content(content: bytes, now: datetime) -> Judged:
    """A JSON document, a baked picture or our PDF, whatever the bytes are."""
    return _judge(content, now)


def judge_link(link: str, now: datetime) -> Judged | None:
    """None unless it is the address of a certificate or credential of this site; nothing else is ever fetched."""
    if not link.startswith(f"{settings.PUBLIC_URL}/"):
        return None
    match urlsplit(link).path.removeprefix(urlsplit(settings.PUBLIC_URL).path).strip("/").split("/"):
        case ["certificates" | "credentials", name, *_rest]:
            public_id = name.partition(".")[0].lower()
        case _:
            return None
    credential = Credential.objects.filter(public_id=public_id).first()
    return _judge(credential.document, now) if credential and credential.document else None


def _judge(content: str | bytes, now: datetime) -> Judged:
    slugs = Organisation.objects.bodies().values_list("slug", flat=True)
    verdict = verify(content, fetch=fetch_own, now=now, issuers={addresses.did(slug) for slug in slugs})
    return Judged(verdict, _page_of(verdict, now))


def _page_of(verdict: Verdict, now: datetime) -> CertificatePage | None:
    prefix, suffix = addresses.credential("|").split("|")
    if not verdict.is_authentic or not verdict.credential_id.startswith(prefix):
        return None
    return certificate_page(verdict.credential_id.removeprefix(prefix).removesuffix(suffix), now)
