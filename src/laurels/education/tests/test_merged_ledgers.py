"""Two accounts of one person become one: their ledgers too, and what counts once still counts once."""

import pytest

from laurels.education import queries
from laurels.education.actions import credit, report
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.people.actions import merge, send_code

SYSTEM = Actor.of_system("test")


def merged(world):
    ada, email = world.ada, world.grace.email
    proof = send_code(email, purpose="add-address", person=ada, by=ada.actor, now=world.morning)
    code = world.code_for(proof)
    return merge(ada, world.grace, proof=proof, code=code, by=ada.actor, now=world.morning)


def coffee(world, person, key):
    fields = {"on": world.today, "minutes": 60, "category": "events", "by": SYSTEM, "now": world.noon}
    return credit(person, "Lean Coffee", source="gatherings", key=key, **fields)


def test_both_ledgers_become_one(world):
    fields = {"on": world.today, "minutes": 90, "category": "learning", "now": world.noon}
    report(world.ada, "A book", by=world.ada.actor, **fields)
    report(world.grace, "A talk", by=world.grace.actor, **fields)
    coffee(world, world.grace, "one")

    merged(world)

    assert queries.ledger_page(world.ada, world.noon).minutes == 240
    assert queries.countable(world.grace) == []


def test_the_same_thing_in_both_is_settled_by_people_first(world):
    coffee(world, world.ada, "one")
    coffee(world, world.grace, "one")

    with pytest.raises(Refused, match="units for the same thing"):
        merged(world)

    assert (
        queries.ledger_page(world.ada, world.noon).minutes == queries.ledger_page(world.grace, world.noon).minutes == 60
    )
