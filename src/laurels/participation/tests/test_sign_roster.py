import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.participation import queries
from laurels.participation.actions import attest, correct_coverage, sign_roster
from laurels.participation.facts import RosterSigned
from laurels.participation.models import Attestation, Line, Roster
from laurels.participation.rules import Draft, Header, seal
from laurels.workshops.models import Workshop

ELIGIBLE, NOT_YET, NOT_ELIGIBLE = Attestation.Decision


def test_the_signature_covers_everybody_ready(held, world):
    roster = held.signed(held.ada, held.grace)
    assert (roster.version, roster.state, roster.body, roster.scheme) == (1, "signed", world.guild, world.scheme)
    line = held.line_of(held.ada)
    assert (line.certificate_name, line.email, line.minutes_present) == ("Ada Lovelace", "ada@people.example", 135)
    assert line.evidence == {"open": 30, "vision": 45, "review": 60}
    assert roster.signature.by == world.tess
    assert queries.is_intact(roster)
    assert Entry.objects.of(RosterSigned).count() == 1


def test_the_digest_is_the_one_that_was_shown(held, world):
    held.decided(held.ada)
    shown = queries.preflight(held.workshop).digest
    roster = sign_roster(held.workshop, seen=shown, by=world.tess.actor, now=world.after_class)
    assert roster.signature.digest == shown


@pytest.mark.parametrize(
    "change",
    [
        {"certificate_name": "Eve"},
        {"email": "eve@people.example"},
        {"minutes_present": 136},
        {"evidence": {"open": 30}},
        {"is_member_already": True},
        {"member_email": "x@y.z"},
    ],
)
def test_a_changed_line_breaks_the_seal(held, change):
    roster = held.signed(held.ada)
    Line.objects.update(**change)
    assert not queries.is_intact(roster)


def test_a_changed_reason_or_a_missing_line_breaks_it_too(held):
    roster = held.signed(held.ada, held.grace)
    Attestation.objects.update(reason="Because.")
    assert not queries.is_intact(roster)
    Attestation.objects.update(reason="")
    assert queries.is_intact(roster)
    held.line_of(held.ada).delete()
    assert not queries.is_intact(roster)


def test_what_everybody_took_part_in_is_signed_with_its_source(held, world):
    board = held.ran("vision-board", {held.ada: "met", held.grace: "met"})
    held.ran("items", {held.ada: "partly"}, position=2, is_required=False)
    correct_coverage(held.grace, board, "partly", reason="Spoke.", by=world.tess.actor, now=world.after_class)
    roster = held.signed(held.ada, held.grace)
    assert held.line_of(held.ada).coverage == {"room": {"vision-board": "met", "items": "partly"}}
    assert held.line_of(held.grace).coverage == {"trainer": {"vision-board": "partly"}, "room": {"items": "none"}}
    assert queries.is_intact(roster)


@pytest.mark.parametrize("coverage", [{}, {"trainer": {"vision-board": "met"}}, {"room": {"vision-board": "partly"}}])
def test_changed_coverage_breaks_the_seal(held, coverage):
    held.ran("vision-board", {held.ada: "met"})
    roster = held.signed(held.ada)
    Line.objects.update(coverage=coverage)
    assert not queries.is_intact(roster)


def test_without_exercises_the_digest_is_the_one_it_always_was():
    """Rosters signed before there were exercises: this digest was computed by the code of that time."""
    line = Draft(
        seat="seat-1",
        certificate_name="Ada Lovelace",
        email="ada@people.example",
        is_member_already=False,
        member_email="",
        minutes_present=135,
        evidence={"open": 30, "vision": 45, "review": 60},
        coverage={},
        decision="eligible",
        reason="",
        decided_by="person-1",
        decided_at="2026-04-16T18:00:00+00:00",
    )
    header = Header(body="commonground", scheme="CSPO", workshop="workshop-1", version=1)
    assert seal(header, [line]) == "5dd90b729a784027f5c953968bfd7637577e9a2547f22aa642232aae7eef0fce"


def test_a_signed_roster_stays_as_it_was_when_more_is_known(held, world):
    roster = held.signed(held.ada)
    held.ran("vision-board", {held.ada: "met"})
    assert queries.is_intact(roster)
    assert (held.line_of(held.ada).coverage, held.ada.coverages.count()) == ({}, 0)


