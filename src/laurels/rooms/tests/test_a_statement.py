"""A statement in a room: two phones write into the same gap, and nobody's words are lost."""

import pytest

from laurels.rooms import actions
from laurels.rooms.models import Card, Contribution
from laurels.rooms.tests.test_a_class import joined, started

GOAL = {
    "key": "product-goal",
    "title": "Product Goal",
    "kind": "statement",
    "minutes": 10,
    "settings": {"slots": [{"key": "whom", "label": "For whom"}], "sentence": "{whom} swim.", "sort": "goal"},
    "step": [
        {"title": "Alone", "allow": ["draft"], "hidden": True},
        {"title": "Together", "allow": ["write", "take", "save"]},
    ],
    "taking_part": {"says": "One gap", "any": [{"deed": "slot", "times": 1}]},
}
SIGN = GOAL | {
    "key": "sprint-goal",
    "title": "Sprint Goal",
    "brings": [{"from": "product-goal", "place": "finished", "into": "whom"}],
}


@pytest.fixture
def goals(world, db):
    blocks = list(world.curriculum.blocks.in_order())
    return actions.open_room(world.workshop, {blocks[0].pk: [GOAL, SIGN]}, by=world.tess.actor, now=world.morning)


def did(world, canvas, participant, verb, **values):
    form = {name: [value] for name, value in values.items()}
    return actions.act(canvas, participant, verb, form, by=world.ada.actor, now=world.morning)


def fill(world, canvas, participant, text):
    return did(world, canvas, participant, "write", statement="one", slot="whom", text=text, seen="0")


def test_two_who_typed_at_once_both_find_their_words_and_the_statement_flows_on(world, goals):
    ada, grace = joined(world, goals, world.ada), joined(world, goals, world.grace)
    activity = started(world, goals, "Product Goal")
    canvas = activity.canvases.get()
    did(world, canvas, ada, "draft", statement="one", slot="whom", text="Everybody")
    actions.enter_step(activity, 1, by=world.tess.actor, now=world.noon)
    fill(world, canvas, ada, "Parents")
    fill(world, canvas, grace, "Coaches")
    did(world, canvas, grace, "save", statement="one")

    cards = Card.objects.order_by("pk").values_list("sort", "text", "fields")
    assert list(cards) == [
        ("draft", "Everybody swim.", {"whom": "Everybody"}),
        ("goal", "Parents swim.", {"whom": "Parents"}),
        ("proposal", "Coaches", {}),
        ("version", "Parents swim.", {"whom": "Parents"}),
    ]
    deeds = Contribution.objects.order_by("pk").values_list("deeds", flat=True)
    assert [one.get("slot") for one in deeds] == [["one.whom"], ["one.whom"]]

    actions.end_activity(activity, by=world.tess.actor, now=world.noon)
    following = started(world, goals, "Sprint Goal").canvases.get()
    assert Card.objects.filter(key__startswith=f"{following.pk}n").values_list("sort", "text").get() == (
        "goal",
        "Parents swim.",
    )
