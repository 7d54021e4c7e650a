from datetime import date, timedelta

import pytest
from django.apps import apps

from laurels.credentials.models import Certification, LicenceAcceptance, Membership, Revocation
from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.participation.models import Attestation
from laurels.payments.models import Order
from laurels.people import facts, queries, rules
from laurels.people.actions import meet, merge, send_code
from laurels.people.models import Address, Consent, Person, Proof, Role
from laurels.programmes.models import Licence
from laurels.workshops.models import Seat


class Merging:
    """Ada has typed the code that went to one of Grace's addresses."""

    def __init__(self, world):
        self.world = world
        email = world.grace.email
        self.proof = send_code(email, purpose="add-address", person=world.ada, by=world.ada.actor, now=world.morning)
        self.code = world.code_for(self.proof)

    def __call__(self, **changes):
        world = self.world
        given = {"proof": self.proof, "code": self.code, "by": world.ada.actor, "now": world.morning, **changes}
        return merge(given.pop("kept", world.ada), given.pop("merged", world.grace), **given)


@pytest.fixture
def merging(world):
    return Merging(world)


def seat(world, person, workshop, state="taken"):
    return Seat.objects.create(workshop=workshop, person=person, name=person.name, state=state, taken_at=world.morning)


def certification(world, person, number):
    return Certification.objects.create(
        number=number, person=person, scheme=world.scheme, name=person.name, awarded_at=world.morning
    )


def test_everything_of_the_other_account_comes_along_from_every_stage(world, merging):
    grace = world.grace
    order = Order.objects.create(
        seller=world.harbour,
        buyer=grace,
        description="A seat",
        amount_minor=100,
        currency="EUR",
        placed_at=world.morning,
        due_on=world.today,
    )
    her_seat = seat(world, grace, world.workshop)
    decision = Attestation.objects.create(
        seat=her_seat, decision="eligible", minutes_present=135, decided_by=grace, decided_at=world.morning
    )
    world.workshop.trainers.add(grace)
    hers = certification(world, grace, "C-1")
    revoked = Revocation.objects.create(certification=hers, reason="A test", by=grace, at=world.morning)
    earlier = Person.objects.create(merged_into=grace, created_at=world.morning)
    Consent.objects.create(person=grace, subject="directory", version="1", given_at=world.morning)

    assert merging() == world.ada

    for row in (order, her_seat, decision, hers, revoked, earlier):
        row.refresh_from_db()
    moved = [order.buyer, her_seat.person, decision.decided_by, hers.person, revoked.by, earlier.merged_into]
    assert moved == [world.ada] * 6
    assert set(world.workshop.trainers.all()) == {world.tess, world.ada}
    assert pointing_to(grace) == []
    assert Entry.objects.of(facts.PeopleMerged).get().payload == {"kept_id": world.ada.pk, "merged_id": grace.pk}


def pointing_to(person):
    """Where a row still points to the person."""
    return [
        pointer.model._meta.label
        for pointer in queries.pointers_to_people()
        if pointer.model._base_manager.filter(**{pointer.name: person.pk}).exists()
    ]


def test_both_ways_to_sign_in_lead_to_the_one_account(world, merging):
    merging()

    emails = {address.email: address.is_primary for address in world.ada.addresses.verified()}
    assert emails == {"ada@people.example": True, "grace@people.example": False}
    assert list(Person.objects.with_email("grace@people.example")) == [world.ada]


def test_the_other_account_is_closed_and_its_sessions_end(world, merging, client):
    client.force_login(world.grace)
    assert client.get("/me").status_code == 200

    merging()

    world.grace.refresh_from_db()
    assert world.grace.merged_into == world.ada
    assert not world.grace.is_active
    assert client.get("/me").headers["Location"] == "/sign-in?next=/me"


