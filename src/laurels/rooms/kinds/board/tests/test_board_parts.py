"""What is drawn of a board: nothing hidden leaks, everything shown is escaped and placed."""

from laurels.rooms.kinds.board.tests.test_board_rules import ADA, EVERYTHING, GRACE, begun, plan
from laurels.rooms.kinds.drawing import own, shared, sheet
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Card, Eyes, Offer

SILENT = {"title": "Write", "allow": ["write", "edit"], "hidden": True}
OPEN = {"title": "Talk", "allow": EVERYTHING}


def test_a_hidden_card_is_seen_by_its_writer_alone():
    play = begun(SILENT, OPEN)
    card = play.act(ADA, "write", text="Quiet idea").cards[0].id
    everybody = shared(play.kind, ["canvas", f"card:{card}", "count:needs"], play.stage(), Eyes())

    assert "Quiet idea" not in everybody
    assert "1 card" in everybody
    assert "Quiet idea" in own(play.kind, play.stage(), ADA)
    assert "Quiet idea" not in own(play.kind, play.stage(), GRACE)
    assert sheet(play.kind, card, play.stage(), GRACE) is None

    play.enter(1)
    assert "Quiet idea" in shared(play.kind, ["canvas"], play.stage(), Eyes())


def test_words_are_text_and_never_markup():
    play = begun(OPEN)
    play.act(ADA, "write", text="<script>alert(1)</script>")

    drawn = shared(play.kind, ["canvas"], play.stage(), Eyes())

    assert "<script>" not in drawn
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in drawn


def test_a_card_says_where_it_goes():
    play = begun(OPEN)
    one, two = (play.act(ADA, "write", text=text).cards[0].id for text in "ab")

    drawn = shared(play.kind, [f"card:{two}"], play.stage(), Eyes())

    assert f'id="c1-card-{two}"' in drawn
    assert f'data-into="c1-zone-needs" data-after="c1-card-{one}"' in drawn


def test_what_is_gone_is_said_to_be_gone():
    play = begun(OPEN)
    card = play.act(ADA, "write", text="Oops").cards[0].id
    touched = play.act(ADA, "withdraw", card=card).touched

    assert f'<template id="c1-card-{card}" data-gone></template>' in shared(play.kind, touched, play.stage(), Eyes())


def test_votes_are_counted_only_when_results_are_open():
    play = begun({"title": "Vote", "allow": ["write", "vote"], "votes": 2}, {"title": "Result", "results": True})
    card = play.act(ADA, "write", text="Best").cards[0].id
    play.act(GRACE, "vote", card=card)
    assert "1 vote<" not in shared(play.kind, ["canvas"], play.stage(), Eyes())

    play.enter(1)

    assert "1 vote<" in shared(play.kind, ["canvas"], play.stage(), Eyes())


def test_what_flows_in_lies_open_while_people_write_in_silence():
    play = Play(plan(SILENT), [(Card("old", "The chosen problem", by=2), "")])
    play.enter(0, [ADA, GRACE])
    new = play.act(ADA, "write", text="Quiet idea").cards[0].id

    drawn = shared(play.kind, ["canvas", f"card:{new}"], play.stage(), Eyes())

    assert "The chosen problem" in drawn
    assert "Quiet idea" not in drawn
    assert "The chosen problem" not in own(play.kind, play.stage(), GRACE)


def test_the_solution_says_where_a_card_belongs_and_why():
    cards = [{"text": "Sell out", "belongs": "goals", "why": "It pays."}, {"text": "Sit", "belongs": "needs"}]
    play = begun({"title": "Sort", "allow": ["place"]}, {"title": "Look", "solution": True}, given=cards, tray="needs")
    assert "Belongs to" not in shared(play.kind, ["canvas"], play.stage(), Eyes())

    play.enter(1)

    drawn = shared(play.kind, ["canvas"], play.stage(), Eyes())
    assert "Belongs to: Goals</span> It pays." in drawn
    assert drawn.count("Yes, here") == 1


def test_later_exercises_get_the_wanted_corner_of_a_plane_first():
    axes = {
        "x": {"title": "Evidence", "low": "none", "high": "proven"},
        "y": {"title": "Importance", "low": "nice", "high": "vital"},
    }
    play = begun(axes=axes, best=[{"place": "riskiest", "x": "low", "y": "high"}])
    spots = {"safe": (9, 9), "risky": (1, 9), "idle": (2, 1)}
    ids = {text: play.act(ADA, "write", text=text, x=x, y=y).cards[0].id for text, (x, y) in spots.items()}

    offered = [offer for offer in play.kind.offers(play.stage()) if offer.place == "riskiest"]

    assert offered == [Offer(ids[text], "riskiest") for text in ("risky", "safe", "idle")]


def test_zones_take_drops_only_while_placing_is_allowed():
    play = begun(OPEN, {"title": "Choose", "allow": ["vote"], "votes": 2})
    drawn = shared(play.kind, ["canvas"], play.stage(), Eyes())
    assert """data-drop="place" data-drop-values='{"zone": "needs"}' data-drop-before="before\"""" in drawn

    play.enter(1)
    assert "data-drop" not in shared(play.kind, ["canvas"], play.stage(), Eyes())
