"""New rules: written, seen in what they change, put into effect; and everybody's quote in one pass."""

from datetime import date, timedelta
from itertools import chain

import pytest

from laurels.credentials.actions import revoke, suspend
from laurels.credentials.models import Certification, Membership
from laurels.education.actions import add_evidence, report, reverse
from laurels.kernel.refusal import Refused
from laurels.programmes.actions import (
    begin_policy,
    change_policy,
    drop_policy,
    put_into_effect,
    read_draft_policy,
)
from laurels.programmes.models import Policy, PolicyDraft, Scheme
from laurels.programmes.queries import policy_in_force
from laurels.programmes.rules import PackProblems
from laurels.renewals import queries
from laurels.renewals.actions import begin
from laurels.renewals.tests.conftest import SOON

FIRST = date(2028, 7, 1)


@pytest.fixture
def draft(world, rules):
    values = Policy.objects.get().parameters
    codes = [*chain(*values["tracks"].values()), *chain(*(level["schemes"] for level in values["levels"].values()))]
    for code in set(codes) - set(rules):
        fields = {"track": "x", "level": "foundational", "description": "x", "criteria": "x", "body": world.guild}
        Scheme.objects.create(code=code, name=code, **fields)
    Policy.objects.update(in_force_from=date(2024, 4, 15), title="Rules", about="Of the guild.")
    return begin_policy(world.guild, by=world.bo.actor, now=SOON)


def rewritten(draft, world, **changes):
    text = draft.text
    for old, new in {
        f'key = "{draft_key()}"': 'key = "GUILD-2028"',
        "2024-04-15": FIRST.isoformat(),
        **changes,
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    return change_policy(draft, text, by=world.bo.actor, now=SOON)


def draft_key():
    return Policy.objects.get().key


@pytest.fixture
def dearer(draft, world):
    return rewritten(draft, world, **{"fee = 100": "fee = 120", "units_primary = 20": "units_primary = 24"})


def test_a_draft_begins_with_todays_rules_and_reads_as_the_same(world, draft):
    found = read_draft_policy(draft)
    assert found.parameters == Policy.objects.get().parameters


def test_a_draft_keeps_what_is_typed_even_wrong_and_names_the_line(world, draft):
    kept = change_policy(draft, draft.text.replace("value = 24", 'value = "two years"'), by=world.bo.actor, now=SOON)
    with pytest.raises(PackProblems) as wrong:
        read_draft_policy(kept)
    assert [one.line > 0 and "term_months" in one.key for one in wrong.value.problems] == [True]


def test_what_it_changes_is_seen_before_it_binds(world, holder, learnt, dearer):
    holder("CSPO")
    learnt(20)
    page = queries.draft_page(dearer, read_draft_policy(dearer))
    found = page.impact
    assert (found.people, found.touched, found.prices, found.units, found.ends) == (1, 1, 1, 1, 0)
    assert found.examples[0].name == "Ada Lovelace"
    assert ("20", "24") in found.examples[0].lines
    assert Policy.objects.count() == 1


def test_put_into_effect_it_binds_from_its_day_and_the_old_ones_end_on_its_eve(world, dearer):
    policy = put_into_effect(dearer, by=world.bo.actor, now=SOON)
    assert put_into_effect(dearer, by=world.bo.actor, now=SOON) == policy
    assert policy_in_force(world.guild, FIRST) == policy
    before = policy_in_force(world.guild, FIRST - timedelta(days=1))
    assert (before.key != policy.key, before.in_force_until) == (True, FIRST - timedelta(days=1))
    with pytest.raises(Refused, match="stay as they are"):
        change_policy(dearer, "x", by=world.bo.actor, now=SOON)
    with pytest.raises(Refused, match="stay as they are"):
        drop_policy(dearer, by=world.bo.actor, now=SOON)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (FIRST.isoformat(), "2028-02-01", "past"),
        (FIRST.isoformat(), "2024-01-01", "past"),
        ("GUILD-2028", "KEY", "key"),
    ],
)
def test_what_cannot_bind(world, dearer, old, new, code):
    new = draft_key() if new == "KEY" else new
    changed = change_policy(dearer, dearer.text.replace(old, new), by=world.bo.actor, now=SOON)
    with pytest.raises(Refused) as refused:
        put_into_effect(changed, by=world.bo.actor, now=SOON)
    assert refused.value.refusal.code == code
    assert Policy.objects.count() == 1


