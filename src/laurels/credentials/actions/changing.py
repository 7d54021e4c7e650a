"""Revoking, suspending, reinstating, correcting: the rows, and the bits that tell verifiers, in one transaction."""

from datetime import datetime

from django.db import transaction

from laurels.credentials import facts, rules
from laurels.credentials.actions.issuing import intend
from laurels.credentials.models import Certification, Credential, Revocation, StatusList, Suspension, name_key
from laurels.credentials.proofs import status
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.participation.rules import clean_name


@transaction.atomic
def revoke(certification: Certification, reason: str, *, by: Actor, now: datetime) -> Certification:
    """End the certification for ever; asking twice changes nothing."""
    certification = Certification.objects.lock(certification.pk)
    if rules.is_revoked(certification) and by.has("staff", at=certification.scheme.body_id):
        return certification
    require(rules.why_not_revoke(certification, reason, by=by))
    revocation = Revocation.objects.create(
        certification=certification, reason=reason.strip(), by_id=by.person_id, at=now
    )
    _settle_bits(certification, by=by, now=now)
    fact = facts.CertificationRevoked(certification.pk, revocation.pk)
    record(certification.topic, fact, by=by, at=now)
    return certification


@transaction.atomic
def suspend(certification: Certification, reason: str, *, by: Actor, now: datetime) -> Certification:
    """Pause the certification until it is reinstated; asking twice changes nothing."""
    certification = Certification.objects.lock(certification.pk)
    require(rules.why_not_suspend(certification, reason, by=by))
    if certification.suspensions.filter(lifted_at=None).exists():
        return certification
    suspension = certification.suspensions.create(reason=reason.strip(), by_id=by.person_id, at=now)
    _settle_bits(certification, by=by, now=now)
    fact = facts.CertificationSuspended(certification.pk, suspension.pk)
    record(certification.topic, fact, by=by, at=now)
    return certification


@transaction.atomic
def reinstate(certification: Certification, *, by: Actor, now: datetime) -> Certification:
    """Lift the suspension; asking twice changes nothing."""
    certification = Certification.objects.lock(certification.pk)
    require(rules.why_not_change(certification, by=by))
    suspension = certification.suspensions.filter(lifted_at=None).first()
    if suspension is None:
        return certification
    suspension.lifted_at = now
    suspension.save(update_fields=["lifted_at"])
    _settle_bits(certification, by=by, now=now)
    fact = facts.CertificationReinstated(certification.pk, suspension.pk)
    record(certification.topic, fact, by=by, at=now)
    return certification


@transaction.atomic
def correct_name(
    certification: Certification, name: str, *, reason: str = "", by: Actor, now: datetime
) -> Certification:
    """Issue the newest term's credential again under the right name; the old one points on. Number and dates stay."""
    certification = Certification.objects.lock(certification.pk)
    name = clean_name(name)
    require(rules.why_not_correct_name(certification, name, by=by))
    old = Credential.objects.latest_of(certification)
    if certification.name == name or old is None:
        return certification
    certification.name, certification.name_key = name, name_key(name)
    certification.save(update_fields=["name", "name_key"])
    old.is_current = False
    old.save(update_fields=["is_current"])
    new = intend(certification, old.term, replaces=old, reason=reason.strip(), by=by, now=now)
    _settle_bits(certification, by=by, now=now)
    record(certification.topic, facts.NameCorrected(certification.pk, new.pk, old.pk), by=by, at=now)
    return certification


def _settle_bits(certification: Certification, *, by: Actor, now: datetime) -> None:
    """Let every bit of the certification's credentials say what its rows say."""
    is_revoked = Revocation.objects.filter(certification=certification).exists()
    is_suspended = Suspension.objects.filter(certification=certification, lifted_at=None).exists()
    held = Credential.objects.filter(term__certification=certification).only(
        "status_list", "status_index", "is_current"
    )
    # Lists in the order of their keys, so that two changes cannot block each other.
    for list_pk in sorted({credential.status_list_id for credential in held}):
        status_list = StatusList.objects.lock(list_pk)
        before = blocked, revoked, replaced = status_list.bits
        for credential in [credential for credential in held if credential.status_list_id == list_pk]:
            index, is_replaced = credential.status_index, not credential.is_current
            blocked = status.with_bit(blocked, index, is_revoked or is_suspended or is_replaced)
            revoked = status.with_bit(revoked, index, is_revoked)
            replaced = status.with_bit(replaced, index, is_replaced)
        if before != (blocked, revoked, replaced):
            status_list.blocked_bits, status_list.revoked_bits, status_list.replaced_bits = blocked, revoked, replaced
            status_list.save(update_fields=["blocked_bits", "revoked_bits", "replaced_bits"])
            record(status_list.topic, facts.StatusChanged(list_pk), by=by, at=now)
