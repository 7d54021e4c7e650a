"""From the open door to the units, by the server's own record."""

from datetime import timedelta

import pytest

from laurels.education.models import LedgerEntry
from laurels.gatherings import actions, queries
from laurels.gatherings.models import Gathering
from laurels.gatherings.tests.conftest import EVENING, TERMS, do, stay
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.programmes.models import Policy
from laurels.rooms import actions as rooms
from laurels.rooms.actions.clockwork import CLOCK
from laurels.rooms.models import Canvas, Participant, Room
from laurels.rooms.queries import coffee_wishes

OVER = EVENING + timedelta(minutes=60)


def minutes(person):
    return [(entry.title, entry.minutes) for entry in LedgerEntry.objects.filter(person=person).order_by("pk")]


def test_minutes_and_one_act_are_units_by_themselves(world, opened, drained):
    gathering, (bo, ada, grace, idle) = opened(world.ada, world.grace, world.tess)
    stay([bo, ada, idle], 59)
    stay([grace], 20)
    do(ada, "propose", text="How do you say no?")
    do(grace, "propose", text="Is velocity of any use?")

    actions.hold(gathering, by=world.bo.actor, now=OVER)
    drained()

    assert minutes(world.ada) == [("Lean Coffee", 59)]
    assert minutes(world.grace) == [("Lean Coffee", 20)]
    # Tess had the tab open and did nothing. Bo led, which is an act of a host; Ada beside him would need one of hers.
    assert minutes(world.tess) == []
    assert minutes(world.bo) == [("Lean Coffee", 59)]
    assert "took part by: leading" in LedgerEntry.objects.get(person=world.bo).evidence_text
    entry = LedgerEntry.objects.get(person=world.ada)
    assert (entry.category, entry.grade, entry.on) == ("events", "system", gathering.on)
    assert entry.evidence_text == "59 min present by the server's record; took part by: propose"


def test_hosting_counts_the_preparation_that_the_policy_says(world, opened, drained):
    Policy.objects.update(parameters={"host_preparation_minutes": 30})
    gathering, (bo, ada) = opened(world.ada)
    gathering.hosts.add(world.tess)
    tess = actions.come_in(gathering, "Tess", person=world.tess, by=world.tess.actor, now=EVENING)
    stay([bo, ada, tess], 45)
    do(ada, "propose", text="x")

    actions.hold(gathering, by=world.bo.actor, now=OVER)
    drained()
    actions.hold(gathering, by=world.bo.actor, now=OVER)
    drained()

    assert minutes(world.bo) == [("Lean Coffee", 45), ("Preparing “Lean Coffee”", 30)]
    # A second host who had the tab open and led nothing has nothing.
    assert minutes(world.tess) == []


def test_two_devices_an_idle_tab_and_nobody_else_earn_nothing_twice(world, opened, drained):
    gathering, (_bo, ada) = opened(world.ada)
    other = rooms.attend(ada.room, "Ada on her laptop", by=ANONYMOUS, now=EVENING)
    same = rooms.attend(ada.room, "Ada", person=world.ada, by=world.ada.actor, now=EVENING)
    assert same == ada
    Participant.objects.filter(pk=other.pk).update(person=world.ada)
    stay([ada, other], 30)
    stay([ada], 30)
    do(ada, "propose", text="x")

    actions.hold(gathering, by=world.bo.actor, now=OVER)
    drained()

    # Nobody but Ada was there: a meeting is two people.
    assert minutes(world.ada) == []

    Participant.objects.filter(pk=other.pk).update(person=None)
    assert queries.people_who_came(gathering) == 2
    assert queries.stays(gathering)[world.ada.pk].minutes == 30


def test_nobody_sits_in_two_meetings_at_once(world, opened, drained):
    first, (bo, ada) = opened(world.ada)
    second, (bo2, ada2) = opened(world.ada, terms=TERMS.__class__(**(TERMS.fields | {"title": "The other"})))
    stay([bo, ada, bo2, ada2], 40)
    stay([bo2, ada2], 10, since=EVENING + timedelta(minutes=40))
    for one in (ada, ada2):
        do(one, "propose", text="x")

    actions.hold(first, by=world.bo.actor, now=OVER)
    actions.hold(second, by=world.bo.actor, now=OVER + timedelta(minutes=1))
    drained()

    assert minutes(world.ada) == [("Lean Coffee", 40), ("The other", 10)]