def test_later_rules_come_after_earlier_ones(world, dearer):
    put_into_effect(dearer, by=world.bo.actor, now=SOON)
    again = begin_policy(world.guild, by=world.bo.actor, now=SOON)
    text = again.text.replace("2024-04-15", "2028-06-01").replace('key = "', 'key = "X-', 1)
    with pytest.raises(Refused, match="The newest rules begin on 2028-07-01"):
        put_into_effect(change_policy(again, text, by=world.bo.actor, now=SOON), by=world.bo.actor, now=SOON)


def test_only_staff_write_rules(world, draft):
    for person in (world.ada, world.mallory, world.tess):
        with pytest.raises(Refused, match="Only the body's staff"):
            begin_policy(world.guild, by=person.actor, now=SOON)
        with pytest.raises(Refused, match="Only the body's staff"):
            put_into_effect(draft, by=person.actor, now=SOON)


def test_the_pages(world, client, dearer, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON)
    address = f"/body/policies/{dearer.public_id}"
    for person in (world.ada, world.mallory):
        client.force_login(person)
        assert client.get("/body/policies").status_code == client.get(address).status_code == 404
        assert client.post(f"{address}/effect").status_code == 404
    client.force_login(world.bo)
    assert address in client.get("/body/policies").content.decode()
    assert "Put into effect from 1 July 2028" in client.get(address).content.decode()
    wrong = client.post(address, {"text": "key = "})
    assert (wrong.status_code, "Line 1" in wrong.content.decode()) == (422, True)
    assert client.post(address, {"text": dearer.text}).status_code == 200
    assert client.post(f"{address}/effect").status_code == 303
    assert Policy.objects.count() == 1
    dearer.refresh_from_db()
    assert client.post(f"{address}/effect", {"seen": queries.digest_of(dearer)}).status_code == 303
    assert PolicyDraft.objects.get().policy.key == "GUILD-2028"
    assert client.post("/body/policies", {"body": "commonground"}).status_code == 303


def varied(world, rules, holder):
    """People in every state that matters."""
    holder("CSPO", "CSM")
    from laurels.credentials.actions import award

    people = [world.ada]
    for number in range(8):
        person = world.person(f"P{number} Person")
        award(
            person,
            rules["CSPO"],
            name=person.name,
            on=world.after_class.date(),
            by=world.bo.actor,
            now=world.after_class,
        )
        for hour in range(4 * number):
            entry = report(
                person,
                f"H{hour}",
                on=date(2027, 1 + hour // 28, 1 + hour % 28),
                minutes=60,
                category="events",
                by=person.actor,
                now=SOON,
            )
        if number == 2:
            reverse(entry, by=person.actor, now=SOON)
        people.append(person)
    Membership.objects.filter(person=people[3]).delete()
    revoke(Certification.objects.get(person=people[4]), "Forged.", by=world.bo.actor, now=SOON)
    suspend(Certification.objects.get(person=people[5]), "A complaint.", by=world.bo.actor, now=SOON)
    begin(people[8], world.guild, ["CSPO"], by=people[8].actor, now=SOON)
    return people


@pytest.mark.parametrize("evidence_needed", [False, True])
def test_the_nightly_pass_says_what_each_holders_own_page_says(
    world, rules, holder, django_assert_num_queries, evidence_needed
):
    people = varied(world, rules, holder)
    shown = people[8].entries.order_by("pk")[25]
    add_evidence(shown, words="My notes.", by=people[8].actor, now=SOON)
    values = Policy.objects.get().parameters | {"evidence_needed": evidence_needed}
    Policy.objects.update(parameters=values)
    policy = policy_in_force(world.guild, SOON.date())
    conditions = queries.rules_of(policy)

    with django_assert_num_queries(3):
        nightly = dict(queries.quotes(world.guild, conditions, SOON.date()))

    assert people[5].pk not in nightly
    for person in people:
        if person.pk in nightly:
            own = queries.offer(person, world.guild, None, now=SOON).quote
            assert nightly[person.pk] == own._replace(counted=()), person
    assert len(nightly) == len(people) - 1
    # Twenty hours of the twenty-eight are used by the renewal that waits.
    assert nightly[people[8].pk].minutes_counted == (60 if evidence_needed else 8 * 60)
