"""From the decided words to the signed, published document. Signing itself is the issuer's, behind tasks.py."""

import random
from datetime import datetime

from django.db import transaction
from django.db.models import F

from laurels.credentials import facts, rules
from laurels.credentials.models import Certification, Credential, IssuerKey, StatusList, Term
from laurels.credentials.proofs import documents, status
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.people.models import Organisation
from laurels.programmes.queries import latest_layout

_RANDOM = random.SystemRandom()
_DRAWN = 64


def intend(
    certification: Certification,
    term: Term,
    *,
    replaces: Credential | None = None,
    reason: str = "",
    by: Actor,
    now: datetime,
) -> Credential:
    """Write down what shall be signed, word for word; part of the caller's transaction."""
    status_list, index = _take_entry(certification.scheme.body, by=by, now=now)
    credential = Credential(
        term=term,
        layout=latest_layout(certification.scheme),
        name=certification.name,
        status_list=status_list,
        status_index=index,
        intended_at=now,
        replaces=replaces,
        reason=reason,
    )
    unsigned = rules.unsigned_document(credential, certification, certification.line)
    credential.unsigned = documents.text(unsigned)
    credential.save()
    record(certification.topic, facts.CredentialIntended(certification.pk, credential.pk), by=by, at=now)
    return credential


@transaction.atomic
def store_signed(credential: Credential, document: str, *, by: Actor, now: datetime) -> Credential:
    """Keep the signed document, once: whoever comes second finds the first one's and changes nothing."""
    credential = Credential.objects.lock(credential.pk)
    if credential.document:
        return credential
    credential.document, credential.signed_at = document, now
    credential.save(update_fields=["document", "signed_at"])
    certification = Certification.objects.get(terms=credential.term_id)
    record(certification.topic, facts.CredentialIssued(certification.pk, credential.pk), by=by, at=now)
    return credential


@transaction.atomic
def store_published(
    status_list: StatusList, signed: tuple[str, str, str], *, of: tuple[bytes, bytes, bytes], by: Actor, now: datetime
) -> StatusList:
    """Keep the three signed lists if their bits (``of``) are still the newest; else another task is on its way."""
    status_list = StatusList.objects.lock(status_list.pk)
    if status_list.bits != of:
        return status_list
    status_list.blocked_document, status_list.revoked_document, status_list.replaced_document = signed
    status_list.published_at = now
    status_list.save(update_fields=["blocked_document", "revoked_document", "replaced_document", "published_at"])
    record(status_list.topic, facts.StatusListPublished(status_list.pk), by=by, at=now)
    return status_list


@transaction.atomic
def add_key(
    body: Organisation, *, public_multibase: str, private_encrypted: bytes, by: Actor, now: datetime
) -> IssuerKey:
    """The body's signing key; one that is there already stays and is returned."""
    body = Organisation.objects.lock(body.pk)
    if current := IssuerKey.objects.current_of(body):
        return current
    fragment = f"key-{now.year}-{body.issuer_keys.count() + 1}"
    key = body.issuer_keys.create(
        fragment=fragment, public_multibase=public_multibase, private_encrypted=private_encrypted, made_at=now
    )
    record(body.topic, facts.IssuerKeyMade(body.pk, key.pk), by=by, at=now)
    return key


def _take_entry(body: Organisation, *, by: Actor, now: datetime) -> tuple[StatusList, int]:
    """A free entry of the body's newest list, at random so that neighbours tell nothing; a new list when it is full."""
    while True:
        newest = StatusList.objects.newest_of(body)
        # The update locks the list until the transaction ends: entries of one list are given out one after the other.
        room = StatusList.objects.filter(pk=newest.pk, entries__lt=status.SIZE) if newest else None
        if newest and room and room.update(entries=F("entries") + 1):
            return newest, _free_index(newest)
        _open_list(body, newest.ordinal + 1 if newest else 1, by=by, now=now)


def _free_index(status_list: StatusList) -> int:
    drawn = _RANDOM.sample(range(status.SIZE), _DRAWN)
    taken = set(status_list.credentials.filter(status_index__in=drawn).values_list("status_index", flat=True))
    if free := [index for index in drawn if index not in taken]:
        return free[0]
    every = set(status_list.credentials.values_list("status_index", flat=True))
    return _RANDOM.choice([index for index in range(status.SIZE) if index not in every])


def _open_list(body: Organisation, ordinal: int, *, by: Actor, now: datetime) -> None:
    empty = status.empty()
    bits = {"blocked_bits": empty, "revoked_bits": empty, "replaced_bits": empty}
    opened, is_new = StatusList.objects.get_or_create(body=body, ordinal=ordinal, defaults={**bits, "made_at": now})
    if is_new:
        record(opened.topic, facts.StatusChanged(opened.pk), by=by, at=now)