def test_closing_the_room_from_inside_holds_the_gathering(world, opened, drained, letters):
    gathering, (bo, ada) = opened(world.ada)
    actor = world.bo.actor.hosting(bo.room_id)
    rooms.end_activity(bo.room.activities.get(), by=actor, now=OVER)
    rooms.close_room(bo.room, by=actor, now=OVER)
    drained()

    assert Gathering.objects.get(pk=gathering.pk).state == Gathering.State.HELD
    assert ada.room_id == bo.room_id


def test_the_room_opens_an_hour_before_and_for_hosts_only(world, announced):
    gathering = announced()
    with pytest.raises(Refused, match="an hour before"):
        actions.open_doors(gathering, by=world.bo.actor, now=EVENING - timedelta(minutes=61))
    with pytest.raises(Refused, match="Only hosts"):
        actions.open_doors(gathering, by=world.ada.actor, now=EVENING)
    room = actions.open_doors(gathering, by=world.bo.actor, now=EVENING - timedelta(minutes=60))
    assert actions.open_doors(gathering, by=world.bo.actor, now=EVENING) == room


def test_without_a_leader_it_opens_begins_and_ends_by_itself(world, announced, drained):
    gathering = announced(TERMS.__class__(**(TERMS.fields | {"is_led": False})))
    clock = CLOCK

    actions.tend(by=clock, now=EVENING - timedelta(minutes=16))
    assert not Room.objects.exists()
    actions.tend(by=clock, now=EVENING - timedelta(minutes=15))
    room = Room.objects.get()
    assert (room.moves_itself, room.activities.get().state) == (True, "planned")
    actions.tend(by=clock, now=EVENING)
    assert room.activities.get().state == "running"
    at = EVENING
    for _nth in range(400):
        at += timedelta(minutes=1)
        rooms.move_due(now=at)
    drained()

    assert Room.objects.get().state == "closed"
    assert Gathering.objects.get(pk=gathering.pk).state == Gathering.State.HELD


def test_what_was_forgotten_is_closed(world, opened):
    gathering, _came = opened(world.ada)
    actions.tend(by=world.bo.actor, now=OVER + timedelta(hours=2))
    assert Gathering.objects.get(pk=gathering.pk).state == Gathering.State.OPEN
    actions.tend(by=CLOCK, now=OVER + timedelta(hours=3))
    assert Gathering.objects.get(pk=gathering.pk).state == Gathering.State.HELD


