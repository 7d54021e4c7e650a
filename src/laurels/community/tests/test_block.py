"""Shut out, without being told: by page, by address, by words."""

import pytest

from laurels.community import facts
from laurels.community.actions import block, publish, save_profile, take_down, unblock, write_to
from laurels.community.models import Blocking
from laurels.community.tests.conftest import plain
from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused


@pytest.fixture
def both(world, up):
    return up(world.ada), up(world.grace)


def test_the_blocked_see_a_profile_as_if_it_never_was(world, both, browser, clock):
    block(world.grace, by=world.ada.actor, now=world.noon)
    grace = browser(world.grace)
    hers, never = (grace.get(f"/members/{one}") for one in (both[0].public_id, "0" * 18))
    assert (hers.status_code, plain(hers)) == (404, plain(never))
    for door in ("message", "block"):
        there, nowhere = (grace.post(f"/members/{one}/{door}", {"text": "Hi"}) for one in (both[0].public_id, "0" * 18))
        assert (there.status_code, plain(there)) == (404, plain(nowhere))
    assert grace.get(f"/reports/profile/{both[0].public_id}").status_code == 404
    assert browser(world.tess).get(f"/members/{both[0].public_id}").status_code == 200


def no_reply(client, path):
    """What the reader sees, and what they are told when they write all the same."""
    told = client.post(f"{path}/messages", {"text": "Hi"})
    return plain(client.get(path)), told.status_code, plain(told)


def test_a_block_has_the_same_words_as_letters_switched_off(world, both, browser, clock):
    """Positive control inside: without either, the page has a form and the message goes."""
    conversation = write_to(world.ada, "Hello", by=world.grace.actor, now=world.noon).conversation
    path, grace = f"/conversations/{conversation.public_id}", browser(world.grace)
    open_page = plain(grace.get(path))
    assert "<textarea" in open_page

    # Taken down and blocked are alike to the letter; so are the words when only the letters are off.
    take_down(both[0], by=world.ada.actor, now=world.noon)
    down = no_reply(grace, path)
    save_profile(
        world.ada, audience="everybody", is_listed=True, takes_letters=True, by=world.ada.actor, now=world.noon
    )
    publish(both[0], by=world.ada.actor, now=world.noon)
    made = block(world.grace, by=world.ada.actor, now=world.noon)
    blocked = no_reply(grace, path)
    unblock(made, by=world.ada.actor, now=world.noon)
    save_profile(world.ada, takes_letters=False, by=world.ada.actor, now=world.noon)
    off = no_reply(grace, path)

    assert blocked == down
    assert "Ada Lovelace does not take letters at present." in blocked[0]
    link = f'<a href="/members/{both[0].public_id}">Ada Lovelace</a>'
    assert tuple(str(one).replace(link, "Ada Lovelace") for one in off) == tuple(str(one) for one in blocked)


def test_the_refusal_itself_is_one_and_the_same(world, up, both):
    def refusal():
        with pytest.raises(Refused) as no:
            write_to(world.ada, "Hi", by=world.grace.actor, now=world.noon)
        return no.value.refusal.code, str(no.value.refusal), no.value.refusal.field

    made = block(world.grace, by=world.ada.actor, now=world.noon)
    blocked = refusal()
    unblock(made, by=world.ada.actor, now=world.noon)
    up(world.ada, takes_letters=False)
    off = refusal()
    take_down(up(world.ada), by=world.ada.actor, now=world.noon)
    assert blocked == off == refusal()


def test_who_blocks_does_not_write_either_until_it_is_undone(world, both):
    made = block(world.grace, by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="You have blocked Grace Hopper"):
        write_to(world.grace, "Hi", by=world.ada.actor, now=world.noon)
    unblock(made, by=world.ada.actor, now=world.noon)
    write_to(world.grace, "Hi", by=world.ada.actor, now=world.noon)


def test_twice_is_once_and_only_the_blocker_undoes_it(world, both):
    made = block(world.grace, by=world.ada.actor, now=world.noon)
    assert block(world.grace, by=world.ada.actor, now=world.noon) == made
    with pytest.raises(Refused, match="Only whoever blocked"):
        unblock(made, by=world.grace.actor, now=world.noon)
    unblock(made, by=world.ada.actor, now=world.noon)
    unblock(made, by=world.ada.actor, now=world.noon)
    assert not Blocking.objects.exists()
    assert Entry.objects.of(facts.PersonBlocked).count() == Entry.objects.of(facts.BlockRemoved).count() == 1
    with pytest.raises(Refused, match="cannot block yourself"):
        block(world.ada, by=world.ada.actor, now=world.noon)


def test_blocking_by_the_pages(world, both, browser, clock):
    ada = browser(world.ada)
    assert "Nobody." in ada.get("/me/blocks").content.decode()
    assert ada.post(f"/members/{both[1].public_id}/block").headers["Location"] == "/me/blocks"
    assert "Grace Hopper" in ada.get("/me/blocks").content.decode()
    assert "You have blocked" in ada.get(f"/members/{both[1].public_id}").content.decode()
    address = f"/me/blocks/{Blocking.objects.get().public_id}/removal"
    assert browser(world.grace).post(address).status_code == 404
    assert ada.post(address).status_code == 303
    conversation = write_to(world.grace, "Hi", by=world.ada.actor, now=world.noon).conversation
    assert browser(world.grace).post(f"/conversations/{conversation.public_id}/block").status_code == 303
    assert list(Blocking.objects.values_list("blocker", "blocked")) == [(world.grace.pk, world.ada.pk)]
