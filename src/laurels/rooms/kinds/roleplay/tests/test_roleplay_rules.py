"""Groups are dealt, roles go round, notes stay private until they are shared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import drawing, kinds, read_plan
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.roleplay import rules
from laurels.rooms.kinds.roleplay.state import Role, Settings, State
from laurels.rooms.kinds.scene import Eyes, Hand

KIND = kinds()["roleplay"]
ROLES = [
    {"key": "asks", "title": "Asks", "brief": "Ask about the past."},
    {"key": "answers", "title": "Answers", "brief": "You are the customer.", "secret": "Your story:"},
    {"key": "notes", "title": "Notes", "brief": "Write facts.", "notes": True, "spare": True},
]
SETTINGS = Settings(tuple(Role(**role) for role in ROLES))
ALLOWED = ["come_in", "note", "done", "insight", "edit", "withdraw"]
HANDS = [Hand(nth, name, 1) for nth, name in enumerate(("Ana", "Ben", "Chi"), start=1)]


def playing(hands=HANDS):
    plan = {
        "key": "talk",
        "title": "Talk",
        "kind": "roleplay",
        "minutes": 18,
        "settings": {"roles": ROLES, "secrets": ["You missed a lesson last week."]},
        "step": [{"title": f"Round {nth}", "round": nth, "allow": ALLOWED} for nth in (1, 2, 3)]
        + [{"title": "Share", "shared": True, "allow": ["insight", "edit"]}],
        "taking_part": {"says": "Each role", "all": [{"deed": "role", "times": "roles"}]},
    }
    play = Play(read_plan(plan), seed=4)
    play.enter(0, hands)
    return play


def role(play, hand):
    return rules.role_of(hand.id, play.plan.steps[play.step].round, play.state, play.plan.settings)


def holder(play, key):
    return next(hand for hand in HANDS if role(play, hand).key == key)


def test_everybody_plays_each_role_once_in_three_rounds():
    play = playing()
    seen = {hand.id: [] for hand in HANDS}
    for step in range(3):
        play.enter(step, HANDS)
        for hand in HANDS:
            seen[hand.id].append(role(play, hand).key)
            play.act(hand, "done")
    assert {tuple(sorted(keys)) for keys in seen.values()} == {("answers", "asks", "notes")}
    assert [play.level(hand) for hand in HANDS] == ["met"] * 3


def test_secrets_and_notes_are_private_until_notes_are_shared():
    play = playing()
    notes, answers, asks = (holder(play, key) for key in ("notes", "answers", "asks"))
    made = play.act(notes, "note", text="She came twice last week.").cards[0].id
    own = {hand.id: drawing.own(KIND, play.stage(), hand) for hand in HANDS}
    assert "She came twice" in own[notes.id]
    assert "You missed a lesson" in own[answers.id]
    assert "She came twice" not in own[asks.id] + own[answers.id]
    assert "You missed a lesson" not in own[asks.id] + own[notes.id]
    shared = drawing.shared(KIND, ["canvas"], play.stage(), Eyes())
    assert "She came twice" not in shared
    assert "You missed" not in shared
    assert drawing.sheet(KIND, made, play.stage(), asks) is None

    play.enter(3, HANDS)
    assert "She came twice" in drawing.shared(KIND, ["notes"], play.stage(), Eyes())


def test_only_who_notes_writes_notes():
    play = playing()
    with pytest.raises(Refused, match="somebody else takes the notes"):
        play.act(holder(play, "asks"), "note", text="Mine")


def test_who_comes_late_joins_and_gets_a_part():
    play = playing()
    dua = Hand(9, "Dua", 1)
    with pytest.raises(Refused, match="no role in this round"):
        play.act(dua, "done")
    assert "Come into a group" in drawing.own(KIND, play.stage(), dua)
    play.act(dua, "come_in")
    assert role(play, dua).key in {"asks", "answers", "notes"}
    with pytest.raises(Refused, match="in a group already"):
        play.act(dua, "come_in")


@given(st.integers(1, 40), st.integers(0, 99))
def test_every_group_has_somebody_who_asks_and_somebody_who_answers(people, seed):
    groups = rules.dealt(list(range(people)), 3, seed)
    assert sorted(id_ for group in groups for id_ in group) == list(range(people))
    for group in groups:
        assert len(group) in ({people} if people < 3 else {2, 3, 4})
        state = State(groups=groups)
        for number in (1, 2, 3):
            keys = [rules.role_of(id_, number, state, SETTINGS).key for id_ in group]
            assert people == 1 or {"asks", "answers"} <= set(keys)
