"""Items are checked by somebody else, and what was split flows on in its parts."""

import tomllib
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import problems, read_plan
from laurels.rooms.kinds.backlog.state import INVEST
from laurels.rooms.kinds.drawing import own, shared, sheet
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.rehearsal import begun, rehearse, take_turns
from laurels.rooms.kinds.scene import Eyes, Hand

ADA, GRACE = Hand(1, "Ada", 1), Hand(2, "Grace", 1)
VERBS = ["item", "refine", "criterion", "drop", "check", "child", "shift", "edit", "withdraw"]
RAW = {
    "key": "items",
    "title": "Items",
    "kind": "backlog",
    "minutes": 20,
    "settings": {},
    "step": [{"title": "Write", "allow": VERBS}],
    "taking_part": {"says": "An item", "all": [{"deed": "item"}]},
}


def item(play, hand=ADA, text="Swap a lesson"):
    return play.act(hand, "item", text=text, outcome="<b>Parents</b> keep their place", criterion="It frees a lane")


@pytest.fixture
def play():
    return Play(read_plan(RAW))


def test_nobody_checks_their_own_item(play):
    card = item(play).cards[0].id
    with pytest.raises(Refused, match="Ask somebody else"):
        play.act(ADA, "check", card=card, tick=list(INVEST))

    assert play.act(GRACE, "check", card=card, tick=list(INVEST)).deeds == (("check", card),)
    assert [offer.place for offer in play.kind.offers(play.stage())] == ["items", "ready"]


def test_what_was_split_flows_on_in_its_parts(play):
    card = item(play).cards[0].id
    child = play.act(GRACE, "child", card=card, text="Swap once", reason="rules").cards[0]

    assert (child.origin, child.fields["outcome"]) == (card, "<b>Parents</b> keep their place")
    assert [offer.card for offer in play.kind.offers(play.stage())] == [child.id]
    with pytest.raises(Refused, match="was split"):
        play.act(ADA, "withdraw", card=card)
    play.act(GRACE, "withdraw", card=child.id)
    assert [offer.card for offer in play.kind.offers(play.stage())] == [card]


def test_criteria_come_and_go_one_by_one(play):
    card = item(play).cards[0].id
    play.act(GRACE, "criterion", card=card, text="A note goes out")
    play.act(ADA, "drop", card=card, text="It frees a lane")

    assert play.cards[card].fields["criteria"] == ["A note goes out"]


def test_words_are_text_and_names_stay_out(play):
    outcome = item(play)
    drawn = shared(play.kind, outcome.touched, play.stage(), Eyes())

    assert "&lt;b&gt;Parents" in drawn
    assert "Ada" not in drawn


@tried(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["up", "down"])), max_size=12))
def test_moving_keeps_every_item(moves):
    play = Play(read_plan(RAW))
    ids = [item(play, text=f"Item {nth}").cards[0].id for nth in range(4)]
    for nth, way in moves:
        play.act(GRACE, "shift", card=ids[nth], way=way)
        assert sorted(play.state.items) == sorted(ids)


def backlogs() -> list[Path]:
    files = sorted((settings.PACKS / "cspo" / "exercises").glob("*.toml"))
    return [file for file in files if tomllib.loads(file.read_text())["kind"] == "backlog"]


def before(raw):
    """The exercise that this one continues, played to its end."""
    files = [file for file in backlogs() if file.stem == raw.get("continues")]
    return [each.play for each in rehearse(read_plan(tomllib.loads(files[0].read_text())))][-1] if files else None


@pytest.mark.parametrize("file", backlogs(), ids=lambda file: file.stem)
def test_four_robots_take_part_without_a_refusal(file):
    raw = tomllib.loads(file.read_text())
    assert problems(raw) == []
    hands = [Hand(nth, f"Robot {nth}", 1) for nth in range(1, 5)]
    play, luck = begun(read_plan(raw), 1, before(raw)), Random(1)
    for number in range(len(play.plan.steps)):
        play.enter(number, hands)
        assert take_turns(play, hands, luck) == []
        assert own(play.kind, play.stage(), hands[0])
        assert all(sheet(play.kind, id_, play.stage(), hands[0]) for id_ in play.state.items)

    assert [play.level(hand) for hand in hands] == ["met"] * 4
    assert play.kind.outline(play.stage())[0].rows
