"""Guests leave notes, the team answers and decides; every note hangs in exactly one place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import problems, read_plan
from laurels.rooms.kinds.drawing import own, shared, sheet
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Card, Eyes, Hand

ADA, GRACE, LINUS = Hand(1, "Ada", 1), Hand(2, "Grace", 1), Hand(3, "Linus", 2)
VISIT = {"title": "Visit", "allow": ["note", "edit", "withdraw"], "visitors": True, "home": False}
HOME = {"title": "Read", "allow": ["show", "edit", "withdraw", "sort", "answer", "change", "decide"]}
SILENT = VISIT | {"hidden": True}


def raw(*steps):
    return {
        "key": "gallery",
        "title": "Gallery",
        "kind": "feedback",
        "minutes": 15,
        "settings": {
            "sorts": [{"key": "keep", "title": "Keep"}, {"key": "change", "title": "Change"}],
            "choices": [{"key": "go", "title": "Go on"}, {"key": "turn", "title": "Turn"}],
        },
        "step": list(steps) or [VISIT, HOME],
        "taking_part": {"says": "A note or an answer", "any": [{"deed": "note"}, {"deed": "answer"}]},
    }


def begun(*steps, **more):
    play = Play(read_plan(raw(*steps) | more), [(Card("box1", "The front of the box", by=1), "")])
    play.enter(0, [ADA, GRACE])
    return play


def drawn(play, *names):
    return shared(play.kind, names or ["canvas"], play.stage(), Eyes())


def test_a_note_counts_for_the_guest_and_an_answer_for_the_team():
    play = begun()
    note = play.act(LINUS, "note", text="Shorter name", sort="change").cards[0].id
    with pytest.raises(Refused, match="the other teams write here"):
        play.act(ADA, "note", text="We are great", sort="keep")
    play.enter(1)

    play.act(ADA, "answer", card=note, text="Yes")

    assert [play.level(hand) for hand in (LINUS, ADA, GRACE)] == ["met", "met", "none"]


def test_a_later_answer_and_decision_take_the_place_of_earlier_ones():
    play = begun()
    note = play.act(LINUS, "note", text="Why?", sort="keep").cards[0].id
    play.enter(1)
    for text in ("First", "Second"):
        play.act(ADA, "answer", card=note, text=text)
        play.act(ADA, "decide", choice="turn", text=f"Because {text}")

    assert sorted(card.text for card in play.cards.values()) == [
        "Because Second",
        "Second",
        "The front of the box",
        "Why?",
    ]
    assert "Decided: Turn" in drawn(play, "decision")


def test_a_change_flows_on_and_knows_its_note():
    play = begun()
    note = play.act(LINUS, "note", text="Shorter name", sort="change").cards[0].id
    play.enter(1)
    change = play.act(ADA, "change", card=note, text="Call it Swim").cards[0]

    first = play.kind.offers(play.stage())[0]
    assert (change.origin, first.card, first.place) == (note, change.id, "change")
    with pytest.raises(Refused, match="There is a change from this note already"):
        play.act(GRACE, "change", card=note, text="Again")


def test_brought_cards_are_only_shown_and_answered_notes_stay():
    play = begun(VISIT | {"home": True}, HOME, VISIT)
    note = play.act(LINUS, "note", text="Why?", sort="keep").cards[0].id
    with pytest.raises(Refused, match="only shown here"):
        play.act(ADA, "withdraw", card="box1")
    play.enter(1)
    play.act(ADA, "answer", card=note, text="So")
    play.enter(2)
    with pytest.raises(Refused, match="already worked with this note"):
        play.act(LINUS, "withdraw", card=note)


def test_guests_do_not_decide():
    assert problems(raw(VISIT | {"allow": ["note", "decide"]}))[0][0] == "step.0.allow"


def test_hidden_notes_are_seen_by_their_writer_alone_and_nobody_is_named():
    play = begun(SILENT, HOME)
    note = play.act(LINUS, "note", text="<b>Quiet</b>", sort="keep").cards[0].id

    assert "Quiet" not in drawn(play, "canvas", f"note:{note}", "count:keep")
    assert "Quiet" in own(play.kind, play.stage(), LINUS)
    assert "Quiet" not in own(play.kind, play.stage(), ADA)
    assert sheet(play.kind, note, play.stage(), ADA) is None

    play.enter(1)
    assert "&lt;b&gt;Quiet" in drawn(play)
    assert "Linus" not in drawn(play)
    assert "Shorter" not in (sheet(play.kind, note, play.stage(), ADA) or "")


VERBS = ["note", "edit", "withdraw", "sort", "answer", "change", "decide", "show"]
FIELDS = {"note": "ts", "edit": "ct", "withdraw": "c", "sort": "cs", "answer": "ct", "change": "ct", "decide": "ht"}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 9), st.booleans()), max_size=40))
def test_every_card_hangs_in_exactly_one_place_and_every_touched_part_draws(doings):
    play = begun({"title": "All", "allow": VERBS})
    for verb, nth, is_ada in doings:
        given_ = {"c": ("card", [*play.cards][nth % len(play.cards)]), "t": ("text", "x")}
        given_ |= {"s": ("sort", ["keep", "change"][nth % 2]), "h": ("choice", ["go", "turn"][nth % 2])}
        values = dict(given_[each] for each in FIELDS.get(verb, "t"))
        try:
            assert drawn(play, *play.act(ADA if is_ada else GRACE, verb, **values).touched)
        except Refused:
            continue
    state = play.state
    hung = [id_ for ids in [*state.stand.values(), *state.notes.values()] for id_ in ids]
    made = [*state.answers.values(), *state.changes.values(), *([state.reason] if state.reason else [])]
    assert sorted([*hung, *made]) == sorted(play.cards)
