"""The documents an issuer signs or publishes, shaped as the strict Open Badges 3.0 schema wants them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from laurels.credentials.proofs.canonical import CREDENTIALS_V2, OPEN_BADGES

Document = dict[str, Any]


def issuer_profile(*, did: str, name: str, url: str = "", email: str = "", description: str = "") -> Document:
    return {"id": did, "type": ["Profile"], "name": name, **_given(url=url, email=email, description=description)}


def achievement(
    *,
    id: str,
    name: str,
    description: str,
    criteria: str,
    criteria_url: str = "",
    image_url: str = "",
    version: str = "",
    language: str = "",
    tags: Sequence[str] = (),
) -> Document:
    """What was achieved. ``criteria`` is Markdown; ``id`` and the URLs are absolute."""
    return {
        "id": id,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": name,
        "description": description,
        "criteria": {**_given(id=criteria_url), "narrative": criteria},
        **_image(image_url, name),
        **_given(version=version, inLanguage=language, tag=list(tags)),
    }


def evidence(*, id: str = "", name: str, narrative: str = "", genre: str = "") -> Document:
    return {**_given(id=id), "type": ["Evidence"], "name": name, **_given(narrative=narrative, genre=genre)}


def achievement_credential(
    *,
    id: str,
    issuer: Document,
    achievement: Document,
    holder_name: str,
    certificate_number: str,
    valid_from: datetime,
    valid_until: datetime | None,
    awarded_at: datetime,
    status_list_url: str,
    status_index: int,
    image_url: str = "",
    evidence: Sequence[Document] = (),
    name: str = "",
    description: str = "",
) -> Document:
    """An unsigned AchievementCredential of one holder and term.

    ``status_list_url`` is the list of purpose *suspension*; the strict schema allows one entry only (decision 0003).
    """
    holder = {"type": "IdentityObject", "hashed": False, "identityHash": holder_name, "identityType": "name"}
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": id,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": name or achievement["name"],
        **_given(description=description),
        **_image(image_url, achievement["name"]),
        "issuer": issuer,
        "validFrom": instant(valid_from),
        **_given(validUntil=instant(valid_until) if valid_until else ""),
        "awardedDate": instant(awarded_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [holder],
            "licenseNumber": certificate_number,
            "achievement": achievement,
        },
        **_given(evidence=list(evidence)),
        "credentialStatus": {
            "id": f"{status_list_url}#{status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "suspension",
            "statusListIndex": str(status_index),
            "statusListCredential": status_list_url,
        },
    }


def status_list_credential(*, id: str, issuer_did: str, purpose: str, encoded: str, valid_from: datetime) -> Document:
    return {
        "@context": [CREDENTIALS_V2],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_did,
        "validFrom": instant(valid_from),
        "credentialSubject": {
            "id": f"{id}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded,
        },
    }


def did_document(*, did: str, keys: Sequence[tuple[str, str]]) -> Document:
    """The issuer's public keys as (fragment, multibase). Retired keys stay, or what they signed is lost."""
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [
            {"id": f"{did}#{fragment}", "type": "Multikey", "controller": did, "publicKeyMultibase": public}
            for fragment, public in keys
        ],
        "assertionMethod": [f"{did}#{fragment}" for fragment, _ in keys],
    }


def text(document: Mapping[str, Any]) -> str:
    """The document as it is stored and served."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def instant(at: datetime) -> str:
    """An aware instant as VC 2.0 writes it, in UTC and whole seconds."""
    if at.tzinfo is None:
        raise ValueError("An instant needs a zone.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def day_ends(day: date, zone: ZoneInfo) -> datetime:
    """The last second of the day: validity includes its last day."""
    return datetime.combine(day, time(23, 59, 59), zone)


def _image(url: str, caption: str) -> Document:
    return {"image": {"id": url, "type": "Image", "caption": caption}} if url else {}


def _given(**values: Any) -> Document:
    return {key: value for key, value in values.items() if value}
