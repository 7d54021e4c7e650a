from laurels.journey.queries import body_tracking, tracking, workshop_tracking
from laurels.participation.actions import receive_roster
from laurels.participation.tests.conftest import browser_of


def names(table):
    return [row.way.seat.name for row in table.rows]


def test_a_trainer_sees_everybody_by_name_with_their_dates(world, held):
    held.decided(held.grace, held.ada)
    table = workshop_tracking(held.workshop, world.tess.actor, world.after_class)

    assert names(table) == ["Ada Lovelace", "Grace Hopper"]
    assert [str(title) for title in table.titles][:4] == ["Booked", "Took part", "Name confirmed", "Attested"]
    [waiting] = table.rows[0].open
    assert (waiting.step.key, waiting.step.holder_name, waiting.is_overdue) == ("signed", "Tess Trainer", False)


def test_a_page_holds_fifty_and_the_next_begins_where_it_ended(world, held, monkeypatch):
    monkeypatch.setattr(tracking, "PAGE", 1)
    held.there_throughout(held.ada, held.grace)

    first = workshop_tracking(held.workshop, world.tess.actor, world.after_class)
    second = workshop_tracking(held.workshop, world.tess.actor, world.after_class, first.older)

    assert (names(first), names(second), second.older) == (["Ada Lovelace"], ["Grace Hopper"], "")


def test_the_body_sees_who_waits_longest_first_and_the_certified_last(world, held, monkeypatch):
    held.received(held.ada, held.grace)
    held.certified(held.ada)
    later = type(held)(world)
    receive_roster(later.submitted(later.seat_of(world.mallory)), by=world.bo.actor, now=held.later(days=1))
    everybody = ["Grace Hopper", "Mallory Elsewhere", "Ada Lovelace"]

    assert names(body_tracking(world.bo.actor, held.later(days=9))) == everybody

    monkeypatch.setattr(tracking, "PAGE", 1)
    found, after = [], ""
    for _turn in everybody:
        table = body_tracking(world.bo.actor, held.later(days=9), after=after)
        found, after = found + names(table), table.older
    assert (found, after) == (everybody, "")


def test_the_body_narrows_down_to_a_provider_or_a_workshop(world, held):
    held.submitted(held.ada)

    for asked, found in (
        ({"provider": "harbour"}, ["Ada Lovelace"]),
        ({"provider": "maple-tide"}, []),
        ({"workshop": held.workshop.public_id}, ["Ada Lovelace"]),
        ({"workshop": "nothing"}, []),
    ):
        assert names(body_tracking(world.bo.actor, world.after_class, **asked)) == found


def test_only_its_own_people_see_a_table(world, held):
    held.submitted(held.ada)
    address = f"/desk/workshops/{held.workshop.public_id}/tracking"

    codes = {
        person.name: browser_of(person).get(address).status_code
        for person in (world.tess, world.sam, world.mallory, world.ada)
    }
    assert codes == {"Tess Trainer": 200, "Sam Staff": 200, "Mallory Elsewhere": 404, "Ada Lovelace": 404}
    assert "Ada Lovelace" in browser_of(world.bo).get("/body/tracking").content.decode()
    assert "Ada Lovelace" not in browser_of(world.mallory).get("/body/tracking").content.decode()


def test_three_people_cost_no_more_questions_than_one(world, held, django_assert_max_num_queries):
    held.there_throughout(held.ada)
    tess, bo = browser_of(world.tess), browser_of(world.bo)
    address = f"/desk/workshops/{held.workshop.public_id}/tracking"
    with django_assert_max_num_queries(8) as of_one:
        tess.get(address)

    held.submitted(held.ada, held.grace, held.alan)
    with django_assert_max_num_queries(len(of_one)):
        tess.get(address)
    with django_assert_max_num_queries(8):
        bo.get("/body/tracking")


def test_whoever_holds_a_step_is_led_there_and_not_asked_to_remind_themselves(world, held):
    held.submitted(held.ada)
    [row] = body_tracking(world.bo.actor, held.later(days=9)).rows
    [waiting] = row.open

    assert (waiting.is_overdue, waiting.is_own, waiting.may_nudge) == (True, True, False)
    assert row.own_turn == f"/body/rosters/{held.line_of(held.ada).roster.public_id}"

    [seen_by_the_trainer] = workshop_tracking(held.workshop, world.tess.actor, held.later(days=9)).rows[0].open
    assert (seen_by_the_trainer.is_own, seen_by_the_trainer.may_nudge) == (False, True)
