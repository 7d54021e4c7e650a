"""Coming in: signing in, being met by others, saying who one is."""

from datetime import datetime

from django.db import IntegrityError, transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people import facts, rules
from laurels.people.actions.proofs import check_code, use
from laurels.people.models import Address, Person, Proof, normal_email


def prove(proof: Proof, code: str, *, by: Actor, now: datetime) -> Person:
    """Whoever reads the proof's address, made if nobody does yet, with the address verified. Raises Refused."""
    require(rules.why_not_prove(proof))
    check_code(proof, code, now=now)
    with transaction.atomic():
        proof = use(proof, now=now)
        person = reader_of(proof.email, by=by, now=now).person
        record(person.topic, facts.SignedIn(person.pk), by=by, at=now)
        return person


@transaction.atomic
def meet(email: str, name: str, *, by: Actor, now: datetime) -> Person:
    """Whoever has the address, else a new person with it, unverified. Asking twice gives the same person."""
    email = normal_email(email)
    require(rules.why_not_address(email))
    return _address_with_person(email, name, by=by, now=now).person


@transaction.atomic
def rename(person: Person, name: str, *, by: Actor, now: datetime) -> Person:
    """Let the person be called ``name`` from now on; certificates keep theirs."""
    return introduce(person, name=name, language=person.language, zone=person.zone, by=by, now=now)


@transaction.atomic
def introduce(person: Person, *, name: str, language: str, zone: str, by: Actor, now: datetime) -> Person:
    """What the person is called, and the language and time zone they live in."""
    person = Person.objects.lock(person.pk)
    name = " ".join(name.split())
    if (person.name, person.language, person.zone) == (name, language, zone):
        return person
    require(rules.why_not_introduce(person, name=name, zone=zone, by=by))
    person.name, person.language, person.zone = name, language, zone
    person.save(update_fields=["name", "language", "zone"])
    record(person.topic, facts.PersonIntroduced(person.pk), by=by, at=now)
    return person


def reader_of(email: str, *, by: Actor, now: datetime) -> Address:
    """The verified address of whoever has just proven to read ``email``; part of the caller's transaction."""
    address = _address_with_person(email, "", by=by, now=now)
    if address.verified_at is None:
        _leave_account_of_others(address, by=by, now=now)
        verify(address, by=by, now=now)
    return address


def verify(address: Address, *, by: Actor, now: datetime) -> Address:
    """Note that the address's person reads it; the first such address becomes the primary one."""
    address.verified_at = now
    address.is_primary = not address.person.addresses.filter(is_primary=True).exclude(pk=address.pk).exists()
    address.save()
    record(address.person.topic, facts.AddressVerified(address.person_id, address.pk), by=by, at=now)
    return address


def _leave_account_of_others(address: Address, *, by: Actor, now: datetime) -> None:
    # An unproven address beside a proven one was somebody's claim; its reader must not walk into that account.
    if address.person.addresses.verified().exists():
        address.person = _new_person("", by=by, now=now)
        address.is_primary = False


def _address_with_person(email: str, name: str, *, by: Actor, now: datetime) -> Address:
    if address := Address.objects.lock_email(email):
        return address
    try:
        with transaction.atomic():
            person = _new_person(name, by=by, now=now)
            return Address.objects.create(person=person, email=email, is_primary=True)
    except IntegrityError:
        # Somebody else met them in this very moment.
        return Address.objects.select_for_update(of=("self",)).select_related("person").get(email=email)


def _new_person(name: str, *, by: Actor, now: datetime) -> Person:
    person = Person(name=" ".join(name.split())[:200], created_at=now)
    person.set_unusable_password()
    person.save()
    record(person.topic, facts.PersonMet(person.pk), by=by, at=now)
    return person