def test_what_both_have_alike_becomes_one_and_the_older_stays(world, merging):
    licence = Licence.objects.create(body=world.guild, version=7, dated=date(2026, 1, 1), text="…", digest="7" * 64)
    for who, when in [(world.grace, world.morning), (world.ada, world.noon)]:
        world.with_role(who, "trainer", world.harbour)
        Membership.objects.create(body=world.guild, person=who, activated_at=when)
        LicenceAcceptance.objects.create(person=who, licence=licence, at=when)
        Consent.objects.create(person=who, subject="directory", version="1", given_at=when)
        world.workshop.trainers.add(who)
    world.with_role(world.grace, "staff", world.maple)

    merging()

    roles = {(role.organisation, role.kind) for role in Role.objects.filter(person=world.ada)}
    assert roles == {(world.harbour, "trainer"), (world.maple, "staff")}
    assert Role.objects.filter(organisation=world.harbour, person=world.ada).count() == 1
    assert Membership.objects.get().activated_at == world.morning
    assert LicenceAcceptance.objects.get().person == world.ada
    assert Consent.objects.filter(person=world.ada).count() == 2
    assert world.workshop.trainers.count() == 2


def test_two_seats_in_one_workshop_are_refused_and_nothing_moves(world, merging):
    world.with_role(world.grace, "staff", world.maple)
    hers = seat(world, world.grace, world.workshop)
    seat(world, world.ada, world.workshop)

    with pytest.raises(Refused, match="a seat in the same workshop"):
        merging()

    hers.refresh_from_db()
    world.grace.refresh_from_db()
    assert (hers.person, world.grace.merged_into) == (world.grace, None)
    assert Role.objects.get(organisation=world.maple, person=world.grace)
    assert Proof.objects.get().used_at is None


def test_a_cancelled_seat_is_in_nobodys_way(world, merging):
    seat(world, world.grace, world.workshop)
    seat(world, world.ada, world.workshop, state="cancelled")

    merging()

    assert Seat.objects.filter(person=world.ada).count() == 2


def test_two_certifications_of_one_scheme_are_refused(world, merging):
    certification(world, world.ada, "C-1")
    certification(world, world.grace, "C-2")

    with pytest.raises(Refused, match="hold the same certification"):
        merging()


def test_an_address_never_proven_stays_behind(world, merging):
    Address.objects.create(person=world.grace, email="claimed@people.example")

    merging()

    assert not Address.objects.of_email("claimed@people.example").exists()


def test_an_account_only_met_can_be_brought_in_and_its_address_is_proven_by_it(world):
    met = meet("ada@work.example", "A. Lovelace", by=world.sam.actor, now=world.morning)
    proof = send_code(
        "ada@work.example", purpose="add-address", person=world.ada, by=world.ada.actor, now=world.morning
    )

    merge(world.ada, met, proof=proof, code=world.code_for(proof), by=world.ada.actor, now=world.morning)

    assert world.ada.addresses.verified().of_email("ada@work.example").exists()


def test_both_must_be_proven(world, merging):
    with pytest.raises(Refused, match="not the code"):
        merging(code="00000000")
    with pytest.raises(Refused, match="somebody else's account"):
        merging(by=world.mallory.actor)
    with pytest.raises(Refused, match="Only you can bring"):
        merging(kept=world.tess)
    with pytest.raises(Refused, match="does not belong to that account"):
        merging(merged=world.tess)
    with pytest.raises(Refused, match="too old"):
        merging(now=world.morning + timedelta(hours=1))
    assert Person.objects.filter(merged_into=None).count() == Person.objects.count()


def test_asking_twice_gives_the_same(world, merging):
    merging()

    assert merging() == world.ada
    assert Entry.objects.of(facts.PeopleMerged).count() == 1


def test_an_operators_account_is_not_swallowed(world, merging):
    Person.objects.filter(pk=world.grace.pk).update(is_operator=True)

    with pytest.raises(Refused, match="operator"):
        merging()


def test_letters_come_along(world, merging):
    Letter.objects.create(
        key="x", to=world.grace.email, person=world.grace, subject="s", text="t", html="h", written_at=world.morning
    )

    merging()

    assert Letter.objects.get(key="x").person == world.ada


def test_every_table_with_something_once_per_person_has_been_thought_about():
    once = {
        pointer.model._meta.label
        for pointer in queries.pointers_to_people()
        if pointer.model is not Address and list(queries.unique_with(pointer))
    }
    assert once == rules.MERGE_KEEPS_ONE | set(rules.MERGE_REFUSES)
    assert all(apps.get_model(label) for label in once)
    assert "credentials.Revocation" in {pointer.model._meta.label for pointer in queries.pointers_to_people()}
