from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from laurels.kernel.actor import ANONYMOUS
from laurels.payments.actions import mark_paid
from laurels.payments.tests.test_order_pages import without_token
from laurels.workshops.actions import book, cancel_seat, move_seat, read_import
from laurels.workshops.models import AttendeeImport, Seat, Workshop
from laurels.workshops.queries import desk_workshop


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    """The doors' clock stands on the world's morning."""
    monkeypatch.setattr(timezone, "now", lambda: world.morning)


def filled_in(world, **changes):
    _ = world.curriculum
    return {
        "provider": "harbour",
        "course": "cspo",
        "mode": "online",
        "zone": "Europe/Berlin",
        "language": "en",
        "starts_on": "2026-04-15",
        "ends_on": "2026-04-16",
        "capacity": "12",
        "price": "999.50",
        "currency": "EUR",
        "trainers": [world.tess.public_id],
        **changes,
    }


def test_staff_draft_look_over_and_announce(world, client):
    client.force_login(world.sam)
    assert "Draft a workshop" in client.get("/desk/workshops").content.decode()
    assert client.get("/desk/workshops/new").status_code == 200

    drafted = client.post("/desk/workshops/new", filled_in(world))
    workshop = Workshop.objects.get()
    assert drafted["Location"] == f"/desk/workshops/{workshop.public_id}"
    assert (workshop.price_minor, workshop.state) == (99_950, "draft")

    assert client.post(f"{drafted['Location']}/announcement").status_code == 303
    workshop.refresh_from_db()
    assert workshop.state == "announced"


def test_refusals_of_a_draft_stand_at_their_fields(world, client):
    client.force_login(world.sam)

    answer = client.post("/desk/workshops/new", filled_in(world, zone="Mars/Olympus"))

    assert answer.status_code == 422
    assert "not a time zone" in str(answer.context["form"].errors["zone"])
    assert Workshop.objects.count() == 0


def test_staff_of_one_provider_draft_nothing_for_another(world, client):
    client.force_login(world.mallory)

    assert client.post("/desk/workshops/new", filled_in(world)).status_code == 422
    assert Workshop.objects.count() == 0


def test_details_are_changed_on_the_same_form(world, client):
    client.force_login(world.sam)
    path = f"/desk/workshops/{world.workshop.public_id}/details"
    assert client.get(path).context["form"]["price"].value() == 0

    assert client.post(path, filled_in(world, capacity="30")).status_code == 303
    world.workshop.refresh_from_db()
    assert (world.workshop.capacity, world.workshop.price_minor) == (30, 99_950)


def test_a_button_out_of_reach_says_why(world, client):
    client.force_login(world.sam)
    draft = world.workshop_with(state="draft")
    draft.trainers.clear()

    text = client.get(f"/desk/workshops/{draft.public_id}").content.decode()

    assert "Choose at least one trainer." in text
    refused = client.post(f"/desk/workshops/{draft.public_id}/announcement")
    assert (refused.status_code, "Choose at least one trainer." in refused.content.decode()) == (409, True)


def test_staff_book_somebody_and_mark_the_seat_paid(world, client):
    client.force_login(world.sam)
    workshop = world.workshop_with(price_minor=100)
    path = f"/desk/workshops/{workshop.public_id}"

    client.post(f"{path}/seats", {"name": "Noor Haddad", "email": "noor@people.example"})
    seat = Seat.objects.get()
    assert "Mark paid" in client.get(path).content.decode()
    paid = client.post(f"/orders/{seat.order.public_id}/payment", {"next": path})

    assert paid["Location"] == path
    assert "Not paid" not in client.get(path).content.decode()
    assert client.post(f"{path}/seats", {"name": "", "email": "x"}).status_code == 422


def test_cancelling_asks_for_the_reason(world, client):
    client.force_login(world.sam)
    path = f"/desk/workshops/{world.workshop.public_id}"

    assert client.post(f"{path}/cancellation", {"reason": ""}).status_code == 422
    assert client.post(f"{path}/cancellation", {"reason": "Ill."}).status_code == 303
    assert "Ill." in client.get(path).content.decode()


