import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.participation.actions import receive_roster, submit_roster
from laurels.participation.facts import RosterReceived, RosterSubmitted
from laurels.participation.models import Line, Roster, Submission


def test_a_signed_roster_goes_to_the_body_once(held, world):
    roster = held.signed(held.ada)
    submit_roster(roster, by=world.sam.actor, now=world.after_class)
    submitted = submit_roster(roster, by=world.tess.actor, now=world.after_class)
    assert (submitted.state, Submission.objects.get().by) == (Roster.State.SUBMITTED, world.sam)
    assert Entry.objects.of(RosterSubmitted).count() == 1


def test_the_provider_of_another_workshop_cannot_submit(held, world):
    roster = held.signed(held.ada)
    for person in (world.mallory, world.bo, world.ada):
        with pytest.raises(Refused, match="Only this workshop's trainers"):
            submit_roster(roster, by=person.actor, now=world.after_class)


def test_lines_that_no_longer_match_the_signature_stay_here(held, world):
    roster = held.signed(held.ada)
    Line.objects.update(certificate_name="Eve")
    with pytest.raises(Refused, match="no longer match their signature"):
        submit_roster(roster, by=world.tess.actor, now=world.after_class)


def test_the_body_receives_every_line_once(held, world):
    roster = held.submitted(held.ada, held.grace)
    receive_roster(roster, by=world.bo.actor, now=world.after_class)
    receive_roster(roster, by=world.bo.actor, now=world.after_class)
    assert list(roster.lines.values_list("state", flat=True)) == ["received", "received"]
    assert Entry.objects.of(RosterReceived).count() == 1


def test_only_the_bodys_staff_receives_and_only_what_was_submitted(held, world):
    roster = held.signed(held.ada)
    with pytest.raises(Refused, match="not been submitted"):
        receive_roster(roster, by=world.bo.actor, now=world.after_class)
    submit_roster(roster, by=world.tess.actor, now=world.after_class)
    auditor = world.with_role(world.person("Audrey"), "auditor", world.guild)
    for person in (world.tess, world.sam, world.mallory, auditor):
        with pytest.raises(Refused, match="Only the certifying body's staff"):
            receive_roster(roster, by=person.actor, now=world.after_class)