def test_tables_share_topics_and_the_bell_and_come_back(world, opened, drained):
    people = [world.person(f"P{nth} Person") for nth in range(8)]
    gathering, (bo, *came) = opened(*people)
    for nth, one in enumerate(came[:4]):
        do(one, "propose", text=f"Topic {nth}")
    canvas = Canvas.objects.with_activity().get(activity__room=bo.room)
    rooms.go_on(canvas, bo, 2, by=world.bo.actor, now=EVENING)
    keys = list(bo.room.cards.order_by("pk").values_list("key", flat=True))
    for nth, one in enumerate(came):
        do(one, "vote", card=keys[nth % 2])

    opened_rooms = actions.set_tables(
        gathering, 2, by_interest=True, seed=1, by=world.bo.actor, now=EVENING + timedelta(minutes=10)
    )

    at_tables = [Participant.objects.filter(room=room).order_by("name") for room in opened_rooms]
    assert [len(one) for one in at_tables] == [4, 4]
    # Who voted for the first topic sits where it is talked about, and so on.
    assert [{int(one.name[1]) % 2 for one in table} for table in at_tables] == [{0}, {1}]
    ends = {canvas.ends_at for canvas in Canvas.objects.filter(activity__room__in=opened_rooms)}
    assert len(ends) == 1
    sitter = at_tables[0][0]
    do(sitter, "takeaway", text="Say no kindly", now=EVENING + timedelta(minutes=20))
    late = actions.come_in(gathering, "Late", by=ANONYMOUS, now=EVENING + timedelta(minutes=20))
    assert late.room in opened_rooms

    actions.harvest(gathering, by=world.bo.actor, now=EVENING + timedelta(minutes=50))
    assert coffee_wishes(bo.room).takeaways == ["Say no kindly"]
    # Back in one room, an author wants the topic that lay at a table again next time.
    do(came[3], "again", card=keys[3], now=EVENING + timedelta(minutes=51))
    stay([*came, *at_tables[0], *at_tables[1]], 30)
    actions.hold(gathering, by=world.bo.actor, now=OVER)
    drained()

    # At the door and at a table at once is one person once.
    assert minutes(people[0]) == [("Lean Coffee", 30)]
    found = {table.number: record for table, record in queries.records(Gathering.objects.get(pk=gathering.pk))}
    # What went to a table stands there, once, with the votes it had.
    assert sorted(found) == [1, 2]
    at_tables = [*found[1]["topics"], *found[1]["undiscussed"], *found[2]["topics"], *found[2]["undiscussed"]]
    assert [topic["text"] for topic in at_tables if topic.get("may_return")] == ["Topic 3"]
    assert sorted((topic["text"], topic["votes"]) for topic in at_tables) == [
        ("Topic 0", 4),
        ("Topic 1", 4),
        ("Topic 2", 0),
        ("Topic 3", 0),
    ]


def test_in_the_room_whoever_leads_is_told_of_a_crowd_until_it_is_dealt(world, opened, drained, client):
    gathering, _came = opened(*(world.person(f"P{nth} Person") for nth in range(8)))
    client.force_login(world.bo)
    page = client.post(f"/gatherings/{gathering.public_id}/opening").url
    told = client.get(page).content.decode()
    assert "8 people are here: 2 tables of up to 4" in told
    assert f'href="/gatherings/{gathering.public_id}/host#tables-title"' in told

    actions.set_tables(gathering, 2, by_interest=False, seed=1, by=world.bo.actor, now=EVENING)

    assert "people are here" not in client.get(page).content.decode()


def test_who_fits_around_a_table_is_not_called_a_crowd(world, opened, drained, client):
    gathering, _came = opened(*(world.person(f"P{nth} Person") for nth in range(4)))
    client.force_login(world.bo)
    page = client.get(client.post(f"/gatherings/{gathering.public_id}/opening").url).content.decode()
    assert "Leading" in page
    assert "people are here" not in page


def test_guests_keep_their_minutes_until_they_are_members(world, opened, drained, client):
    gathering, (bo, ada) = opened(world.ada)
    signup = actions.sign_up_guest(gathering, "Noor", "noor@people.example", by=ANONYMOUS, now=EVENING)
    noor = actions.come_in(gathering, "Noor", signup=signup, by=ANONYMOUS, now=EVENING)
    stay([bo, ada, noor], 25)
    do(noor, "propose", text="What is a product?")
    actions.hold(gathering, by=world.bo.actor, now=OVER)
    drained()

    letter = Letter.objects.get(key="gathering-ticket")
    assert letter.to == "noor@people.example"
    assert list(LedgerEntry.objects.values_list("person", flat=True)) == [world.bo.pk]


def test_who_came_without_a_place_reads_the_summary_too(world, opened, drained):
    gathering, (bo, _ada) = opened(world.ada)
    actions.sign_up(gathering, world.grace, by=world.grace.actor, now=EVENING)
    do(bo, "propose", text="x")
    actions.hold(gathering, by=world.bo.actor, now=OVER)
    drained()

    told = Letter.objects.filter(key="gathering-summary").order_by("to").values_list("to", flat=True)
    # Grace had a place and did not come.
    assert list(told) == ["ada@people.example", "bo@people.example"]