def test_a_trainer_sees_the_class_but_not_the_staffs_forms(world, client):
    book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    client.force_login(world.tess)
    text = client.get(f"/desk/workshops/{world.workshop.public_id}").content.decode()

    assert "Ada Lovelace" in text
    assert "Book somebody" not in text
    assert world.workshop.public_id in client.get("/desk/workshops").content.decode()


def test_a_list_is_looked_over_then_confirmed(world, client):
    client.force_login(world.sam)
    desk = f"/desk/workshops/{world.workshop.public_id}"
    file = SimpleUploadedFile("list.csv", "Name;E-Mail\nJürgen Groß;jg@people.example\nNobody;x\n".encode("cp1252"))

    uploaded = client.post(f"{desk}/imports", {"file": file})
    preview = client.get(uploaded["Location"]).content.decode()
    for words in ("One person will get a seat.", "One line is left out.", "Jürgen Groß", "is not an e-mail address"):
        assert words in preview
    assert Seat.objects.count() == 0

    assert client.post(f"{uploaded['Location']}/confirmation")["Location"] == desk
    assert client.post(f"{uploaded['Location']}/confirmation")["Location"] == desk
    assert [seat.name for seat in Seat.objects.all()] == ["Jürgen Groß"]
    assert "This list is confirmed" in client.get(uploaded["Location"]).content.decode()


