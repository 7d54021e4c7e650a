"""What a team takes home: complete, in order, for those it belongs to, and harmless whatever was written."""

import csv
import io
import json
from datetime import timedelta

import pytest

from laurels.rooms import actions
from laurels.rooms.cases import case_of, document, markdown, paper, table
from laurels.rooms.models import Card
from laurels.rooms.tests.test_a_class import joined, room, seat, started, write  # noqa: F401

ORDER = {
    "key": "order-it",
    "title": "Order it",
    "kind": "ranking",
    "minutes": 10,
    "settings": {"mode": "order"},
    "brings": [{"from": "vision-board", "place": "needs"}],
    "step": [{"title": "Order", "allow": ["add", "move", "explain"]}],
    "taking_part": {"says": "One", "any": [{"deed": "move", "times": 1}]},
}
HOSTILE = "=cmd() | <script>alert(1)</script> # **x** [y](javascript:z)"


@pytest.fixture
def ordered(world, room):  # noqa: F811
    """Ada's team wrote two needs and ordered them."""
    ada = joined(world, room, world.ada)
    actions.make_teams(room, 1, seed=1, by=world.tess.actor, now=world.morning)
    ada.refresh_from_db()
    board = started(world, room)
    for text in (HOSTILE, "A shared table"):
        write(board.canvases.get(), ada, world, text=text, zone="needs")
    board = actions.enter_step(board, 1, by=world.tess.actor, now=world.morning)
    actions.end_activity(board, by=world.tess.actor, now=world.noon)
    line = actions.add_exercise(room, ORDER, after=board, by=world.tess.actor, now=world.noon)
    line = actions.start_activity(line, by=world.tess.actor, now=world.noon)
    second = Card.objects.get(text="A shared table")
    form = {"card": [second.key], "position": ["1"], "reason": ["It teaches us most."]}
    actions.act(line.canvases.get(), ada, "move", form, by=world.ada.actor, now=world.noon)
    actions.end_activity(line, by=world.tess.actor, now=world.noon + timedelta(minutes=5))
    return ada


def test_a_case_holds_what_was_made_and_the_backlog_in_its_order(room, ordered):  # noqa: F811
    case = case_of(room, ordered.team)

    assert [one.exercise for one in case.made] == ["vision-board", "order-it"]
    assert [(item.rank, item.text) for item in case.backlog] == [(1, "A shared table"), (2, HOSTILE)]
    assert case.backlog[0].reasons == ("It teaches us most.",)
    assert "Ada" not in document.write(case)
    assert case_of(room, None).made == ()


def test_words_are_words_in_every_format(room, ordered, world):  # noqa: F811
    case = case_of(room, ordered.team)

    text = markdown.write(case)
    assert "<script>" not in text
    assert "[y](javascript" not in text
    assert "1. **A shared table**" in text
    rows = list(csv.DictReader(io.StringIO(table.write(case).lstrip("\ufeff"))))
    assert rows[1]["Summary"] == f"'{HOSTILE}"
    assert {row["Issue Type"] for row in rows} == {"Story"}
    azure = list(csv.DictReader(io.StringIO(table.write(case, "azure").lstrip("\ufeff"))))
    assert azure[0]["Title"] == "A shared table"
    data = json.loads(document.write(case))
    assert (data["version"], data["backlog"][1]["text"]) == (1, HOSTILE)
    assert paper.write(case, at=world.noon).startswith(b"%PDF-1.7")


def test_hidden_cards_stay_out(room, ordered, world):  # noqa: F811
    actions.hide_card(Card.objects.get(text=HOSTILE), by=world.tess.actor, now=world.noon)

    assert "script" not in document.write(case_of(room, ordered.team))


def test_it_stays_on_the_learners_page(room, ordered, world, client):  # noqa: F811
    client.force_login(world.ada)
    address = f"/seats/{ordered.seat.public_id}/work"
    page = client.get(address).content.decode()
    assert "A shared table" in page
    assert "<script>alert" not in page
    for kind, start in (("md", b"# Team 1"), ("pdf", b"%PDF"), ("json", b"{"), ("csv", b"\xef\xbb\xbfIssue")):
        answer = client.get(f"{address}.{kind}")
        assert answer.content.startswith(start)
        assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{address}.exe").status_code == 404


def test_others_find_nothing_there(room, ordered, world, client):  # noqa: F811
    address = f"/seats/{ordered.seat.public_id}/work"
    client.force_login(world.grace)
    foreign, never = client.get(address), client.get("/seats/neverwas/work")
    assert (foreign.status_code, never.status_code) == (404, 404)
    assert client.get(f"/desk/rooms/{room.public_id}/cases/1").status_code == 404
    assert client.get(f"/rooms/{room.public_id}/work").status_code == 404
    client.force_login(world.tess)
    assert "A shared table" in client.get(f"/desk/rooms/{room.public_id}/cases/1").content.decode()
    assert client.get(f"/desk/rooms/{room.public_id}/cases/7").status_code == 404


def test_a_page_costs_the_same_however_much_was_made(
    room,  # noqa: F811
    ordered,
    world,
    client,
    django_assert_max_num_queries,
):
    client.force_login(world.ada)
    address = f"/seats/{ordered.seat.public_id}/work"
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_an_empty_page_says_what_will_stand_there(world, client, room):  # noqa: F811
    mine = seat(world, world.ada)
    client.force_login(world.ada)
    assert "In the class you work with your team" in client.get(f"/seats/{mine.public_id}/work").content.decode()