def test_places_are_kept_for_those_who_have_one_and_given_on_when_they_stay_away(world, announced):
    gathering = announced(TERMS.__class__(**(TERMS.fields | {"capacity": 2})))
    for person in (world.ada, world.grace, world.tess):
        actions.sign_up(gathering, person, by=person.actor, now=world.noon)
    actions.open_doors(gathering, by=world.bo.actor, now=EVENING)
    actions.come_in(gathering, "Ada", person=world.ada, by=world.ada.actor, now=EVENING)
    late = EVENING + timedelta(minutes=11)
    for name, person in (("Tess", world.tess), ("Passer-by", None)):
        with pytest.raises(Refused, match="All places are taken"):
            actions.come_in(gathering, name, person=person, by=ANONYMOUS, now=EVENING)

    # Grace has not come: her place goes to whoever is at the door, and hosts need none.
    assert actions.come_in(gathering, "Tess", person=world.tess, by=world.tess.actor, now=late).person == world.tess
    assert actions.come_in(gathering, "Bo", person=world.bo, by=world.bo.actor, now=late).is_trainer
    with pytest.raises(Refused, match="All places are taken"):
        actions.come_in(gathering, "Passer-by", by=ANONYMOUS, now=late)


def test_the_code_on_the_screen_gives_no_more_places_than_there_are(world, announced, client):
    gathering = announced(TERMS.__class__(**(TERMS.fields | {"capacity": 2})))
    room = actions.open_doors(gathering, by=world.bo.actor, now=EVENING)
    for person in (world.ada, world.grace):
        actions.come_in(gathering, person.name, person=person, by=person.actor, now=EVENING)

    assert f'action="/gatherings/{gathering.public_id}/door"' in client.get(f"/r/{room.code}").content.decode()
    for address in (f"/gatherings/{gathering.public_id}/door", f"/r/{room.code}/participants"):
        page = client.post(address, {"name": "Passer-by"}, follow=True).content.decode()
        assert "It begins in a moment" not in page
    assert {one.person for one in room.participants.taking_part()} == {world.ada, world.grace}


def test_where_nobody_leads_a_crowd_goes_to_tables_by_itself_and_comes_back(world, announced, drained):
    gathering = announced(TERMS.__class__(**(TERMS.fields | {"is_led": False})))
    people = [world.person(f"P{nth} Person") for nth in range(9)]
    actions.tend(by=CLOCK, now=EVENING - timedelta(minutes=10))
    came = [actions.come_in(gathering, one.name, person=one, by=one.actor, now=EVENING) for one in people]
    actions.tend(by=CLOCK, now=EVENING)
    main = came[0].room
    for nth, one in enumerate(came[:4]):
        do(one, "propose", text=f"Topic {nth}")

    at = EVENING
    while Canvas.objects.get(activity__room=main).step < 3:
        at += timedelta(minutes=1)
        rooms.move_due(now=at)
    actions.deal_if_crowded(main, by=CLOCK, now=at)
    assert actions.deal_if_crowded(main, by=CLOCK, now=at) == []
    tables = list(Room.objects.filter(table_of__number__gt=0).order_by("pk"))
    assert [one.participants.count() for one in tables] == [3, 3, 3]

    sitter = tables[0].participants.first()
    do(sitter, "takeaway", text="We manage", now=at)
    while Room.objects.filter(pk__in=[one.pk for one in tables], state="open").exists():
        at += timedelta(minutes=1)
        rooms.move_due(now=at)
        # It rests while they talk: topics are not talked about where nobody is.
        assert Canvas.objects.get(activity__room=main).step == 3
    for table in tables:
        actions.harvest_if_done(table, by=CLOCK, now=at)

    assert coffee_wishes(main).takeaways == ["We manage"]
    assert Canvas.objects.get(activity__room=main).step == 4
    while Room.objects.get(pk=main.pk).state == "open":
        at += timedelta(minutes=1)
        rooms.move_due(now=at)
    drained()
    found = queries.records(Gathering.objects.get(pk=gathering.pk))
    assert [table.number for table, _record in found] == [1, 2, 3]
