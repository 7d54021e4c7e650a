"""The doors behind which the issuer signs; nothing else may open its keys. Each may run twice without harm."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from laurels.credentials import actions, queries
from laurels.credentials.issuer import keys, signing
from laurels.credentials.models import Credential, IssuerKey, StatusList
from laurels.credentials.proofs import documents
from laurels.credentials.rules import addresses
from laurels.kernel.actor import Actor
from laurels.people.models import Organisation

ISSUER = Actor.of_system("issuer")


@task
def sign_credential(credential_id: int) -> None:
    """Sign what was intended and store it, once; its status list is published first, so that nobody finds a gap."""
    credential = Credential.objects.select_related("status_list__body").get(pk=credential_id)
    if credential.document:
        return
    if credential.status_list.published_at is None:
        publish_status_list.call(credential.status_list_id)
    now = timezone.now()
    document = _sign(json.loads(credential.unsigned), credential.status_list.body, now)
    actions.store_signed(credential, document, by=ISSUER, now=now)


@task
def publish_status_list(status_list_id: int) -> None:
    """Sign the list as its bits are now. If they change meanwhile, the change's own task publishes them."""
    status_list = StatusList.objects.select_related("body").get(pk=status_list_id)
    now, bits = timezone.now(), status_list.bits
    unsigned = queries.unsigned_lists(status_list, now)
    blocked, revoked, replaced = (_sign(document, status_list.body, now) for document in unsigned)
    actions.store_published(status_list, (blocked, revoked, replaced), of=bits, by=ISSUER, now=now)


def _sign(document: Mapping[str, Any], body: Organisation, now: datetime) -> str:
    key = _key_of(body, now)
    signed = signing.sign(
        document,
        private_encrypted=bytes(key.private_encrypted),
        passphrase=settings.ISSUER_PASSPHRASE,
        verification_method=f"{addresses.did(body.slug)}#{key.fragment}",
        created=now,
    )
    return documents.text(signed)


def _key_of(body: Organisation, now: datetime) -> IssuerKey:
    """The body's current key, made when it signs for the first time."""
    if current := IssuerKey.objects.current_of(body):
        return current
    public, private = keys.new_key(settings.ISSUER_PASSPHRASE)
    return actions.add_key(body, public_multibase=public, private_encrypted=private, by=ISSUER, now=now)