def test_a_list_can_be_discarded_and_a_wrong_file_is_refused_on_the_page(world, client):
    client.force_login(world.sam)
    desk = f"/desk/workshops/{world.workshop.public_id}"

    refused = client.post(f"{desk}/imports", {"file": SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n\0\0" * 99)})
    assert (refused.status_code, "Save it as .xlsx or .csv" in refused.content.decode()) == (422, True)
    huge = client.post(f"{desk}/imports", {"file": SimpleUploadedFile("x.csv", b"a,b\n" * 2_000_000)})
    assert "larger than 5 MB" in huge.content.decode()

    file = SimpleUploadedFile("list.csv", b"Ada Lovelace,ada@people.example")
    uploaded = client.post(f"{desk}/imports", {"file": file})
    assert client.post(f"{uploaded['Location']}/removal").status_code == 303
    assert AttendeeImport.objects.count() == 0


def test_hostile_words_in_a_list_are_shown_as_words(world, client):
    client.force_login(world.sam)
    file = SimpleUploadedFile("<img src=x>.csv", b"Name,Email\n<script>alert(1)</script>,x@people.example\n")
    uploaded = client.post(f"/desk/workshops/{world.workshop.public_id}/imports", {"file": file})

    page = client.get(uploaded["Location"]).content

    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert" in page
    assert b"<img src=x>" not in page


PATHS = ["", "/details", "/imports"]
POSTS = [
    "/announcement",
    "/confirmation",
    "/start",
    "/end",
    "/closing",
    "/cancellation",
    "/seats",
    "/imports",
    "/details",
]


@pytest.mark.parametrize("somebody", ["mallory", "ada", "bo"])
def test_for_outsiders_the_desk_of_a_class_does_not_exist(world, client, somebody):
    workshop = world.workshop
    listed = read_import(workshop, "l.csv", b"Ada Lovelace,a@people.example", by=world.sam.actor, now=world.morning)
    client.force_login(getattr(world, somebody))
    below = [f"/imports/{listed.public_id}{noun}" for noun in ("", "/confirmation", "/removal")]

    for path in [*PATHS, below[0]]:
        foreign = client.get(f"/desk/workshops/{workshop.public_id}{path}")
        nowhere = client.get(f"/desk/workshops/0000000000zzzzzzzz{path}")
        assert foreign.status_code == nowhere.status_code == 404
        assert without_token(foreign) == without_token(nowhere)
    for path in [*POSTS, *below[1:]]:
        assert client.post(f"/desk/workshops/{workshop.public_id}{path}").status_code == 404
    workshop.refresh_from_db()
    assert (workshop.state, Seat.objects.count(), AttendeeImport.objects.count()) == ("announced", 0, 1)
    assert workshop.public_id not in client.get("/desk/workshops").content.decode()


def test_a_list_of_another_workshop_is_not_reached_through_ones_own(world, client):
    listed = read_import(world.workshop, "l.csv", b"A B,a@people.example", by=world.sam.actor, now=world.morning)
    own = world.workshop_with(provider=world.maple)
    client.force_login(world.mallory)

    assert client.get(f"/desk/workshops/{own.public_id}/imports/{listed.public_id}").status_code == 404


def test_strangers_are_sent_to_sign_in(world, client):
    for path in ("/desk/workshops", f"/desk/workshops/{world.workshop.public_id}", "/desk/workshops/new"):
        assert client.get(path)["Location"].startswith("/sign-in?next=")


def test_a_workshop_without_trainers_is_nobodys(world):
    world.workshop.trainers.clear()

    assert not Workshop.objects.run_by(ANONYMOUS).exists()


def test_desk_pages_follow_one_another(world, client, monkeypatch):
    monkeypatch.setattr("laurels.workshops.queries.classes.PAGE", 2)
    monkeypatch.setattr("laurels.workshops.queries.classes.ROSTER_PAGE", 2)
    made = [
        world.workshop_with(starts_on=day, ends_on=day + timedelta(days=1)).public_id
        for day in (world.today + timedelta(days=30 + n // 2) for n in range(5))
    ]
    workshop = Workshop.objects.get(public_id=made[0])
    for name in ("Eve", "Ann", "Dan", "Ann", "Bea"):
        person = world.person(name, f"{name.lower()}{Seat.objects.count()}@people.example")
        book(workshop, person, by=person.actor, now=world.morning)
    client.force_login(world.sam)

    seen, after = [], "start"
    while after:
        page = client.get(f"/desk/workshops?after={after}").context["page"]
        seen += [row.workshop.public_id for row in page.rows]
        after = page.next_after
    assert seen == made[::-1]

    names, after = [], "start"
    while after:
        page = client.get(f"/desk/workshops/{made[0]}?after={after}").context["page"]
        names += [row.seat.name for row in page.rows]
        after = page.next_after
    assert names == ["Ann", "Ann", "Bea", "Dan", "Eve"]


def asked(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_desk_asks_as_much_for_three_as_for_one(world, client):
    client.force_login(world.sam)
    _ = world.workshop
    one = asked(client, "/desk/workshops")
    for _round in range(2):
        book(world.workshop_with(price_minor=5), world.ada, by=world.ada.actor, now=world.morning)

    assert asked(client, "/desk/workshops") == one <= 8


def test_a_class_asks_as_much_for_three_as_for_one(world, client):
    client.force_login(world.sam)
    workshop = world.workshop_with(price_minor=5)
    path = f"/desk/workshops/{workshop.public_id}"
    book(workshop, world.ada, by=world.ada.actor, now=world.morning)
    one = asked(client, path)
    for person in (world.grace, world.bo):
        book(workshop, person, by=person.actor, now=world.morning)

    assert asked(client, path) == one <= 8


def test_what_went_back_is_not_called_paid(world):
    """A seat that was refunded, one whose money the terms keep, one that was moved, and one that is paid."""
    workshop = world.workshop_with(price_minor=10_000)
    other = world.workshop_with(price_minor=10_000, starts_on=date(2026, 5, 20), ends_on=date(2026, 5, 21))
    people = [world.person(name, f"{name}@people.example") for name in ("back", "kept", "moved", "paid")]
    seats = [book(workshop, one, by=one.actor, now=world.morning) for one in people]
    for seat in seats:
        mark_paid(seat.order, by=world.sam.actor, now=world.morning)
    cancel_seat(seats[0], by=people[0].actor, now=world.morning)
    move_seat(seats[2], other, by=people[2].actor, now=world.morning)
    cancel_seat(seats[1], by=people[1].actor, now=world.morning.replace(month=4, day=14))
    page = desk_workshop(workshop, after="", by=world.sam.actor, now=world.morning)
    assert {row.seat.name: row.payment for row in page.rows} == {
        "back": "back", "kept": "kept", "moved": "", "paid": "paid"}  # fmt: skip
