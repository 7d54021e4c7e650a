"""The only place that signs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from laurels.credentials.issuer.keys import unlock
from laurels.credentials.proofs.integrity import with_proof


def sign(
    document: Mapping[str, Any],
    *,
    private_encrypted: bytes,
    passphrase: str,
    verification_method: str,
    created: datetime,
) -> dict[str, Any]:
    """A copy of the document with its Data Integrity proof; the same input gives the same bytes.

    Raises Unsignable for what nobody may sign and WrongPassphrase.
    """
    key = unlock(private_encrypted, passphrase)
    return with_proof(document, key=key, verification_method=verification_method, created=created)
