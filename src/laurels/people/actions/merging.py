"""Two accounts of one human being become one."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people import facts, queries, rules
from laurels.people.actions.persons import verify
from laurels.people.actions.proofs import check_code, use
from laurels.people.models import Person, Proof


def merge(kept: Person, merged: Person, *, proof: Proof, code: str, by: Actor, now: datetime) -> Person:
    """Bring everything of ``merged`` into ``kept``, for whom ``proof`` shows that they read an address of ``merged``.

    Everything or nothing; asking twice gives the same. Raises Refused, also when both hold what one person can hold
    only once and nobody but people can say which of the two is right.
    """
    require(rules.why_not_confirm_address(proof, by=by))
    if Person.objects.filter(pk=merged.pk, merged_into=kept.pk).exists():
        return kept
    check_code(proof, code, now=now)
    return _merge(kept, merged, proof, by=by, now=now)


@transaction.atomic
def _merge(kept: Person, merged: Person, proof: Proof, *, by: Actor, now: datetime) -> Person:
    people = Person.objects.lock_both(kept.pk, merged.pk)
    kept, merged = people[kept.pk], people[merged.pk]
    if merged.merged_into_id == kept.pk:
        return kept
    clashes = queries.clashes(kept, merged)
    labels = {clash.label for clash in clashes}
    require(rules.why_not_merge(kept, merged, email=proof.email, clashes=labels, by=by))
    use(proof, now=now)
    _prepare_addresses(merged, proof.email, by=by, now=now)
    for clash in clashes:
        clash.model._base_manager.filter(pk=clash.newer).delete()
    _repoint(kept, merged)
    _close(merged, into=kept)
    record(kept.topic, facts.PeopleMerged(kept.pk, merged.pk), by=by, at=now)
    return kept


def _prepare_addresses(merged: Person, proven: str, *, by: Actor, now: datetime) -> None:
    address = merged.addresses.get(email=proven)
    if address.verified_at is None:
        verify(address, by=by, now=now)
    # What was never proven stays behind: whoever reads it must not come into the joined account.
    merged.addresses.filter(verified_at=None).delete()
    merged.addresses.update(is_primary=False)


def _repoint(kept: Person, merged: Person) -> None:
    for pointer in queries.pointers_to_people():
        pointer.model._base_manager.filter(**{pointer.name: merged.pk}).update(**{pointer.name: kept.pk})


def _close(merged: Person, *, into: Person) -> None:
    merged.merged_into = into
    # A changed password ends every session, should the account ever be opened again.
    merged.set_unusable_password()
    merged.save(update_fields=["merged_into", "password"])
