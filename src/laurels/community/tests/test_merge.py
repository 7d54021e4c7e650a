"""Two accounts become one: the older profile, every conversation and every block come along."""

import pytest

from laurels.community.actions import block, report, rule_on, unblock, write_to
from laurels.community.models import Blocking, Conversation, Profile
from laurels.community.queries import find_subject, inbox
from laurels.kernel.refusal import Refused
from laurels.people.actions import merge, send_code


@pytest.fixture
def merged(world):
    """``merged()``: Grace's account is brought into Ada's."""

    def one():
        proof = send_code(
            world.grace.email, purpose="add-address", person=world.ada, by=world.ada.actor, now=world.morning
        )
        code = world.code_for(proof)
        merge(world.ada, world.grace, proof=proof, code=code, by=world.ada.actor, now=world.morning)

    return one


def test_the_older_profile_stays(world, up, certified, merged):
    older = up(world.ada, about="Older")
    up(world.grace, about="Newer", shown=[certified(world.grace).number])
    merged()
    assert Profile.objects.get() == older
    assert older.shown.count() == 0


def test_a_single_profile_moves_with_what_it_shows(world, up, certified, merged, browser, clock):
    hers = up(world.grace, shown=[certified(world.grace).number])
    merged()
    assert Profile.objects.get(person=world.ada) == hers
    assert "badge.svg" in browser().get(f"/members/{hers.public_id}").content.decode()


def test_conversations_of_both_stay_readable(world, up, merged):
    for person in (world.ada, world.grace, world.tess):
        up(person)
    write_to(world.tess, "From Ada", by=world.ada.actor, now=world.noon)
    write_to(world.tess, "From Grace", by=world.grace.actor, now=world.noon)
    write_to(world.grace, "To myself", by=world.ada.actor, now=world.noon)
    merged()
    assert [line.other for line in inbox(world.ada, "").lines] == [None, world.tess, world.tess]
    assert inbox(world.tess, "").lines[0].other == world.ada
    again = write_to(world.tess, "As one", by=world.ada.actor, now=world.noon)
    assert again.conversation in Conversation.objects.between(world.ada, world.tess)
    assert Conversation.objects.count() == 3


def test_blocks_come_along_even_between_the_two(world, up, merged, browser, clock):
    mine = up(world.ada)
    for blocker, blocked in ((world.ada, world.grace), (world.grace, world.ada), (world.tess, world.grace)):
        block(blocked, by=blocker.actor, now=world.noon)
    for blocker in (world.ada, world.grace):
        made = block(world.sam, by=blocker.actor, now=world.noon)
    merged()
    ada = browser(world.ada)
    assert ada.get(f"/members/{mine.public_id}").status_code == 200
    assert world.ada.name in ada.get("/members").content.decode()
    up(world.tess)
    with pytest.raises(Refused, match="does not take letters"):
        write_to(world.tess, "Hi", by=world.ada.actor, now=world.noon)
    unblock(Blocking.objects.get(pk=made.pk), by=world.ada.actor, now=world.noon)
    assert not Blocking.objects.filter(blocked=world.sam).exists()


def test_an_exclusion_is_not_shaken_off(world, up, merged):
    hers = up(world.grace)
    found = find_subject("profile", hers.public_id, world.tess.actor, world.noon)
    _ = world.guild
    for who in (world.ada, world.tess):
        case = report("profile", hers.public_id, found, "harm", by=who.actor, now=world.noon).case
    report("profile", hers.public_id, found, "harm", by=world.sam.actor, now=world.noon)
    rule_on(case, "exclude", "Why.", by=world.bo.actor, now=world.noon)
    merged()
    assert not Profile.objects.in_sight(world.noon).filter(person=world.ada).exists()


def test_two_reports_of_one_thing_become_one(world, up, merged):
    theirs = up(world.tess)
    _ = world.guild
    for who in (world.ada, world.grace):
        found = find_subject("profile", theirs.public_id, who.actor, world.noon)
        case = report("profile", theirs.public_id, found, "harm", by=who.actor, now=world.noon).case
    merged()
    assert [one.reporter for one in case.reports.all()] == [world.ada]
