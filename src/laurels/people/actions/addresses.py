"""A person's addresses: proven, primary, removed."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people import facts, rules
from laurels.people.actions.persons import verify
from laurels.people.actions.proofs import check_code, use
from laurels.people.models import Address, Person, Proof


def confirm_address(proof: Proof, code: str, *, by: Actor, now: datetime) -> Address:
    """Give the proven address to the proof's person.

    Raises Refused; with the code ``another-account`` when somebody else has the address: the proof is then still good
    for ``merge``.
    """
    require(rules.why_not_confirm_address(proof, by=by))
    check_code(proof, code, now=now)
    return _take_address(proof, by=by, now=now)


@transaction.atomic
def _take_address(proof: Proof, *, by: Actor, now: datetime) -> Address:
    person = Person.objects.lock(proof.person_id or 0)
    address = Address.objects.lock_email(proof.email)
    require(rules.why_not_join_address(address, person))
    use(proof, now=now)
    address = address or Address(email=proof.email)
    address.person = person
    return verify(address, by=by, now=now)


@transaction.atomic
def make_primary(address: Address, *, by: Actor, now: datetime) -> Address:
    """Let letters go to this address from now on."""
    person = Person.objects.lock(address.person_id)
    address = person.addresses.get(pk=address.pk)
    if address.is_primary:
        return address
    require(rules.why_not_make_primary(address, by=by))
    person.addresses.filter(is_primary=True).update(is_primary=False)
    address.is_primary = True
    address.save(update_fields=["is_primary"])
    record(person.topic, facts.PrimaryAddressChosen(person.pk, address.pk), by=by, at=now)
    return address


@transaction.atomic
def remove_address(address: Address, *, by: Actor, now: datetime) -> None:
    """Forget the address; asking twice is no harm. The last proven one and the primary one stay."""
    person = Person.objects.lock(address.person_id)
    present = person.addresses.filter(pk=address.pk).first()
    if present is None:
        return
    require(rules.why_not_remove_address(present, by=by))
    present.delete()
    record(person.topic, facts.AddressRemoved(person.pk, address.pk), by=by, at=now)
