"""Fifty people press "accept" in the same moment; one certification comes of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from laurels.credentials.actions import award, invite, redeem_invitation, refuse_experience, validate_experience
from laurels.credentials.models import Certification, Credential, ExperienceRuling, Invitation
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from tests.world.cast import World

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(verb, times):
    """Call ``verb(n)`` from ``times`` threads that start together; what each gave or raised."""
    gate = Barrier(times)

    def one(number):
        try:
            gate.wait()
            return verb(number)
        except (Refused, IntegrityError) as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as crowd:
        return list(crowd.map(one, range(times)))


@pytest.fixture
def story():
    return World()


def test_fifty_parallel_acceptances_give_one_certification(story):
    line = story.accepted_line(story.ada)
    invite(line, by=story.bo.actor, now=story.after_class)
    secret, now = story.invitation_secret_for(line.email), story.after_class

    answers = at_once(
        lambda _n: redeem_invitation(secret, person=None, accepts_licence=True, by=ANONYMOUS, now=now), 50
    )

    assert sum(isinstance(answer, Certification) for answer in answers) == 1
    assert {answer.refusal.code for answer in answers if isinstance(answer, Refused)} == {"invitation-used"}
    assert (Certification.objects.count(), Credential.objects.count()) == (1, 1)


def test_two_lines_of_one_person_give_one_certification(story):
    secrets = []
    for workshop in (story.held, story.workshop_with(state="held")):
        line = story.accepted_line(story.ada, workshop=workshop)
        invite(line, by=story.bo.actor, now=story.after_class)
        secrets.append(story.invitation_secret_for(line.email))
    ada, now = story.ada.actor, story.after_class

    answers = at_once(
        lambda n: redeem_invitation(secrets[n], person=story.ada, accepts_licence=True, by=ada, now=now), 2
    )

    assert [type(answer) for answer in sorted(answers, key=str)].count(Certification) == 1
    assert [answer.refusal.code for answer in answers if isinstance(answer, Refused)] == ["already-certified"]


def test_parallel_awards_share_no_status_entry(story):
    people = [story.person(f"Person {n}", f"p{n}@people.example") for n in range(12)]
    scheme, bo, now = story.scheme, story.bo.actor, story.after_class

    at_once(lambda n: award(people[n], scheme, name="Somebody", on=now.date(), by=bo, now=now), 12)

    entries = list(Credential.objects.values_list("status_list", "status_index"))
    assert (len(entries), len(set(entries)), len({of for of, _index in entries})) == (12, 12, 1)
    assert Credential.objects.first().status_list.entries == 12


def test_the_race_is_real_without_the_locked_row(story):
    """Positive control: who reads, then writes, without the line's lock, finds the invitation open many times over."""
    line = story.accepted_line(story.ada)
    invitation = invite(line, by=story.bo.actor, now=story.after_class)
    looked = Barrier(8)

    def careless(_n):
        is_open = Invitation.objects.get(pk=invitation.pk).redeemed_at is None
        looked.wait()
        return is_open and Invitation.objects.filter(pk=invitation.pk).update(redeemed_at=story.after_class)

    assert at_once(careless, 8).count(1) > 1


def test_many_staff_at_once_rule_once(world, told):
    story = world
    experience = told(story.today.replace(year=2025))
    staff = [story.with_role(story.person(f"Staff {n}", f"s{n}@guild.example"), "staff", story.guild) for n in range(6)]
    actors, now = [one.actor for one in staff], story.after_class

    def rule(n):
        if n % 2:
            return refuse_experience(experience, "Not that role.", by=actors[n], now=now)
        return validate_experience(experience, by=actors[n], now=now)

    answers = at_once(rule, 6)

    [ruling] = ExperienceRuling.objects.all()
    assert [answer for answer in answers if isinstance(answer, ExperienceRuling)] == [ruling] * 3
    assert {answer.refusal.code for answer in answers if isinstance(answer, Refused)} == {"ruled-on"}
