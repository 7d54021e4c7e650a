"""Two clicks in the same moment: one profile, one conversation, one block, one case, one ruling."""

import pytest

from laurels.community.actions import block, publish, report, rule_on, save_profile, write_to
from laurels.community.models import Blocking, Case, Conversation, Message, Party, Profile, Report, Ruling
from laurels.community.models.conversations import pair_of
from laurels.community.queries import find_subject
from laurels.community.tests.conftest import put_up
from laurels.credentials.tests.test_race import at_once
from laurels.kernel.refusal import Refused
from tests.world.cast import World

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story():
    return World()


@pytest.fixture
def pair(story):
    for person in (story.ada, story.grace):
        put_up(person, now=story.morning)
    return story.ada, story.grace


def test_one_profile_however_often_save_is_pressed(story):
    ada, actor, now = story.ada, story.ada.actor, story.noon
    answers = at_once(lambda n: save_profile(ada, about=f"{n}", by=actor, now=now), 8)
    assert [type(one) for one in answers] == [Profile] * 8
    publish(Profile.objects.get(), by=actor, now=now)


def test_one_conversation_though_both_write_first(story, pair):
    actors, now = [person.actor for person in pair], story.noon
    answers = at_once(lambda n: write_to(pair[1 - n % 2], f"Number {n}", by=actors[n % 2], now=now), 8)
    assert [type(one) for one in answers] == [Message] * 8
    assert (Conversation.objects.count(), Party.objects.count(), Message.objects.count()) == (1, 2, 8)


def test_the_race_is_real_without_the_locked_rows(story, pair):
    """Positive control: who looks, then writes, finds no conversation many times over; the table's key holds."""
    from threading import Barrier

    looked, pair_key = Barrier(6), pair_of(*pair)

    def careless(n):
        is_new = not Conversation.objects.between(*pair).exists()
        looked.wait()
        return is_new and Conversation.objects.create(
            pair=f"{pair_key}{n}"[:40], begun_by=pair[0], begun_at=story.noon, latest_at=story.noon
        )

    assert sum(isinstance(one, Conversation) for one in at_once(careless, 6)) > 1


def test_limits_hold_under_many_clicks(story, pair):
    actor, now = story.ada.actor, story.noon
    answers = at_once(lambda n: write_to(pair[1], f"Number {n}", by=actor, now=now), 36)
    refused = [one.refusal.code for one in answers if isinstance(one, Refused)]
    assert (Message.objects.count(), refused) == (30, ["enough-now"] * 6)


def test_blocking_and_being_blocked_at_once(story, pair):
    actors, now = [person.actor for person in pair], story.noon
    answers = at_once(lambda n: block(pair[1 - n % 2], by=actors[n % 2], now=now), 8)
    assert [type(one) for one in answers] == [Blocking] * 8
    assert Blocking.objects.count() == 2


def test_one_case_and_one_report_each(story, pair):
    _ = story.guild
    people = [story.person(f"P{n} Person") for n in range(4)]
    mine, now = Profile.objects.get(person=story.ada), story.noon
    found = find_subject("profile", mine.public_id, people[0].actor, now)
    actors = [person.actor for person in people]
    at_once(lambda n: report("profile", mine.public_id, found, "harm", by=actors[n % 4], now=now), 8)
    assert (Case.objects.count(), Report.objects.count()) == (1, 4)


def test_two_of_the_staff_rule_once(story, pair):
    mine, now = Profile.objects.get(person=story.ada), story.noon
    actors = [story.bo.actor, story.olive.actor]
    found = find_subject("profile", mine.public_id, story.grace.actor, now)
    case = report("profile", mine.public_id, found, "harm", by=story.grace.actor, now=now).case
    answers = at_once(lambda n: rule_on(case, ["hide", "none"][n], "Why.", by=actors[n], now=now), 2)
    assert sorted(type(one).__name__ for one in answers) == ["Refused", "Ruling"]
    assert Ruling.objects.count() == 1
