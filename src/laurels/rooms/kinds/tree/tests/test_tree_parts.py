"""What is drawn of a tree: nothing hidden leaks, everything shown is escaped and hangs in its place."""

from laurels.rooms.kinds.drawing import own, shared, sheet
from laurels.rooms.kinds.scene import Eyes
from laurels.rooms.kinds.tree.tests.test_tree_rules import ADA, EVERYTHING, GRACE, begun, grown

SILENT = {"title": "Alone", "allow": EVERYTHING, "hidden": True}
OPEN = {"title": "Talk", "allow": EVERYTHING}


def test_what_is_written_in_silence_hangs_on_what_everybody_sees():
    play = begun(OPEN, SILENT, OPEN)
    (goal,) = grown(play, ADA, "Full evenings")
    play.enter(1)
    (card,) = grown(play, ADA, "Quiet idea", parent=goal)
    everybody = shared(play.kind, ["canvas", "counts", f"card:{card}", f"card:{goal}"], play.stage(), Eyes())

    assert "Full evenings" in everybody
    assert "Quiet idea" not in everybody
    assert "Quiet idea" in own(play.kind, play.stage(), ADA)
    assert "Quiet idea" not in own(play.kind, play.stage(), GRACE)
    assert sheet(play.kind, card, play.stage(), GRACE) is None
    assert card not in {offer.card for offer in play.kind.offers(play.stage())}

    play.enter(2)
    assert "Quiet idea" in shared(play.kind, ["canvas"], play.stage(), Eyes())


def test_words_are_text_and_never_markup():
    play = begun(OPEN)
    (card,) = grown(play, ADA, "<script>alert(1)</script>")
    stage = play.stage()

    for drawn in (
        shared(play.kind, ["canvas"], stage, Eyes()),
        own(play.kind, stage, ADA),
        sheet(play.kind, card, stage, ADA),
    ):
        assert "<script>" not in drawn
        assert "&lt;script&gt;" in drawn


def test_a_card_says_where_it_hangs():
    play = begun(OPEN)
    goal, one = grown(play, ADA, "Goal", "One")
    (two,) = grown(play, ADA, "Two", parent=goal)

    drawn = shared(play.kind, [f"card:{two}"], play.stage(), Eyes())

    assert f'data-into="c1-branch-{goal}" data-after="c1-card-{one}"' in drawn


def test_a_moderated_card_leaves_its_branch_in_sight():
    play = begun(OPEN)
    _goal, actor, _impact = grown(play, ADA, "Goal", "Rude words", "Impact")

    drawn = shared(play.kind, ["canvas"], play.moderated(actor), Eyes())

    assert "Rude words" not in drawn
    assert "The trainer has hidden this card." in drawn
    assert "Impact" in drawn


def test_votes_are_counted_only_when_results_are_open():
    play = begun({"title": "Vote", "allow": EVERYTHING, "votes": 2}, {"title": "Result", "results": True})
    (goal,) = grown(play, ADA, "Goal")
    touched = play.act(GRACE, "vote", card=goal).touched
    assert "1 vote<" not in shared(play.kind, ["canvas", *touched], play.stage(), Eyes())

    play.enter(1)

    assert "1 vote<" in shared(play.kind, ["canvas"], play.stage(), Eyes())


def test_everything_an_act_touches_can_be_drawn():
    play = begun({**OPEN, "votes": 2})
    goal, actor, impact = grown(play, ADA, "Goal", "Actor", "Impact")
    acts = [
        ("edit", {"card": actor, "text": "Actress"}),
        ("move", {"card": impact, "parent": actor}),
        ("vote", {"card": impact}),
        ("unvote", {"card": impact}),
        ("withdraw", {"card": impact}),
        ("grow", {"parent": goal, "text": "Chef"}),
    ]
    for verb, values in acts:
        touched = play.act(ADA, verb, **values).touched
        drawn = shared(play.kind, touched, play.stage(), Eyes())
        assert all(f'id="c1-{name.replace(":", "-")}"' in drawn for name in touched)
    assert f'<template id="c1-card-{impact}" data-gone></template>' in shared(
        play.kind, [f"card:{impact}"], play.stage(), Eyes()
    )


def test_names_stay_away_from_anonymous_trees_and_from_the_presenter():
    anonymous, named = begun(OPEN), begun(OPEN, names="everybody")
    for play in (anonymous, named):
        grown(play, ADA, "Goal")

    assert "Ada" not in shared(anonymous.kind, ["canvas"], anonymous.stage(), Eyes())
    assert "Ada" in shared(named.kind, ["canvas"], named.stage(), Eyes())
    assert "Ada" not in shared(named.kind, ["canvas"], named.stage(), Eyes(is_presenter=True))


def test_the_product_case_keeps_the_branches():
    play = begun(OPEN)
    grown(play, ADA, "Full evenings", "Regulars", "Bring a friend")

    (section,) = play.kind.outline(play.stage())

    assert section.sections[0].title == "Goal: Full evenings"
    assert section.sections[0].sections[0].points == ("Impact: Bring a friend",)
