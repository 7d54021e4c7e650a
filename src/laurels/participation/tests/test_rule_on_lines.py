import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.participation.actions import (
    accept_line,
    accept_roster,
    attest,
    receive_roster,
    return_line,
    sign_roster,
    submit_roster,
)
from laurels.participation.facts import LineAccepted, LineReturned, RosterSettled
from laurels.participation.models import Line, Roster


def state_of(roster):
    return Roster.objects.get(pk=roster.pk).state


def test_a_roster_is_settled_when_every_line_is_ruled(held, world):
    roster = held.received(held.ada, held.grace)
    accepted = held.accept(held.ada)
    assert (accepted.state, accepted.ruled_by, state_of(roster)) == ("accepted", world.bo, "submitted")

    returned = held.send_back(held.grace, "Was she there on day two?")
    assert (returned.state, returned.return_reason, state_of(roster)) == (
        "returned",
        "Was she there on day two?",
        "settled",
    )
    assert [Entry.objects.of(fact).count() for fact in (LineAccepted, LineReturned, RosterSettled)] == [1, 1, 1]


def test_asking_twice_changes_nothing(held, world):
    held.received(held.ada, held.grace)
    assert held.accept(held.ada) == held.accept(held.ada)
    assert held.send_back(held.grace, "Why?") == held.send_back(held.grace, " Why? ")
    assert Entry.objects.of(LineAccepted).count() == Entry.objects.of(LineReturned).count() == 1
    assert accept_roster(held.line_of(held.ada).roster, by=world.bo.actor, now=world.after_class) == []


def test_a_ruling_stands(held):
    held.received(held.ada, held.grace, held.alan)
    held.accept(held.ada)
    held.send_back(held.grace)
    with pytest.raises(Refused, match="already ruled on: accepted"):
        held.send_back(held.ada)
    with pytest.raises(Refused, match="already ruled on: returned"):
        held.accept(held.grace)
    with pytest.raises(Refused, match="already ruled on: returned"):
        held.send_back(held.grace, "Another reason")


def test_a_return_says_what_to_put_right(held):
    held.received(held.ada)
    with pytest.raises(Refused, match="Say what the trainer has to put right"):
        held.send_back(held.ada, "  ")


def test_accepting_all_takes_only_what_waits(held, world):
    roster = held.received(held.ada, held.grace, held.alan)
    held.send_back(held.ada)
    lines = accept_roster(roster, by=world.bo.actor, now=world.after_class)
    assert [line.certificate_name for line in lines] == ["Alan", "Grace Hopper"]
    assert sorted(Line.objects.values_list("certificate_name", "state")) == [
        ("Ada Lovelace", "returned"),
        ("Alan", "accepted"),
        ("Grace Hopper", "accepted"),
    ]
    assert (Entry.objects.of(LineAccepted).count(), state_of(roster)) == (2, "settled")


def test_only_the_bodys_staff_rules(held, world):
    roster = held.received(held.ada)
    line = held.line_of(held.ada)
    auditor = world.with_role(world.person("Audrey"), "auditor", world.guild)
    other_body = world.with_role(world.person("Otto"), "staff", world.maple)
    for person in (world.tess, world.sam, world.mallory, world.ada, auditor, other_body):
        for ruling in (
            lambda by: accept_line(line, by=by, now=world.after_class),
            lambda by: return_line(line, reason="No", by=by, now=world.after_class),
            lambda by: accept_roster(roster, by=by, now=world.after_class),
        ):
            with pytest.raises(Refused, match="Only the certifying body's staff"):
                ruling(person.actor)
    assert held.line_of(held.ada).state == "received"


def test_not_before_it_was_received(held):
    held.submitted(held.ada)
    with pytest.raises(Refused, match="Receive the roster first"):
        held.accept(held.ada)


def test_the_whole_way_of_a_returned_person(held, world):
    held.received(held.ada)
    held.send_back(held.ada, "Confirm day two, please.")
    attest(held.ada, "eligible", reason="She was there; see the grid.", by=world.tess.actor, now=world.after_class)
    second = sign_roster(held.workshop, by=world.tess.actor, now=world.after_class)
    second = submit_roster(second, by=world.tess.actor, now=world.after_class)
    receive_roster(second, by=world.bo.actor, now=world.after_class)
    held.accept(held.ada)
    assert list(held.ada.lines.order_by("pk").values_list("roster__version", "state")) == [
        (1, "amended"),
        (2, "accepted"),
    ]
