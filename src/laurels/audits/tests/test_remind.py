"""One letter before the day an answer is due, never a second, none to whoever has answered."""

from datetime import timedelta

import pytest

from laurels.audits.actions import answer, remind, remind_all, rule_on
from laurels.audits.models import Audit, Reminder
from laurels.audits.tests.conftest import LATER
from laurels.education.actions import add_evidence
from laurels.education.models import LedgerEntry
from laurels.journal.worker import drain
from laurels.kernel.actor import Actor
from laurels.mail.models import Letter

WORKER = Actor.of_system("worker")
DUE = LATER + timedelta(days=30)


def night(world, now):
    return remind_all(world.guild, by=WORKER, now=now)


def reminders():
    return Letter.objects.filter(key="audit-reminder")


def test_a_week_before_its_day_an_unanswered_audit_gets_one_letter(world, audit):
    assert night(world, DUE - timedelta(days=8)) == 0
    assert night(world, DUE - timedelta(days=7)) == 1
    for days in (7, 6, 1, 0, -1):
        assert night(world, DUE - timedelta(days=days)) == 0
    letter = reminders().get()
    assert (letter.to, "3 March 2027" in letter.text, f"/audits/{audit.public_id}" in letter.text) == (
        "ada@people.example",
        True,
        True,
    )


def test_a_night_that_did_not_run_is_made_good_until_the_day_itself(world, audit):
    assert (night(world, DUE), night(world, DUE)) == (1, 0)


@pytest.mark.parametrize("days", [1, 30])
def test_when_the_day_is_over_nothing_is_written(world, audit, days):
    assert night(world, DUE + timedelta(days=days)) == 0


def test_whoever_has_answered_is_left_in_peace_and_a_question_has_its_own_day(world, audit):
    add_evidence(LedgerEntry.objects.get(title="A talk"), words="Slides", by=world.ada.actor, now=LATER)
    answer(audit, by=world.ada.actor, now=LATER)
    assert night(world, DUE - timedelta(days=3)) == 0
    rule_on(audit.entries.first(), "ask", "Where?", by=world.bo.actor, now=DUE)
    assert night(world, DUE + timedelta(days=6)) == 0
    assert (night(world, DUE + timedelta(days=8)), night(world, DUE + timedelta(days=9))) == (1, 0)


def test_an_audit_answered_between_looking_and_writing_gets_none(world, audit):
    add_evidence(LedgerEntry.objects.get(title="A talk"), words="Slides", by=world.ada.actor, now=LATER)
    stale = Audit.objects.get()
    answer(audit, by=world.ada.actor, now=LATER)
    assert remind(stale, by=WORKER, now=DUE) is None
    assert not Reminder.objects.exists()


def test_both_sides_see_it_with_its_delivery(world, audit, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: DUE)
    night(world, DUE)
    drain()
    for person, page in ((world.ada, f"/audits/{audit.public_id}"), (world.bo, f"/body/audits/{audit.public_id}")):
        client.force_login(person)
        shown = client.get(page).content.decode()
        assert "audit-reminder" in shown
        assert "delivery-log" in shown
