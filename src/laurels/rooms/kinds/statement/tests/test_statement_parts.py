"""What is drawn of statements: drafts stay silent, words are text, every act redraws what it changed."""

from laurels.rooms.kinds.drawing import own, shared, sheet
from laurels.rooms.kinds.scene import Eyes
from laurels.rooms.kinds.statement.tests.test_statement_rules import ADA, GRACE, OPEN, begun, write

SILENT = {"title": "Alone", "allow": ["draft", "withdraw"], "hidden": True}
EVERY_PART = ["canvas", "tally", "sentence:one", "drafts:one", "versions:one", "slot:one:whom"]


def drawn(play, names=("canvas",), eyes=None):
    return shared(play.kind, names, play.stage(), eyes or Eyes())


def draft(play, hand, text):
    return play.act(hand, "draft", statement="one", slot=["whom"], text=[text]).cards[0].id


def test_a_hidden_draft_is_seen_by_its_writer_alone():
    play = begun(SILENT, OPEN)
    card = draft(play, ADA, "Quiet idea")

    assert "Quiet idea" not in drawn(play, EVERY_PART)
    assert "1 person has a draft" in drawn(play, ["tally"])
    assert "Quiet idea" in own(play.kind, play.stage(), ADA)
    assert "Quiet idea" not in own(play.kind, play.stage(), GRACE)
    assert sheet(play.kind, card, play.stage(), GRACE) is None

    play.enter(1)
    assert "Quiet idea" in drawn(play)
    assert "Ada" not in drawn(play)


def test_words_are_text_and_never_markup():
    play = begun()
    write(play, ADA, "<b>Parents</b>")
    write(play, GRACE, "<i>Coaches</i>")

    assert "<b>" not in drawn(play)
    assert "<i>" not in drawn(play)
    assert "&lt;i&gt;Coaches&lt;/i&gt;" in drawn(play)


def test_every_act_redraws_what_it_changed():
    play = begun()
    written = write(play, ADA, "Parents")
    assert "Parents …" in drawn(play, written.touched)

    late = write(play, GRACE, "Coaches")
    assert "1 other wording" in drawn(play, late.touched)

    taken = play.act(ADA, "take", card=late.cards[0].id)
    assert "Coaches …" in drawn(play, taken.touched)

    saved = play.act(ADA, "save", statement="one")
    assert "Version 1" in drawn(play, saved.touched)

    mine = play.act(GRACE, "draft", statement="one", slot=["whom"], text=["Children"])
    assert drawn(play, mine.touched).count("Children") >= 2

    gone = play.act(GRACE, "withdraw", card=mine.cards[0].id)
    assert "Children" not in drawn(play, gone.touched)


def test_a_form_carries_the_revision_it_was_drawn_with():
    play = begun()
    assert 'name="seen" value="0"' in drawn(play, ["slot:one:whom"])

    write(play, ADA, "Parents")

    assert 'name="seen" value="1"' in drawn(play, ["slot:one:whom"])


def test_votes_are_counted_only_when_results_are_open():
    play = begun({**OPEN, "results": False}, {"title": "Result", "allow": ["write"], "results": True})
    card = draft(play, ADA, "Parents")
    play.act(GRACE, "vote", card=card)
    assert "1 vote<" not in drawn(play)

    play.enter(1)

    assert "1 vote<" in drawn(play)


def test_the_presenters_wall_has_no_forms():
    play = begun()
    write(play, ADA, "Parents")
    draft(play, GRACE, "Coaches")

    assert "<form" not in drawn(play, eyes=Eyes(is_presenter=True))
    assert "<form" in drawn(play)


def test_what_the_trainer_hid_is_drawn_nowhere():
    play = begun()
    write(play, ADA, "Parents")
    late = write(play, GRACE, "Something rude").cards[0].id

    stage = play.moderated(late)

    assert "rude" not in shared(play.kind, EVERY_PART, stage, Eyes())
    assert sheet(play.kind, late, stage, ADA) is None
