"""Many at once, on whichever database the suite runs."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.people import rules
from laurels.people.actions import (
    grant,
    invite_to_role,
    meet,
    merge,
    prove,
    redeem_role_invitation,
    remove_address,
    revoke_role,
    send_code,
)
from laurels.people.models import Address, Person, Proof, Role

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*calls):
    """Run all calls in threads that start together; give their results, or the Refused they raised."""
    gate = threading.Barrier(len(calls))

    def run(call):
        gate.wait()
        try:
            return call()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def granted(results):
    return [result for result in results if not isinstance(result, Refused)]


@pytest.mark.parametrize("is_guarded", [True, False])
def test_fifty_open_one_role_invitation_and_one_gets_in(world, monkeypatch, is_guarded):
    invite_to_role(world.harbour, "trainer", "zoe@people.example", by=world.olive.actor, now=world.morning)
    secret = world.role_secret_for("zoe@people.example")
    if not is_guarded:
        monkeypatch.setattr(rules, "why_not_redeem_role_invitation", lambda *_, **__: None)

    results = at_once(
        *[lambda: redeem_role_invitation(secret, person=None, by=ANONYMOUS, now=world.noon) for _ in range(50)]
    )

    assert len(granted(results)) == (1 if is_guarded else 50)
    assert Role.objects.filter(organisation=world.harbour, kind="trainer").count() == 1
    assert Person.objects.with_email("zoe@people.example").count() == 1


def test_one_code_signs_in_once(world):
    proof = send_code(world.ada.email, purpose="sign-in", by=ANONYMOUS, now=world.morning)
    code = world.code_for(proof)

    results = at_once(*[lambda: prove(proof, code, by=ANONYMOUS, now=world.morning) for _ in range(12)])

    assert granted(results) == [world.ada]


def test_wrong_tries_at_once_are_all_counted(world):
    proof = send_code(world.ada.email, purpose="sign-in", by=ANONYMOUS, now=world.morning)

    results = at_once(*[lambda: prove(proof, "00000000", by=ANONYMOUS, now=world.morning) for _ in range(12)])

    codes = sorted(result.refusal.code for result in results)
    assert codes == ["code-locked"] * 7 + ["code-wrong"] * 5
    proof.refresh_from_db()
    assert proof.tries == 5


def test_codes_asked_for_at_once_are_all_counted(world):
    email = world.ada.email

    def ask():
        return send_code(email, purpose="sign-in", client="192.0.2.7", by=ANONYMOUS, now=world.morning)

    results = at_once(*[ask] * 12)

    assert len(granted(results)) == Proof.objects.count() == 5


def test_somebody_met_by_many_at_once_is_one_person(world):
    actor = world.sam.actor

    results = at_once(*[lambda: meet("zoe@people.example", "Zoe", by=actor, now=world.morning) for _ in range(12)])

    assert len({person.pk for person in results}) == 1
    assert Person.objects.filter(name="Zoe").count() == 1


def merging(world, kept, merged):
    actor = kept.actor
    proof = send_code(merged.email, purpose="add-address", person=kept, by=actor, now=world.morning)
    code = world.code_for(proof)
    return lambda: merge(kept, merged, proof=proof, code=code, by=actor, now=world.morning)


def test_two_accounts_that_swallow_each_other_at_once_leave_one(world):
    results = at_once(merging(world, world.ada, world.grace), merging(world, world.grace, world.ada))

    [kept] = granted(results)
    assert list(Person.objects.filter(merged_into=None, pk__in=[world.ada.pk, world.grace.pk])) == [kept]
    assert set(kept.addresses.values_list("email", flat=True)) == {"ada@people.example", "grace@people.example"}


def test_an_account_wanted_by_two_at_once_goes_to_one(world):
    results = at_once(merging(world, world.ada, world.tess), merging(world, world.grace, world.tess))

    [kept] = granted(results)
    world.tess.refresh_from_db()
    assert world.tess.merged_into == kept
    assert world.harbour.roles.get(kind="trainer").person == kept


def test_the_same_merge_asked_for_twice_at_once_happens_once(world):
    asked = merging(world, world.ada, world.tess)

    results = at_once(asked, asked)

    assert granted(results)[0] == world.ada
    assert world.ada.addresses.count() == 2


def test_two_owners_who_remove_each_other_leave_one(world):
    grant(world.ada, world.harbour, "owner", by=world.olive.actor, now=world.morning)
    roles = [person.roles.get(organisation=world.harbour) for person in (world.olive, world.ada)]
    actors = [world.ada.actor, world.olive.actor]

    at_once(
        *[
            lambda role=role, by=by: revoke_role(role, by=by, now=world.noon)
            for role, by in zip(roles, actors, strict=True)
        ]
    )

    assert world.harbour.roles.owners().count() == 1


def test_two_addresses_removed_at_once_leave_one(world):
    for email in ("a@x.example", "b@x.example"):
        Address.objects.create(person=world.ada, email=email, verified_at=world.morning)
    world.ada.addresses.get(is_primary=True).delete()
    actor = world.ada.actor

    at_once(
        *[
            lambda address=address: remove_address(address, by=actor, now=world.noon)
            for address in world.ada.addresses.all()
        ]
    )

    assert world.ada.addresses.verified().count() == 1
