import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.participation import queries
from laurels.participation.actions import Choice, attest, attest_all, attest_throughout, correct_coverage
from laurels.participation.facts import SeatAttested
from laurels.participation.models import Attestation
from laurels.workshops.models import Workshop

ELIGIBLE, NOT_YET, NOT_ELIGIBLE = Attestation.Decision


def test_eligible_for_somebody_who_was_there(held, world):
    held.there_throughout(held.ada)
    attestation = attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class)
    assert (attestation.decision, attestation.minutes_present, attestation.decided_by) == (ELIGIBLE, 135, world.tess)
    assert Entry.objects.of(SeatAttested).get().payload == {
        "workshop_id": held.workshop.pk,
        "seat_id": held.ada.pk,
        "attestation_id": attestation.pk,
    }


def test_the_same_decision_again_is_the_same_row(held, world):
    held.there_throughout(held.ada)
    first = attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class)
    assert attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class) == first


@pytest.mark.parametrize("decision", [NOT_YET, NOT_ELIGIBLE])
def test_a_no_needs_a_reason(held, world, decision):
    held.there_throughout(held.ada)
    with pytest.raises(Refused, match="Say in one sentence why Ada Lovelace"):
        attest(held.ada, decision, reason="  ", by=world.tess.actor, now=world.after_class)
    assert attest(held.ada, decision, reason="Left on day two.", by=world.tess.actor, now=world.after_class).reason


def test_eligible_below_the_minimum_needs_a_reason(held, world):
    held.note(held.ada, open=30, vision=45, review=59)
    with pytest.raises(Refused, match="134 of 135 minutes"):
        attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class)
    made = attest(held.ada, ELIGIBLE, reason="Made it up.", by=world.tess.actor, now=world.after_class)
    assert (made.minutes_present, made.reason) == (134, "Made it up.")


def test_not_yet_becomes_eligible_after_the_make_up(held, world):
    held.note(held.ada, open=30)
    attest(held.ada, NOT_YET, reason="Missed most.", by=world.tess.actor, now=world.after_class)
    held.there_throughout(held.ada)
    attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class)
    assert list(held.ada.attestations.order_by("pk").values_list("decision", "minutes_present")) == [
        (NOT_YET, 30),
        (ELIGIBLE, 135),
    ]


def test_not_eligible_stands_unless_amended_with_a_reason(held, world):
    held.there_throughout(held.ada)
    attest(held.ada, NOT_ELIGIBLE, reason="Did not take part.", by=world.tess.actor, now=world.after_class)
    with pytest.raises(Refused, match="Say why you change that"):
        attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class)
    amended = attest(held.ada, ELIGIBLE, reason="Mixed up two people.", by=world.tess.actor, now=world.after_class)
    assert amended.decision == ELIGIBLE


def test_an_unknown_decision_is_refused(held, world):
    with pytest.raises(Refused, match="Choose eligible"):
        attest(held.ada, "perhaps", reason="Why not", by=world.tess.actor, now=world.after_class)


def test_only_a_trainer_of_this_workshop(held, world):
    held.there_throughout(held.ada)
    colleague = world.with_role(world.person("Tom Trainer"), "trainer", world.harbour)
    other = world.workshop_with(state=Workshop.State.HELD)
    other.trainers.set([colleague])
    for person in (colleague, world.sam, world.olive, world.bo, world.mallory, world.ada):
        with pytest.raises(Refused, match="Only a trainer of this workshop"):
            attest(held.ada, ELIGIBLE, by=person.actor, now=world.after_class)
    assert Attestation.objects.count() == 0


@pytest.mark.parametrize("state", [Workshop.State.RUNNING, Workshop.State.ANNOUNCED, Workshop.State.CLOSED])
def test_only_once_held_and_not_closed(held, world, state):
    held.changes["state"] = state
    with pytest.raises(Refused, match="once the workshop has been held"):
        attest(held.ada, ELIGIBLE, reason="Surely", by=world.tess.actor, now=world.after_class)


def test_everybody_who_was_there_throughout_at_once(held, world):
    held.there_throughout(held.ada, held.alan)
    held.note(held.grace, open=30, vision=45, review=59)
    made = attest_throughout(held.workshop, by=world.tess.actor, now=world.after_class)
    assert {row.seat_id for row in made} == {held.ada.pk, held.alan.pk}
    assert attest_throughout(held.workshop, by=world.tess.actor, now=world.after_class) == []


def test_many_at_once_are_all_or_nothing(held, world):
    held.there_throughout(held.ada)
    choices = {held.ada.pk: Choice(ELIGIBLE), held.grace.pk: Choice(NOT_YET)}
    with pytest.raises(Refused, match="Grace Hopper"):
        attest_all(held.workshop, choices, by=world.tess.actor, now=world.after_class)
    assert Attestation.objects.count() == 0


def test_a_seat_of_another_workshop_cannot_be_slipped_in(held, world):
    seat = held.seat_of(world.grace, workshop=world.workshop_with(state=Workshop.State.HELD))
    with pytest.raises(Refused, match="no seat in this workshop"):
        attest_all(held.workshop, {seat.pk: Choice(ELIGIBLE, "x")}, by=world.tess.actor, now=world.after_class)


def test_a_signed_decision_stays_until_the_line_is_returned(held, world):
    held.received(held.ada)
    with pytest.raises(Refused, match="stands on the signed roster"):
        attest(held.ada, NOT_ELIGIBLE, reason="Second thoughts", by=world.tess.actor, now=world.after_class)

    held.send_back(held.ada)
    again = attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class)
    assert held.ada.attestations.count() == 2
    assert attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class) == again


def test_eligible_without_a_part_in_a_required_exercise_needs_a_reason(held, world):
    held.there_throughout(held.ada)
    held.ran("vision-board", {held.ada: "none"})
    held.ran("story-map", {held.ada: "partly"}, position=2)
    with pytest.raises(Refused, match="had no part in “Vision board”: say why"):
        attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class)
    made = attest(held.ada, ELIGIBLE, reason="Made it up.", by=world.tess.actor, now=world.after_class)
    assert (made.exercises_missed, made.reason) == (["vision-board"], "Made it up.")


def test_an_exercise_that_is_not_required_asks_for_nothing(held, world):
    held.there_throughout(held.ada)
    held.ran("energiser", {held.ada: "none"}, is_required=False)
    assert attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class).exercises_missed == []


def test_there_throughout_is_nobody_who_missed_an_exercise(held, world):
    held.there_throughout(held.ada, held.grace)
    held.ran("vision-board", {held.ada: "met"})
    made = attest_throughout(held.workshop, by=world.tess.actor, now=world.after_class)
    assert [row.seat_id for row in made] == [held.ada.pk]


def test_a_decision_is_taken_again_when_a_required_exercise_is_lost_or_found(held, world):
    held.there_throughout(held.ada)
    board = held.ran("vision-board", {held.ada: "met"})
    first = attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class)
    for level in ("partly", "none"):
        correct_coverage(held.ada, board, level, reason="I looked again.", by=world.tess.actor, now=world.after_class)
        assert _is_outdated(held) == (level == "none")
    with pytest.raises(Refused, match="had no part in"):
        attest(held.ada, ELIGIBLE, by=world.tess.actor, now=world.after_class)
    again = attest(held.ada, ELIGIBLE, reason="It is enough.", by=world.tess.actor, now=world.after_class)
    assert (again.pk != first.pk, _is_outdated(held)) == (True, False)


def _is_outdated(held):
    return queries.participants(held.workshop)[0].is_decision_outdated
