import json
from datetime import date, timedelta

import pytest

from laurels.credentials import queries
from laurels.credentials.actions import correct_name, reinstate, revoke, suspend
from laurels.credentials.models import Credential, StatusList
from laurels.credentials.proofs import status
from laurels.credentials.proofs.verification import State, verify
from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.programmes.models import Policy
from laurels.programmes.rules.renewal import Holding, conditions
from laurels.programmes.rules.renewal import standing as rule


def verdict_on(credential, world):
    return verify(credential.document, fetch=queries.fetch_own, now=world.after_class).state


def stands(certification, day):
    certification = type(certification).objects.with_standing().get(pk=certification.pk)
    return queries.standing(certification, day).state


def said(world, **more):
    """The rules of today say this as well."""
    kept = {key: value for key, value in world.policy.parameters.items() if key not in ("levels", "suspension_months")}
    Policy.objects.filter(pk=world.policy.pk).update(parameters=kept | more)


def test_suspended_then_reinstated(world, certified, signing):
    certification, credential = certified(world.ada), Credential.objects.get()

    suspend(certification, "A question is open.", by=world.bo.actor, now=world.after_class)
    assert stands(certification, world.after_class.date()) == "suspended"
    assert verdict_on(credential, world) is State.VALID
    signing(certification)
    assert verdict_on(credential, world) is State.SUSPENDED

    reinstate(certification, by=world.bo.actor, now=world.after_class)
    signing(certification)
    assert stands(certification, world.after_class.date()) == "active"
    assert verdict_on(credential, world) is State.VALID


def test_revoked_for_ever(world, certified, signing):
    certification, credential = certified(world.ada), Credential.objects.get()
    suspend(certification, "A question is open.", by=world.bo.actor, now=world.after_class)

    for _ in range(2):
        revoke(certification, "The roster was forged.", by=world.bo.actor, now=world.after_class)
    signing(certification)

    assert verdict_on(credential, world) is State.REVOKED
    assert stands(certification, world.after_class.date()) == "revoked"
    assert Entry.objects.filter(fact="credentials.CertificationRevoked").count() == 1
    with pytest.raises(Refused, match="for ever"):
        reinstate(certification, by=world.bo.actor, now=world.after_class)


def test_a_corrected_name_is_issued_again_and_the_old_points_on(world, certified, signing):
    certification, old = certified(world.ada), Credential.objects.get()

    correct_name(certification, "Ada King Lovelace", reason="Married.", by=world.bo.actor, now=world.after_class)
    signing(certification)

    new = Credential.objects.current().get()
    assert (new.replaces, new.name, new.reason) == (old, "Ada King Lovelace", "Married.")
    assert verdict_on(old, world) is State.SUPERSEDED
    assert verdict_on(new, world) is State.VALID
    assert json.loads(new.document)["credentialSubject"]["licenseNumber"] == certification.number
    assert queries.certificate_page(old.public_id, world.after_class).replaced_by == new.public_id


def test_the_name_it_has_already_changes_nothing(world, certified):
    certification = certified(world.ada)

    correct_name(certification, " Ada  Lovelace ", by=world.bo.actor, now=world.after_class)

    assert Credential.objects.count() == 1


def test_a_correction_while_suspended_is_suspended_too(world, certified, signing):
    certification = certified(world.ada)
    suspend(certification, "A question is open.", by=world.bo.actor, now=world.after_class)
    correct_name(certification, "Ada King", by=world.bo.actor, now=world.after_class)
    signing(certification)

    assert verdict_on(Credential.objects.current().get(), world) is State.SUSPENDED
    reinstate(certification, by=world.bo.actor, now=world.after_class)
    signing(certification)
    assert [verdict_on(each, world) for each in Credential.objects.order_by("pk")] == [State.SUPERSEDED, State.VALID]


def test_only_the_bodys_staff_and_only_with_a_reason(world, certified):
    certification = certified(world.ada)
    for stranger in (world.mallory, world.sam, world.ada):
        with pytest.raises(Refused, match="Only the certifying body's staff"):
            revoke(certification, "Because.", by=stranger.actor, now=world.after_class)

    with pytest.raises(Refused, match="Say why"):
        revoke(certification, "  ", by=world.bo.actor, now=world.after_class)


def test_nobody_elses_bit_is_touched(world, certified):
    certified(world.grace)
    revoke(certified(world.ada), "Forged.", by=world.bo.actor, now=world.after_class)

    bits = StatusList.objects.get().bits[0]
    hers = Credential.objects.get(name="Ada Lovelace").status_index
    assert [index for index in range(status.SIZE) if status.bit(bits, index)] == [hers]


def test_active_until_the_last_day_then_as_the_rules_of_the_day_say(world, certified):
    certification, last = certified(world.ada), date(2028, 4, 16)

    days = [last, last + timedelta(days=1), last + timedelta(days=90), last + timedelta(days=91)]

    # Ninety days of benefits are no more days of validity (JP-CSM 12.3).
    assert [stands(certification, day) for day in days] == ["active", "lapsed", "lapsed", "lapsed"]
    level = {"fee": {"minor": 0, "currency": "USD"}, "units_primary": 0, "units_add_on": 0, "schemes": ["CSPO"]}
    said(world, levels={"foundational": level | {"grace_days": 90}})
    assert [stands(certification, day) for day in days] == ["active", "grace", "grace", "lapsed"]
    said(world, suspension_months=12)
    assert [stands(certification, day) for day in days] == ["active", "ended", "ended", "ended"]


def test_the_public_page_and_the_renewal_say_the_same(world, certified):
    certification, last = certified(world.ada), date(2028, 4, 16)
    level = {"fee": {"minor": 0, "currency": "USD"}, "units_primary": 0, "units_add_on": 0, "schemes": ["CSPO"]}
    names = {"for-life": "active", "suspended": "ended", "over": "lapsed"}
    for more in ({}, {"levels": {"foundational": level | {"grace_days": 90}}}, {"suspension_months": 12}):
        said(world, **more)
        policy = Policy.objects.get(pk=world.policy.pk)
        rules = conditions(policy.key, policy.parameters)
        for after in (0, 1, 90, 91, 365, 400):
            day = last + timedelta(days=after)
            found = rule(Holding("CSPO", last), rules, day).state
            assert stands(certification, day) == names.get(found, found), (more, after)