def test_a_list_that_changed_while_it_was_read_is_not_signed(held, world):
    held.decided(held.ada)
    shown = queries.preflight(held.workshop).digest
    held.confirm(held.ada, certificate_name="Ada King")
    with pytest.raises(Refused, match="changed while you were reading"):
        sign_roster(held.workshop, seen=shown, by=world.tess.actor, now=world.after_class)


def test_somebody_undecided_holds_it_up(held, world):
    held.decided(held.ada)
    _ = held.grace
    with pytest.raises(Refused, match="No decision yet: Grace Hopper"):
        sign_roster(held.workshop, by=world.tess.actor, now=world.after_class)


def test_attendance_changed_after_the_decision_holds_it_up(held, world):
    held.decided(held.ada)
    held.note(held.ada, open=10)
    with pytest.raises(Refused, match="Attendance changed after the decision"):
        sign_roster(held.workshop, by=world.tess.actor, now=world.after_class)


def test_without_a_confirmed_name_left_off_and_in_the_next_version(held, world):
    held.there_throughout(held.grace)
    first = held.signed(held.ada)
    assert list(first.lines.values_list("seat", flat=True)) == [held.ada.pk]

    held.confirm(held.grace)
    with pytest.raises(Refused, match="Version 1 is signed and waits"):
        sign_roster(held.workshop, by=world.tess.actor, now=world.after_class)


def test_the_next_version_holds_only_what_is_new(held, world):
    held.there_throughout(held.grace)
    held.submitted(held.ada)
    held.confirm(held.grace)
    second = sign_roster(held.workshop, by=world.tess.actor, now=world.after_class)
    assert (second.version, list(second.lines.values_list("seat", flat=True))) == (2, [held.grace.pk])


def test_a_returned_line_is_amended_by_the_next_version(held, world):
    held.received(held.ada, held.grace)
    held.accept(held.grace)
    returned = held.send_back(held.ada, "Which name is right?")
    held.confirm(held.ada, certificate_name="Ada King")
    second = sign_roster(held.workshop, by=world.tess.actor, now=world.after_class)

    returned.refresh_from_db()
    assert returned.state == Line.State.AMENDED
    assert [line.certificate_name for line in second.lines.all()] == ["Ada King"]
    assert queries.is_intact(returned.roster)


def test_a_returned_line_decided_not_eligible_stays_returned(held, world):
    held.received(held.ada)
    returned = held.send_back(held.ada)
    attest(held.ada, NOT_ELIGIBLE, reason="She left.", by=world.tess.actor, now=world.after_class)
    with pytest.raises(Refused, match="Nobody is ready"):
        sign_roster(held.workshop, by=world.tess.actor, now=world.after_class)
    returned.refresh_from_db()
    assert returned.state == Line.State.RETURNED


def test_signing_twice_makes_one_version(held, world):
    first = held.signed(held.ada)
    assert sign_roster(held.workshop, by=world.tess.actor, now=world.after_class) == first
    assert Roster.objects.count() == 1


def test_nobody_but_a_trainer_of_the_workshop_signs(held, world):
    held.decided(held.ada)
    for person in (world.sam, world.olive, world.bo, world.mallory, world.ada):
        with pytest.raises(Refused, match="Only a trainer"):
            sign_roster(held.workshop, by=person.actor, now=world.after_class)


def test_not_before_it_was_held(held, world):
    held.decided(held.ada)
    Workshop.objects.update(state=Workshop.State.RUNNING)
    with pytest.raises(Refused, match="held"):
        sign_roster(held.workshop, by=world.tess.actor, now=world.after_class)


def test_not_yet_and_not_eligible_are_not_on_it(held, world):
    held.decided(held.ada)
    held.confirm(held.grace, held.alan)
    attest(held.grace, NOT_YET, reason="Day two is missing.", by=world.tess.actor, now=world.after_class)
    attest(held.alan, NOT_ELIGIBLE, reason="Never came.", by=world.tess.actor, now=world.after_class)
    roster = sign_roster(held.workshop, by=world.tess.actor, now=world.after_class)
    assert list(roster.lines.values_list("seat", flat=True)) == [held.ada.pk]
