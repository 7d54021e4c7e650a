"""The poll before class: told by whoever has a seat, seen by those who run the workshop."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.payments.tests.test_order_pages import without_token
from laurels.workshops import facts, queries
from laurels.workshops.actions import book, cancel_seat, tell_expectations
from laurels.workshops.models import Expectation

SAID = {"hopes": "To say no kindly", "knowledge": "works", "role": "owner"}


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: world.morning)


@pytest.fixture
def seat(world):
    return book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)


def tell(seat, *, by=None, now, **changes):
    return tell_expectations(seat, **SAID | changes, by=(by or seat.person).actor, now=now)


def test_told_again_it_changes_in_place_and_the_same_words_change_nothing(world, seat):
    tell(seat, now=world.morning)
    tell(seat, hopes=" To say no kindly ", now=world.noon)
    assert Expectation.objects.get().told_at == world.morning
    assert Entry.objects.of(facts.ExpectationsTold).count() == 1

    tell(seat, hopes="To split stories", note="I am deaf in one ear", now=world.noon)

    assert Expectation.objects.get().hopes == "To split stories"
    assert Entry.objects.of(facts.ExpectationsTold).count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hopes": "  "}, "a few words will do"),
        ({"hopes": "x" * 501}, "at most 500"),
        ({"note": "x" * 501}, "at most 500"),
        ({"knowledge": "guru"}, "one of the answers"),
        ({"role": "king"}, "one of the answers"),
    ],
)
def test_what_is_no_answer_is_refused(world, seat, changes, words):
    with pytest.raises(Refused, match=words):
        tell(seat, **changes, now=world.morning)
    assert not Expectation.objects.exists()


def test_only_whoever_has_the_seat_answers_also_where_it_was_said_before(world, seat):
    tell(seat, now=world.morning)
    for somebody in (world.grace, world.sam, world.tess, world.mallory):
        with pytest.raises(Refused, match="Only whoever has the seat"):
            tell(seat, by=somebody, now=world.noon)


def test_it_is_open_until_the_class_ends(world, seat):
    world.workshop.state = "running"
    world.workshop.save()
    tell(seat, now=datetime(2026, 4, 16, 12, tzinfo=UTC))
    with pytest.raises(Refused, match="class is over"):
        tell(seat, hopes="Late", now=datetime(2026, 4, 17, 12, tzinfo=UTC))
    world.workshop.state = "held"
    world.workshop.save()
    with pytest.raises(Refused, match="class is over"):
        tell(seat, hopes="Late", now=world.after_class)


def test_a_seat_given_back_says_nothing_any_more(world, seat):
    tell(seat, now=world.morning)
    cancel_seat(seat, by=world.ada.actor, now=world.morning)

    assert queries.expected(world.workshop, by=world.tess.actor).answered == 0
    with pytest.raises(Refused, match="given back"):
        tell(seat, hopes="Again", now=world.noon)


def test_names_stand_only_where_people_let_them_and_notes_only_before_trainers(world, seat):
    tell(seat, note="I read lips", now=world.morning)
    tell(
        book(world.workshop, world.grace, by=world.grace.actor, now=world.morning),
        hopes="A map",
        shows_name=True,
        now=world.morning,
    )

    seen = queries.expected(world.workshop, by=world.tess.actor)

    assert (seen.answered, seen.seats) == (2, 2)
    assert [(hope.words, hope.name) for hope in seen.hopes] == [("A map", "Grace Hopper"), ("To say no kindly", "")]
    assert [bar.count for bar in seen.knowledge] == [0, 0, 2, 0]
    assert [(note.name, note.words) for note in seen.notes] == [("Ada Lovelace", "I read lips")]
    assert queries.expected(world.workshop, by=world.sam.actor).notes == []


def test_the_page_takes_answers_and_shows_them_again(world, seat, client):
    client.force_login(world.ada)
    path = f"/workshops/{world.workshop.public_id}/expectations"

    assert client.post(path, {"hopes": ""}).status_code == 422
    assert client.post(path, SAID | {"note": "<b>hi</b>"}).status_code == 303

    page = client.get(path).content.decode()
    assert "To say no kindly" in page
    assert "<b>hi</b>" not in page
    assert "Change my answers" in page


def test_trainers_see_the_board_and_staff_all_but_the_notes(world, seat, client):
    path = f"/desk/workshops/{world.workshop.public_id}/expectations"
    client.force_login(world.tess)
    assert "Nobody has answered yet" in client.get(path).content.decode()
    tell(seat, note="I read lips", now=world.morning)

    trainers = client.get(path).content.decode()
    client.force_login(world.sam)
    staffs = client.get(path).content.decode()

    assert "1 of 1 have answered" in trainers
    assert ("I read lips" in trainers, "I read lips" in staffs) == (True, False)
    assert ("To say no kindly" in staffs, "Ada Lovelace" in staffs) == (True, False)


@pytest.mark.parametrize("noun", ["expectations", "confidence"])
@pytest.mark.parametrize(("desk", "somebody"), [("", "mallory"), ("", "tess"), ("", "sam"), ("/desk", "ada")])
def test_for_outsiders_there_is_nothing(world, seat, client, noun, desk, somebody):
    client.force_login(getattr(world, somebody))

    for send in (client.get, client.post) if not desk else (client.get,):
        foreign = send(f"{desk}/workshops/{world.workshop.public_id}/{noun}")
        nowhere = send(f"{desk}/workshops/0000000000zzzzzzzz/{noun}")
        assert foreign.status_code == nowhere.status_code == 404
        assert without_token(foreign) == without_token(nowhere)


@pytest.mark.parametrize(
    "path", ["/workshops/{}/expectations", "/workshops/{}/confidence", "/desk/workshops/{}/confidence"]
)
def test_strangers_sign_in_first(world, client, path):
    assert client.get(path.format(world.workshop.public_id))["Location"].startswith("/sign-in?next=")


def test_the_board_asks_as_much_for_three_as_for_one(world, seat, client):
    client.force_login(world.tess)

    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(f"/desk/workshops/{world.workshop.public_id}/expectations")
        return len(found)

    tell(seat, now=world.morning)
    one = asked()
    for person in (world.grace, world.bo):
        tell(book(world.workshop, person, by=person.actor, now=world.morning), now=world.morning)

    assert asked() == one <= 7
