"""A Lean Coffee of 120 robots: they come in, propose, vote, talk at twelve tables by the clock, and come back."""

from datetime import timedelta
from random import Random

from laurels.education.models import LedgerEntry
from laurels.gatherings import actions as gatherings
from laurels.gatherings.models import Gathering
from laurels.gatherings.queries import records
from laurels.gatherings.tests.conftest import EVENING, ON, STARTS, TERMS
from laurels.journal.worker import drain
from laurels.kernel.refusal import Refused
from laurels.programmes.models import LetterText
from laurels.programmes.rules.letters import LETTERS
from laurels.rooms import actions as rooms
from laurels.rooms.models import Canvas, Participant
from laurels.rooms.queries import desk_of, hand_of

PEOPLE, TABLES = 120, 12


def take_turns(canvas_id, people, luck, now):
    """Each robot of a canvas does one thing, if there is one to do; how many did."""
    canvas = Canvas.objects.with_activity().get(pk=canvas_id)
    done = 0
    for one in people:
        desk = desk_of(canvas)
        turn = desk.kind.turn(desk.stage(), hand_of(one), luck)
        if turn is None:
            continue
        form = {name: [str(value)] for name, value in turn[1].items()}
        try:
            rooms.act(canvas, one, turn[0], form, by=one.person.actor, now=now)
            done += 1
        except Refused:
            pass
        canvas.refresh_from_db()
    return done


def test_a_hundred_and_twenty_people_at_twelve_tables(world):
    _ = world.scheme
    for key in (key for key in LETTERS if key.startswith("gathering-")):
        words = {"subject": key, "text": "{name} {link}\n", "version": 1, "digest": "0" * 64}
        LetterText.objects.create(body=world.guild, key=key, language="en", **words)
    bo, luck = world.bo.actor, Random(7)
    terms = TERMS.__class__(**(TERMS.fields | {"table_size": 10, "board": {"timebox": 5}}))
    gathering = gatherings.announce(world.guild, terms, on=ON, starts=STARTS, by=bo, now=world.noon)
    people = [world.person(f"R{nth:03} Robot") for nth in range(PEOPLE)]
    room = gatherings.open_doors(gathering, by=bo, now=EVENING)
    host = gatherings.come_in(gathering, "Bo", person=world.bo, by=bo, now=EVENING)
    came = [gatherings.come_in(gathering, one.name, person=one, by=one.actor, now=EVENING) for one in people]
    line = rooms.start_activity(room.activities.get(), by=bo.hosting(room.pk), now=EVENING)
    canvas = line.canvases.get()

    assert take_turns(canvas.pk, came, luck, EVENING + timedelta(minutes=2)) == PEOPLE
    rooms.go_on(canvas, host, 2, by=bo, now=EVENING + timedelta(minutes=6))
    assert take_turns(canvas.pk, came, luck, EVENING + timedelta(minutes=7)) == PEOPLE
    at = EVENING + timedelta(minutes=9)
    tables = gatherings.set_tables(gathering, TABLES, by_interest=True, seed=3, by=bo, now=at)

    sitting = {
        table.pk: list(Participant.objects.filter(room=table).select_related("person", "room").by_name())
        for table in tables
    }
    assert [len(each) for each in sitting.values()] == [10] * TABLES
    canvases = {table.pk: Canvas.objects.get(activity__room=table).pk for table in tables}
    # Nine minutes, one at a time: the clock takes topics up and asks at the bell, robots answer.
    for _minute in range(9):
        at += timedelta(minutes=1)
        rooms.note_here([one.pk for each in sitting.values() for one in each], now=at)
        for half in range(3):
            rooms.move_due(now=at + timedelta(seconds=20 * half))
        for table in tables:
            take_turns(canvases[table.pk], sitting[table.pk], luck, at + timedelta(seconds=45))
        rooms.note_here([one.pk for each in sitting.values() for one in each], now=at + timedelta(seconds=30))
    gatherings.harvest(gathering, by=bo, now=at)
    gatherings.hold(gathering, by=bo, now=at + timedelta(minutes=1))
    drain(is_strict=True)

    found = records(Gathering.objects.get(pk=gathering.pk))
    assert len(found) == TABLES
    assert all(record["topics"] for table, record in found if table.number)
    said = [
        topic["text"]
        for table, record in found
        if table.number
        for topic in (*record["topics"], *record["undiscussed"])
    ]
    assert len(said) == PEOPLE
    entries = LedgerEntry.objects.filter(source="gathering")
    assert entries.count() == PEOPLE
    assert set(entries.values_list("minutes", flat=True)) == {9}
