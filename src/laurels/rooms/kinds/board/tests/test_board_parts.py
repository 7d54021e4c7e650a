"""What is drawn of a board: nothing hidden leaks, everything shown is escaped and placed."""

from laurels.rooms.kinds.board.tests.test_board_rules import ADA, EVERYTHING, GRACE, begun
from laurels.rooms.kinds.drawing import own, shared, sheet
from laurels.rooms.kinds.scene import Eyes

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
