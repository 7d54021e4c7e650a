import pytest
from django.http import Http404

from laurels.journal.models import Entry
from laurels.journey import facts
from laurels.journey.actions import nudge
from laurels.journey.models import Nudge
from laurels.journey.queries import seat_to_nudge
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.participation.tests.conftest import browser_of


def letters(key="nudge"):
    return list(Letter.objects.filter(key=key).order_by("pk").values_list("to", flat=True))


def test_the_trainer_is_reminded_of_a_decision(world, held):
    held.there_throughout(held.ada)
    nudge(held.ada, "attested", by=world.ada.actor, now=held.later(days=3))

    letter = Letter.objects.get(key="nudge")
    assert (letter.to, letter.subject) == ("tess@people.example", "Ada Lovelace is waiting: Attested")
    assert f"/desk/workshops/{held.workshop.public_id}/tracking" in letter.text
    assert Entry.objects.about(held.workshop.topic).of(facts.Nudged).count() == 1


def test_a_reminder_has_three_days_of_rest(world, held):
    held.there_throughout(held.ada)
    nudge(held.ada, "attested", by=world.ada.actor, now=held.later(days=3))

    with pytest.raises(Refused, match="A reminder went out on 19 April"):
        nudge(held.ada, "attested", by=world.sam.actor, now=held.later(days=5))

    nudge(held.ada, "attested", by=world.sam.actor, now=held.later(days=6))
    assert letters() == ["tess@people.example", "tess@people.example"]


def test_a_step_has_its_days_first(world, held):
    held.there_throughout(held.ada)

    with pytest.raises(Refused, match="this step may take 3 days"):
        nudge(held.ada, "attested", by=world.ada.actor, now=held.later(days=2))


def test_what_is_done_needs_no_reminder(world, held):
    held.decided(held.ada)

    with pytest.raises(Refused, match="Nobody holds this step up"):
        nudge(held.ada, "attested", by=world.ada.actor, now=held.later(days=9))


def test_nobody_reminds_themselves(world, held):
    held.there_throughout(held.ada)

    with pytest.raises(Refused, match="your own turn"):
        nudge(held.ada, "named", by=world.ada.actor, now=held.later(days=9))


def test_the_learner_is_reminded_by_the_trainer(world, held):
    held.there_throughout(held.ada)
    nudge(held.ada, "named", by=world.tess.actor, now=held.later(days=3))

    assert letters() == ["ada@people.example"]


def test_the_body_is_reminded_at_its_desk(world, held):
    _ = world.bo
    held.submitted(held.ada)
    nudge(held.ada, "invited", by=world.tess.actor, now=held.later(days=5))

    assert letters() == ["bo@people.example"]


def test_reminding_of_an_invitation_sends_a_new_link(world, held):
    held.received(held.ada)
    first = held.invited(held.ada)
    nudge(held.ada, "opened", by=world.ada.actor, now=held.later(days=1))

    first.refresh_from_db()
    assert first.withdrawn_at == held.later(days=1)
    assert letters("invitation") == ["ada@people.example", "ada@people.example"]


def test_outsiders_find_no_seat_and_may_not_remind(world, held):
    held.there_throughout(held.ada)

    for person in (world.mallory, world.grace, world.bo):
        with pytest.raises(Http404):
            seat_to_nudge(held.ada.public_id, person.actor)
    with pytest.raises(Refused, match="Only the people of this journey"):
        nudge(held.ada, "attested", by=world.mallory.actor, now=held.later(days=3))


def test_the_body_finds_those_on_its_rosters(world, held):
    held.submitted(held.ada)

    assert seat_to_nudge(held.ada.public_id, world.bo.actor) == held.ada


def test_the_door_leads_back_only_to_our_own_pages(world, held):
    held.there_throughout(held.ada)
    browser = browser_of(world.ada)
    address = f"/journey/{held.ada.public_id}/nudges"

    reply = browser.post(address, {"step": "attested", "back": "https://evil.example/journey"})
    again = browser.post(address, {"step": "attested", "back": "/journey"})

    assert (reply.status_code, reply.url) == (303, "/journey")
    assert again.status_code == 409
    assert Nudge.objects.count() == 1
    assert browser.post(address, {"step": "nonsense"}).status_code == 404
