"""Reading documents of strangers: only what is there, in the shape it must have."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from laurels.credentials.proofs.canonical import CREDENTIALS_V2, Unsignable, refuse_unreadable
from laurels.credentials.proofs.verdict import State, Verdict

Json = Mapping[str, Any]
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


class Unreadable(Exception):
    """Not the kind of document it should be; the text is a sentence."""


@dataclass(frozen=True, slots=True)
class StatusEntry:
    url: str
    purpose: str
    index: int


def json_object(text: str) -> Json:
    """The JSON object in the text; refuses what two readers would read differently."""
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Unreadable("It is not well-formed JSON.") from error
    if not isinstance(value, dict):
        raise Unreadable("It is not a JSON object.")
    return value


def signed_object(text: str) -> Json:
    """A JSON object that a signature can cover."""
    document = json_object(text)
    try:
        refuse_unreadable(document)
    except Unsignable as error:
        raise Unreadable(str(error)) from error
    return document


def credential(text: str) -> Json:
    """The Open Badges 3.0 credential in the text."""
    document = signed_object(text)
    contexts = document.get("@context")
    if not isinstance(contexts, list) or contexts[:1] != [CREDENTIALS_V2]:
        raise Unreadable("It is not a W3C Verifiable Credential 2.0.")
    if not has_type(document, "VerifiableCredential") or not (
        has_type(document, "AchievementCredential") or has_type(document, "OpenBadgeCredential")
    ):
        raise Unreadable("It is not an Open Badges 3.0 credential.")
    if not isinstance(document.get("credentialSubject"), dict):
        raise Unreadable("It does not speak of exactly one holder.")
    return document


def summary(document: Json) -> Verdict:
    """What the document says about itself, not yet checked."""
    subject = document["credentialSubject"]
    issuer = document.get("issuer")
    return Verdict(
        State.UNREADABLE,
        holder=_holder(subject),
        achievement=_text(subject.get("achievement"), "name"),
        issuer=issuer_id(document),
        issuer_name=_text(issuer, "name"),
        number=_text(subject, "licenseNumber"),
        credential_id=_text(document, "id"),
        valid_from=_instant(document, "validFrom"),
        valid_until=_instant(document, "validUntil"),
    )


def issuer_id(document: Json) -> str:
    issuer = document.get("issuer")
    return issuer if isinstance(issuer, str) else _text(issuer, "id")


def has_type(document: Json, name: str) -> bool:
    return name in _listed(document.get("type"))


def proof(document: Json) -> Json | None:
    """The one proof, or None when there is none or more than one."""
    proofs = _listed(document.get("proof"))
    return proofs[0] if len(proofs) == 1 and isinstance(proofs[0], dict) else None


def signing_keys(content: bytes, did: str) -> Mapping[str, str]:
    """The keys a DID document allows to sign: id → multibase."""
    document = json_object(content.decode("utf-8", "replace"))
    if document.get("id") != did:
        raise Unreadable("The issuer's document is somebody else's.")
    allowed = _listed(document.get("assertionMethod"))
    ids = {key for key in allowed if isinstance(key, str)}
    embedded = [key for key in allowed if isinstance(key, dict)]
    listed = [key for key in _listed(document.get("verificationMethod")) if _text(key, "id") in ids]
    return {key["id"]: key["publicKeyMultibase"] for key in [*listed, *embedded] if _is_usable(key, did)}


def status_entries(document: Json) -> list[StatusEntry]:
    """Where to look whether it was withdrawn. An entry that cannot be understood is not passed over."""
    return [_status_entry(entry) for entry in _listed(document.get("credentialStatus"))]


def _status_entry(entry: Any) -> StatusEntry:
    index = _text(entry, "statusListIndex")
    is_known = _text(entry, "type") == "BitstringStatusListEntry"
    purpose = _text(entry, "statusPurpose")
    if not is_known or purpose not in {"suspension", "revocation"} or not re.fullmatch(r"\d{1,9}", index, re.ASCII):
        raise Unreadable("The credential's status is of a kind we do not know.")
    return StatusEntry(_text(entry, "statusListCredential"), purpose, int(index))


def _is_usable(key: Json, did: str) -> bool:
    return (
        _text(key, "id").startswith(f"{did}#")
        and key.get("type") == "Multikey"
        and key.get("controller") == did
        and isinstance(key.get("publicKeyMultibase"), str)
        and "revoked" not in key
    )


def _holder(subject: Json) -> str:
    for identity in _listed(subject.get("identifier")):
        if _text(identity, "identityType") == "name" and identity.get("hashed") is False:
            return _text(identity, "identityHash")
    return ""


def _instant(document: Json, key: str) -> datetime | None:
    if key not in document:
        return None
    value = document[key]
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise Unreadable(f"Its {key} is not an instant.")
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise Unreadable(f"Its {key} is not an instant.") from error


def _text(value: Any, key: str) -> str:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A key is there twice.")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON.")
