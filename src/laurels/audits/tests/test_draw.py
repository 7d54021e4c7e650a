"""A sample can be drawn again, takes nobody twice, and only what can be asked for."""

import pytest

from laurels.audits import rules
from laurels.audits.actions import draw
from laurels.audits.models import Audit, AuditedEntry, Draw
from laurels.audits.tests.conftest import LATER
from laurels.education.actions import add_evidence, reverse
from laurels.kernel.refusal import Refused
from laurels.programmes.models import Policy
from laurels.programmes.queries import policy_in_force


def people(world, count):
    return [world.person(f"P{number:02} Person") for number in range(count)]


def test_the_same_seed_is_the_same_sample():
    among = range(1, 1001)
    assert rules.sample("a", among, 20) == rules.sample("a", reversed(among), 20)
    assert rules.sample("a", among, 20) != rules.sample("b", among, 20)
    assert len(set(rules.sample("a", among, 20))) == 20
    assert rules.sample("a", [3, 3, 1], 5) == [1, 3]


def test_every_member_is_as_likely_as_any_other():
    counts = dict.fromkeys(range(10), 0)
    for seed in range(2_000):
        for number in rules.sample(str(seed), range(10), 2):
            counts[number] += 1
    assert all(300 < count < 500 for count in counts.values())


@pytest.mark.parametrize(("people", "percent", "size"), [(3, 1, 1), (100, 5, 5), (101, 5, 6), (0, 50, 0), (7, 100, 7)])
def test_how_many_a_percentage_is(people, percent, size):
    assert rules.size_of(people, percent) == size


def test_a_draw_takes_its_part_of_those_who_can_be_asked(world, certified, wrote, recorded):
    for person in people(world, 10):
        certified(person)
        wrote(person)
    certified(world.ada)
    recorded(world.ada)
    wrote(world.grace)

    drawn = draw(world.guild, seed="s", percent=30, by=world.bo.actor, now=LATER)

    assert (drawn.people, drawn.audits.count(), drawn.drawn_by) == (10, 3, world.bo)
    assert draw(world.guild, seed="s", percent=30, by=world.bo.actor, now=LATER) == drawn
    assert Audit.objects.count() == 3


def test_nobody_is_asked_twice_at_a_time_nor_about_the_same_entry(world, certified, wrote):
    certified(world.ada)
    wrote(world.ada)
    first = draw(world.guild, seed="1", percent=100, by=world.bo.actor, now=LATER)
    wrote(world.ada, "Another talk")
    assert draw(world.guild, seed="2", percent=100, by=world.bo.actor, now=LATER).people == 0
    first.audits.update(closed_at=LATER)
    draw(world.guild, seed="3", percent=100, by=world.bo.actor, now=LATER)
    assert sorted(one.entry.title for one in AuditedEntry.objects.all()) == ["A talk", "Another talk"]


def test_at_most_five_entries(world, certified, wrote):
    certified(world.ada)
    for number in range(9):
        wrote(world.ada, f"Talk {number}")
    assert draw(world.guild, seed="1", percent=100, by=world.bo.actor, now=LATER).audits.get().entries.count() == 5


def test_a_targeted_sample_looks_at_what_shows_nothing(world, certified, wrote):
    for person in (world.ada, world.grace):
        certified(person)
    add_evidence(wrote(world.ada), words="Slides", by=world.ada.actor, now=LATER)
    reverse(wrote(world.ada, "Mistaken"), by=world.ada.actor, now=LATER)
    wrote(world.grace)

    bare = draw(world.guild, seed="1", percent=100, grade=Draw.Grade.BARE, by=world.bo.actor, now=LATER)
    word = draw(world.guild, seed="2", percent=100, grade=Draw.Grade.SELF, by=world.bo.actor, now=LATER)

    assert [one.person for one in bare.audits.all()] == [world.grace]
    assert [one.person for one in word.audits.all()] == [world.ada]


@pytest.mark.parametrize(("changes", "code"), [({"seed": " "}, "seed"), ({"percent": 0}, "percent")])
def test_what_cannot_be_drawn(world, changes, code):
    with pytest.raises(Refused) as refused:
        draw(world.guild, **{"seed": "s", "percent": 5, **changes}, by=world.bo.actor, now=LATER)
    assert refused.value.refusal.code == code


def test_only_staff_draw(world):
    for person in (world.ada, world.mallory, world.tess):
        with pytest.raises(Refused, match="Only the body's staff"):
            draw(world.guild, seed="s", percent=5, by=person.actor, now=LATER)


@pytest.mark.parametrize(("said", "size"), [({}, 1), ({"audit_percent": 30}, 3), ({"audit_percent": 100}, 10)])
def test_a_sample_is_as_large_as_the_rules_say(world, certified, wrote, said, size):
    for person in people(world, 10):
        certified(person)
        wrote(person)
    policy = policy_in_force(world.guild, LATER.date())
    Policy.objects.filter(pk=policy.pk).update(parameters=policy.parameters | said)

    assert draw(world.guild, seed="s", by=world.bo.actor, now=LATER).audits.count() == size


def test_rules_that_want_no_audits_draw_nobody_unless_staff_say_how_many(world, certified, wrote):
    certified(world.ada)
    wrote(world.ada)
    policy = policy_in_force(world.guild, LATER.date())
    Policy.objects.filter(pk=policy.pk).update(parameters=policy.parameters | {"audit_percent": 0})

    with pytest.raises(Refused, match="Between 1 and 100 percent"):
        draw(world.guild, seed="s", by=world.bo.actor, now=LATER)
    assert draw(world.guild, seed="s", percent=50, by=world.bo.actor, now=LATER).audits.count() == 1
