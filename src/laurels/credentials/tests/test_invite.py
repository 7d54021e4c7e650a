from datetime import timedelta

import pytest

from laurels.credentials.actions import ask_again, invite, resend_invitation, withdraw_invitation
from laurels.credentials.models import Invitation
from laurels.kernel.ids import digest
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.participation.models import Line


def test_the_letter_holds_the_secret_and_the_database_only_its_digest(world):
    invitation = invite(world.accepted_line(world.ada), by=world.bo.actor, now=world.after_class)

    secret = world.invitation_secret_for("ada@people.example")
    assert len(secret) == 32
    assert invitation.secret_digest == digest(secret)
    assert invitation.expires_at == world.after_class + timedelta(days=30)


def test_inviting_twice_writes_one_letter(world):
    line = world.accepted_line(world.ada)

    first, second = (invite(line, by=world.bo.actor, now=world.after_class) for _ in range(2))

    assert first == second
    assert Letter.objects.filter(key="invitation").count() == 1


def test_only_the_bodys_staff_invites_and_only_accepted_people(world):
    line = world.accepted_line(world.ada)
    for stranger in (world.sam, world.mallory, world.ada):
        with pytest.raises(Refused, match="Only the certifying body's staff"):
            invite(line, by=stranger.actor, now=world.after_class)

    Line.objects.update(state=Line.State.RECEIVED)
    with pytest.raises(Refused, match="Accept the line first"):
        invite(line, by=world.bo.actor, now=world.after_class)


def test_sending_again_ends_the_old_link(world):
    first = invite(world.accepted_line(world.ada), by=world.bo.actor, now=world.after_class)

    second = resend_invitation(first, by=world.bo.actor, now=world.after_class)

    first.refresh_from_db()
    assert first.withdrawn_at == world.after_class
    assert list(Invitation.objects.open(world.after_class)) == [second]


def test_letters_are_limited_within_a_day(world):
    invitation = invite(world.accepted_line(world.ada), by=world.bo.actor, now=world.after_class)
    for _ in range(2):
        invitation = resend_invitation(invitation, by=world.bo.actor, now=world.after_class)

    with pytest.raises(Refused, match="Several letters"):
        resend_invitation(invitation, by=world.bo.actor, now=world.after_class)

    assert resend_invitation(invitation, by=world.bo.actor, now=world.after_class + timedelta(days=1))


def test_a_withdrawn_link_stays_dead_until_staff_sends_another(world):
    invitation = invite(world.accepted_line(world.ada), by=world.bo.actor, now=world.after_class)
    withdraw_invitation(invitation, by=world.bo.actor, now=world.after_class)

    with pytest.raises(Refused, match="no longer in use"):
        ask_again(invitation, by=world.ada.actor, now=world.after_class)

    assert resend_invitation(invitation, by=world.bo.actor, now=world.after_class).withdrawn_at is None
