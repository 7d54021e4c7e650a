"""W3C Data Integrity proofs with the cryptosuite eddsa-rdfc-2022."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from laurels.credentials.proofs import multikey
from laurels.credentials.proofs.canonical import Unsignable, canonical
from laurels.credentials.proofs.documents import instant

CRYPTOSUITE = "eddsa-rdfc-2022"


def with_proof(
    document: Mapping[str, Any],
    *,
    key: Ed25519PrivateKey,
    verification_method: str,
    created: datetime,
    contexts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A copy of the document with its proof. The same input gives the same bytes. Raises Unsignable."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": instant(created),
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.sign(digest(document, proof, contexts=contexts))
    return {**_bare(document), "proof": [{**proof, "proofValue": multikey.multibase(signature)}]}


def is_signed_by(
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    key: Ed25519PublicKey,
    *,
    contexts: Mapping[str, Any] | None = None,
) -> bool:
    """Whether ``proof`` is the key's signature of the document. Never raises for what a document may hold."""
    try:
        signature = multikey.bytes_of(str(proof.get("proofValue", "")), at_most=64)
        key.verify(signature, digest(document, proof, contexts=contexts))
    except (ValueError, InvalidSignature, Unsignable):
        return False
    return True


def digest(
    document: Mapping[str, Any], proof: Mapping[str, Any], *, contexts: Mapping[str, Any] | None = None
) -> bytes:
    """The 64 bytes that are signed: the hash of the proof's options, then the hash of the document."""
    options = {"@context": document.get("@context"), **proof}
    options.pop("proofValue", None)
    return _hash(canonical(options, contexts=contexts)) + _hash(canonical(_bare(document), contexts=contexts))


def _bare(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "proof"}


def _hash(nquads: str) -> bytes:
    return hashlib.sha256(nquads.encode()).digest()
