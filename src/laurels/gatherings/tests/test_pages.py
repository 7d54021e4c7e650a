"""Pages as browsers see them: what comes, one's place, the host's desk, groups, boards."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from icalendar import Calendar

from laurels.education.models import LedgerEntry
from laurels.gatherings import actions, queries
from laurels.gatherings.models import Board, Gathering, SignUp, Ticket
from laurels.gatherings.tests.conftest import EVENING, ON, STARTS, TERMS, do, stay
from laurels.kernel.actor import ANONYMOUS, Actor
from laurels.library.models import Article
from laurels.mail.models import Letter
from laurels.rooms import actions as rooms
from laurels.rooms.models import Participant, Room

SIZES = {"minutes": "60", "table_size": "8", "votes": "2", "timebox": "5", "rounds_most": "3"}
WORDS = {"title": "Lean Coffee", "zone": "europe/lisbon", **SIZES}
WORKER = Actor.of_system("worker")


@pytest.fixture(autouse=True)
def _fresh_tries():
    cache.clear()


@pytest.fixture
def at(monkeypatch):
    """``at(moment)``: requests come then."""
    return lambda moment: monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def text(answer):
    return answer.content.decode()


def test_nothing_yet_says_so_and_offers_a_board(client, db):
    page = text(client.get("/gatherings"))
    assert "Nothing is announced at the moment" in page
    assert "/boards/new" in page
    assert client.get("/gatherings/new").status_code == 302


def test_a_visitor_signs_up_as_a_guest_and_off_by_the_letter(world, announced, at, client, drained):
    gathering = announced()
    at(world.noon)
    page = f"/gatherings/{gathering.public_id}"
    assert "Lean Coffee" in text(client.get("/gatherings"))
    assert "Come along" in text(client.get(page))
    assert client.post(f"{page}/signups", {"name": "Noor", "email": "nope"}).status_code == 422

    client.post(f"{page}/signups", {"name": "Noor", "email": "noor@people.example", "shows_name": "on"})
    drained()

    assert "Noor" in text(client.get(page))
    own = Letter.objects.get().text.split()[-1].rpartition("/signups/")[2]
    assert "https://meet.example/coffee" in text(client.get(f"/signups/{own}"))
    assert "https://meet.example/coffee" not in text(client.get(page))
    client.post(f"/signups/{own}/cancellation")
    assert SignUp.objects.get().state == "cancelled"


def test_nobody_sees_the_place_of_somebody_else(world, announced, at, client):
    at(world.noon)
    signup = actions.sign_up(announced(), world.ada, by=world.ada.actor, now=world.noon)
    client.force_login(world.grace)
    assert client.get(f"/signups/{signup.public_id}").status_code == 404
    assert client.post(f"/signups/{signup.public_id}/cancellation").status_code == 404


def test_staff_announce_a_series_from_one_form(world, at, client, letters):
    _ = world.bo
    at(world.noon)
    client.force_login(world.bo)
    assert "Announce it" in text(client.get("/gatherings/new"))
    refused = client.post("/gatherings/new", WORDS | {"on": "2026-03-01", "starts": "18:00", "rhythm": "once"})
    assert (refused.status_code, "This time is over" in text(refused)) == (422, True)

    made = client.post(
        "/gatherings/new", WORDS | {"on": "2026-03-12", "starts": "18:00", "rhythm": "monthly"}, follow=True
    )

    assert "Every second Thursday of the month, 18:00 (Europe/Lisbon)" in text(made)
    assert Gathering.objects.count() == 3
    series = Gathering.objects.all()[0].series
    calendar = Calendar.from_ical(client.get(f"/series/{series.public_id}/calendar.ics").content)
    assert [event["summary"] for event in calendar.walk("VEVENT")] == ["Lean Coffee"] * 3
    client.post(f"/series/{series.public_id}/end")
    assert "no more dates" in text(client.get(f"/series/{series.public_id}"))


def test_hosts_change_open_and_close(world, announced, at, client, drained):
    gathering = announced()
    desk = f"/gatherings/{gathering.public_id}"
    client.force_login(world.ada)
    at(EVENING)
    assert client.get(f"{desk}/host").status_code == 404
    client.force_login(world.bo)
    at(world.noon)
    assert "an hour before" in text(client.get(f"{desk}/host"))
    client.post(f"{desk}/details", WORDS | {"title": "Coffee!", "on": "2026-03-12", "starts": "18:00"})
    assert "Coffee!" in text(client.get(desk))
    at(EVENING)

    room = client.post(f"{desk}/opening", follow=True)

    assert "Begin</button>" in text(room)
    assert "1 person is in the room" not in text(client.get(f"{desk}/host"))
    client.post(f"{desk}/closing")
    drained()
    assert "Nothing was written down" in text(client.get(desk))


def test_a_host_lets_somebody_host_as_well(world, announced, at, client):
    gathering = announced()
    at(world.noon)
    signup = actions.sign_up(gathering, world.ada, by=world.ada.actor, now=world.noon)
    desk = f"/gatherings/{gathering.public_id}/host"
    client.force_login(world.grace)
    assert client.post(desk.replace("/host", "/hosts"), {"signup": signup.public_id}).status_code == 404
    client.force_login(world.bo)
    assert "Let them host too" in text(client.get(desk))
    client.post(desk.replace("/host", "/hosts"), {"signup": signup.public_id})

    client.force_login(world.ada)
    assert client.get(desk).status_code == 200
    at(EVENING)
    client.post(desk.replace("/host", "/opening"))
    assert Participant.objects.get(person=world.ada).is_trainer


def test_how_long_it_goes_on_is_chosen_in_the_form(world, at, client, letters):
    at(world.noon)
    client.force_login(world.bo)
    given = WORDS | {"on": f"{ON:%Y-%m-%d}", "starts": "18:00", "rhythm": "once", "is_led": "on"}
    refused = client.post("/gatherings/new", given | {"extensions": "3, long"})
    assert (refused.status_code, "such as 3, 2" in text(refused)) == (422, True)
    assert client.post("/gatherings/new", given | {"extensions": "3, 99"}).status_code == 422
    client.post("/gatherings/new", given | {"extensions": "4, 2, 1", "rounds_most": "5"})

    gathering = Gathering.objects.get()
    room = actions.open_doors(gathering, by=world.bo.actor, now=EVENING)
    settings = room.activities.get().plan["settings"]
    assert (settings["extensions"], settings["rounds_most"]) == ([4, 2, 1], 5)
    assert 'value="4, 2, 1"' in text(client.get(f"/gatherings/{gathering.public_id}/details"))


def test_a_cancelled_one_says_why(world, announced, at, client):
    gathering = announced()
    at(world.noon)
    client.force_login(world.bo)
    desk = f"/gatherings/{gathering.public_id}"
    assert client.post(f"{desk}/cancellation", {"reason": ""}).status_code == 409
    client.post(f"{desk}/cancellation", {"reason": "The host is ill."})
    answer = client.get(desk)
    assert (answer.status_code, "The host is ill." in text(answer)) == (410, True)
    calendar = Calendar.from_ical(client.get(f"{desk}/calendar.ics").content)
    assert (calendar["method"], calendar.walk("VEVENT")[0]["status"]) == ("CANCEL", "CANCELLED")


def test_what_came_of_it_in_three_formats(world, opened, client, drained):
    gathering, (bo, ada) = opened(world.ada)
    do(ada, "propose", text="=cmd()")
    actions.hold(gathering, by=world.bo.actor, now=EVENING + timedelta(hours=1))
    drained()
    page = f"/gatherings/{gathering.public_id}"

    assert "=cmd()" in text(client.get(page))
    assert "'=cmd()" in text(client.get(f"{page}/record.csv"))
    assert "Not talked about" in text(client.get(f"{page}/record.md"))
    assert client.get(f"{page}/record.json").json()["tables"][0]["undiscussed"][0]["text"] == "=cmd()"
    assert bo.is_trainer


def test_three_gatherings_cost_no_more_queries_than_one(world, announced, at, client, django_assert_max_num_queries):
    announced()
    at(world.noon)
    client.get("/gatherings")
    with django_assert_max_num_queries(4):
        client.get("/gatherings")
    for nth in (2, 3):
        gathering = announced(TERMS.__class__(**(TERMS.fields | {"title": f"No {nth}"})))
    with django_assert_max_num_queries(4):
        client.get("/gatherings")
    with django_assert_max_num_queries(8):
        client.get(f"/gatherings/{gathering.public_id}")


def test_a_guest_becomes_a_member_and_takes_the_minutes(world, opened, at, client, drained):
    gathering, (bo, ada) = opened(world.ada)
    at(EVENING)
    page = f"/gatherings/{gathering.public_id}"
    client.post(f"{page}/door", {"name": "Noor"})
    noor = Room.objects.get().participants.get(name="Noor")
    stay([bo, ada, noor], 25)
    do(noor, "propose", text="What is a product?")
    over = EVENING + timedelta(hours=1)
    actions.hold(gathering, by=world.bo.actor, now=over)
    drained()
    at(over)
    assert "Keep your minutes" in text(client.get(page))
    ticket = client.post(f"{page}/tickets").headers["Location"]
    assert "Keep the address of this page" in text(client.get(ticket))

    person = world.person("Noor Said")
    client.force_login(person)
    assert "Once you are a member" in text(client.get(ticket))
    assert client.post(ticket).status_code == 409
    joined = over + timedelta(days=200)
    person.memberships.create(body=world.guild, activated_at=joined)
    at(joined + timedelta(days=31))
    client.force_login(person)
    assert client.post(ticket).status_code == 409
    at(joined + timedelta(days=29))
    client.force_login(person)
    client.post(ticket)
    client.post(ticket)

    assert [entry.minutes for entry in LedgerEntry.objects.filter(person=person)] == [25]
    client.force_login(world.grace)
    assert client.post(ticket).status_code == 409


def test_groups_are_begun_joined_and_helped(world, at, client, drained):
    _ = world.guild
    at(world.noon)
    client.force_login(world.ada)
    assert "Begin a group" in text(client.get("/groups"))
    group = client.post("/groups/new", {"name": "Lisbon", "kind": "place", "place": "Lisbon"}).headers["Location"]
    client.force_login(world.grace)
    client.post(f"{group}/membership")
    assert client.post(f"{group}/helps", {}).status_code == 422
    hours = {"person": world.ada.public_id, "what": "Tidied up", "on": "2026-03-01", "hours": "1.5"}
    assert client.post(f"{group}/helps", hours).status_code == 422
    client.force_login(world.ada)
    assert client.post(f"{group}/helps", hours).status_code == 422

    client.post(f"{group}/helps", hours | {"person": world.grace.public_id})
    client.post(f"{group}/helps", hours | {"person": world.grace.public_id})
    drained()

    entry = LedgerEntry.objects.get()
    assert (entry.person, entry.minutes, entry.category, entry.grade) == (world.grace, 90, "volunteering", "cosigned")
    assert client.post(f"{group}/membership", {"leave": "1"}).status_code == 409
    client.post(f"{group}/organisers", {"person": world.grace.public_id})
    client.post(f"{group}/membership", {"leave": "1"})
    assert "1 person" in text(client.get("/groups"))


def test_a_board_without_an_account_is_kept_or_goes(world, at, client):
    at(world.noon)
    room = client.post("/boards/new", {"title": "Team", "name": "Noor"}, follow=True)
    assert "Begin</button>" in text(room)
    board = Board.objects.select_related("room").get()
    home = f"/boards/{board.room.public_id}"
    assert "goes on 1 April 2026" in text(client.get(home))
    client.post(f"/rooms/{board.room.public_id}/start")
    do(board.room.participants.get(), "propose", text="x", now=world.noon)

    # What is closed on the board is closed as a file and on its page.
    assert client.get(f"{home}/record.json").json()["tables"] == []
    assert "Nothing was written down yet" in text(client.get(home))
    assert "Talk" not in text(client.get(f"/rooms/{board.room.public_id}/work.md"))
    client.post(f"/rooms/{board.room.public_id}/closing")
    assert "\n- x\n" in text(client.get(f"{home}/record.md"))
    assert "not talked about,x," in text(client.get(f"{home}/record.csv"))
    assert client.get(f"{home}/record.json").json()["tables"][0]["undiscussed"][0]["text"] == "x"

    other = actions.open_board("Other", "Sam", person=None, by=ANONYMOUS, now=world.noon)[0]
    client.force_login(world.ada)
    assert client.post(f"/boards/{other.room.public_id}/keeping").status_code == 404
    client.post(f"{home}/keeping")
    assert home in text(client.get("/boards/new"))
    assert actions.forget_boards(by=WORKER, now=world.noon + timedelta(days=29)) == 0
    assert actions.forget_boards(by=WORKER, now=world.noon + timedelta(days=31)) == 1

    assert [one.person for one in Board.objects.all()] == [world.ada]
    assert Room.objects.get() == board.room
    assert LedgerEntry.objects.count() == 0


def test_topics_that_were_not_reached_come_again_if_their_author_wants(world, letters, drained):
    given = {"rhythm": "monthly", "first_on": ON, "starts": STARTS, "by": world.bo.actor, "now": world.noon}
    series = actions.begin_series(world.guild, TERMS, **given)
    first, second, _third = series.gatherings.order_by("on")
    Gathering.objects.filter(pk=first.pk).update(state="held", held_at=EVENING)
    record = {"undiscussed": [{"text": "Again, please", "votes": 1, "may_return": True}, {"text": "Not", "votes": 3}]}
    empty = {"topics": [], "takeaways": [], "wrap_up": [], "named": []}
    done = actions.open_board("x", "y", person=None, by=ANONYMOUS, now=EVENING)[0]
    first.tables.create(number=0, room=done.room, record=empty | record | {"actions": []})
    first.followups.create(text="Try it out", owner="Ada")

    room = actions.open_doors(second, by=world.bo.actor, now=second.starts_at)
    host = actions.come_in(second, "Bo", person=world.bo, by=world.bo.actor, now=second.starts_at)
    rooms.start_activity(room.activities.get(), by=world.bo.actor.hosting(room.pk), now=second.starts_at)
    drained()

    assert [card.text for card in room.cards.all()] == ["Again, please"]
    assert host.is_trainer


def test_a_group_remembers_between_gatherings_that_are_no_series(world, announced):
    group = actions.found(world.guild, world.ada, "Lisbon", kind="place", by=world.ada.actor, now=world.noon)
    first = announced(group=group, by=world.ada.actor)
    second = announced(group=group, by=world.ada.actor, on=ON + timedelta(days=30))
    other = announced(on=ON + timedelta(days=30))
    first.followups.create(text="Try it out", owner="Ada")

    assert [one.text for one in queries.open_follow_ups(second)] == ["Try it out"]
    assert list(queries.open_follow_ups(other)) == []


def test_a_guest_who_came_late_to_a_table_takes_the_minutes_too(world, opened, client, at, drained):
    people = [world.person(f"P{nth} Person") for nth in range(4)]
    gathering, (bo, *came) = opened(*people)
    for one in came:
        do(one, "propose", text=one.name)
    actions.set_tables(gathering, 2, by_interest=False, seed=1, by=world.bo.actor, now=EVENING)
    at(EVENING)
    client.post(f"/gatherings/{gathering.public_id}/door", {"name": "Late"})
    actions.hold(gathering, by=world.bo.actor, now=EVENING + timedelta(hours=1))

    late = Participant.objects.get(name="Late", moved_to__isnull=False)
    at(EVENING + timedelta(hours=1))
    answer = client.post(f"/gatherings/{gathering.public_id}/tickets")
    assert answer.status_code == 303
    assert Ticket.objects.get().participant == late
    assert bo.room == late.room


def test_a_topic_becomes_a_draft_for_staff_and_for_nobody_else(world, opened, client, drained):
    gathering, (bo, ada) = opened(world.ada)
    do(ada, "propose", text="Saying <b>no</b>")
    canvas = bo.room.activities.get().canvases.get()
    rooms.go_on(canvas, bo, 3, by=world.bo.actor, now=EVENING)
    do(bo, "discuss")
    do(ada, "note", text="With a reason")
    actions.hold(gathering, by=world.bo.actor, now=EVENING + timedelta(hours=1))
    drained()
    address = f"/gatherings/{gathering.public_id}/tables/0/topics/0/drafts"

    client.force_login(world.ada)
    assert client.post(address).status_code == 404
    assert "Make a draft article" not in text(client.get(f"/gatherings/{gathering.public_id}"))
    client.force_login(world.bo)
    assert "Make a draft article" in text(client.get(f"/gatherings/{gathering.public_id}"))
    draft = client.post(address).headers["Location"]
    assert client.post(address).headers["Location"] == draft

    article = Article.objects.get()
    assert (article.title, article.is_draft, "With a reason" in article.text) == ("Saying <b>no</b>", True, True)
    assert "<b>" not in article.html
    assert client.get(draft).status_code == 200
    assert client.post(address.replace("topics/0", "topics/7")).status_code == 409
