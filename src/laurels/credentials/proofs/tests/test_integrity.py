"""W3C's published example of eddsa-rdfc-2022 (vc-di-eddsa, appendix A.1), byte for byte."""

from datetime import UTC, datetime

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from laurels.credentials.proofs import multikey
from laurels.credentials.proofs.canonical import CREDENTIALS_V2, shipped_contexts
from laurels.credentials.proofs.integrity import digest, is_signed_by, with_proof

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
CONTEXTS = {
    CREDENTIALS_V2: shipped_contexts()[CREDENTIALS_V2],
    EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}},
}
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
METHOD = f"https://vc.example/issuers/5678#{PUBLIC}"
CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
DIGEST = (
    "4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb"
    "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
)
SIGNATURE = "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9"
CREDENTIAL = {
    "@context": [CREDENTIALS_V2, EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base58.b58decode(SECRET[1:])[2:])


def test_the_published_key_is_read_as_published():
    assert multikey.encode(_key().public_key()) == PUBLIC


def test_the_published_hash_and_signature_come_out_byte_for_byte():
    signed = with_proof(CREDENTIAL, key=_key(), verification_method=METHOD, created=CREATED, contexts=CONTEXTS)
    (proof,) = signed["proof"]

    assert digest(CREDENTIAL, proof, contexts=CONTEXTS).hex() == DIGEST
    assert proof["proofValue"] == SIGNATURE


def test_the_published_proof_verifies_and_a_changed_one_does_not():
    signed = with_proof(CREDENTIAL, key=_key(), verification_method=METHOD, created=CREATED, contexts=CONTEXTS)
    (proof,) = signed["proof"]
    key = multikey.decode(PUBLIC)

    assert is_signed_by(signed, proof, key, contexts=CONTEXTS)
    assert not is_signed_by({**signed, "name": "Alumna Credential"}, proof, key, contexts=CONTEXTS)
    assert not is_signed_by(signed, {**proof, "created": "2023-02-24T23:36:39Z"}, key, contexts=CONTEXTS)
