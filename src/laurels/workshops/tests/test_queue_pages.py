import pytest
from django.utils import timezone

from laurels.payments.tests.test_order_pages import without_token
from laurels.workshops.actions import cancel_seat, tell_of_offer
from laurels.workshops.models import Offer, QueuePlace
from laurels.workshops.tests.queueing import full_class, offers, waiting


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    """The doors' clock stands on the world's morning."""
    monkeypatch.setattr(timezone, "now", lambda: world.morning)


@pytest.fixture
def offered(world):
    """Ann has an offer, Ben waits."""
    workshop, [seat] = full_class(world)
    waiting(world, "Ann", "Ben")
    cancel_seat(seat, by=world.grace.actor, now=world.morning)
    return workshop, Offer.objects.select_related("queue_place__person").get()


def test_a_full_workshop_leads_to_the_queue(world, client):
    workshop, _seats = full_class(world)
    link = f'href="/courses/cspo/queue?provider=harbour&amp;date={workshop.public_id}"'
    for path in (f"/workshops/{workshop.public_id}", f"/workshops/{workshop.public_id}/seat"):
        assert link in client.get(path).content.decode()
    free = world.workshop_with()
    assert "/queue" not in client.get(f"/workshops/{free.public_id}").content.decode()


def test_strangers_read_how_it_works_and_sign_in(world, client):
    full_class(world)
    page = client.get("/courses/cspo/queue")
    assert "Whoever asked first is asked first." in page.content.decode()
    assert "next=/courses/cspo/queue" in page.content.decode()
    answer = client.post("/courses/cspo/queue", {"seats": 1, "dates": "any"})
    assert (answer.status_code, QueuePlace.objects.count()) == (302, 0)
    assert client.get("/courses/none/queue").status_code == 404


def test_joined_changed_and_left(world, client):
    workshop, _seats = full_class(world)
    waiting(world, "Ann")
    client.force_login(world.ada)

    answer = client.post("/courses/cspo/queue", {"seats": 2, "dates": ["any"]})
    page = client.get(answer.url).content.decode()
    assert (answer.status_code, "You are number 2 in the queue" in page) == (303, True)
    assert "2 seats, any date." in page
    assert "You are number 2 in the queue for" in client.get("/journey").content.decode()

    client.post("/courses/cspo/queue", {"seats": 1, "dates": [workshop.public_id]})
    assert "One seat, 15–16 April 2026." in client.get("/courses/cspo/queue").content.decode()

    place = QueuePlace.objects.get(person=world.ada)
    client.post(f"/queue-places/{place.public_id}/leaving")
    place.refresh_from_db()
    assert place.state == "left"


def test_the_page_asks_as_much_of_three_dates_as_of_one(world, client, django_assert_max_num_queries):
    full_class(world)
    waiting(world, "Ann")
    client.force_login(QueuePlace.objects.get().person)
    client.get("/courses/cspo/queue")
    with django_assert_max_num_queries(9) as one:
        client.get("/courses/cspo/queue")
    full_class(world, day=20)
    full_class(world, day=25)
    with django_assert_max_num_queries(len(one)):
        client.get("/courses/cspo/queue")


def test_a_refusal_stands_at_its_field(world, client):
    workshop = world.workshop_with(capacity=3)
    client.force_login(world.ada)
    page = client.post("/courses/cspo/queue", {"seats": 1, "dates": [workshop.public_id]})
    assert (page.status_code, "There are free seats on 15 April 2026" in page.content.decode()) == (422, True)
    assert client.post("/courses/cspo/queue", {"seats": 99, "dates": ["nonsense"]}).status_code == 422


def test_of_two_providers_one_chooses(world, client):
    full_class(world)
    world.maple.is_provider = True
    world.workshop_with(provider=world.maple, capacity=1)
    page = client.get("/courses/cspo/queue").content.decode()
    assert ("?provider=harbour" in page, "?provider=maple-tide" in page) == (True, True)
    client.force_login(world.ada)
    assert client.post("/courses/cspo/queue", {"seats": 1, "dates": ["any"]}).status_code in (404, 422)


def test_nobody_touches_the_place_of_another(world, client):
    full_class(world)
    [ann] = waiting(world, "Ann")
    client.force_login(world.mallory)
    assert client.post(f"/queue-places/{ann.public_id}/leaving").status_code == 404
    ann.refresh_from_db()
    assert ann.state == "waiting"


def test_the_letters_link_shows_and_only_a_post_answers(world, client, offered):
    _workshop, offer = offered
    letter = tell_of_offer(offer, by=world.sam.actor, now=world.morning)
    path = "/offers/" + letter.text.split("/offers/")[1].split()[0].strip(")")
    page = client.get(path).content.decode()
    assert "One seat is held for you" in page
    assert "Until 3 March 2026, 10:00 (Europe/Berlin): 24 hours and 0 minutes from now." in page
    assert Offer.objects.get().state == "open"

    client.post(path, {"answer": "not-now"})

    assert Offer.objects.get(pk=offer.pk).state == "not-now"
    assert "put this date off" in client.get(path).content.decode()
    client.post(path, {"answer": "nonsense"})
    assert client.post(path, {"answer": "decline"}).status_code == 409


def test_without_the_link_an_offer_is_its_owners(world, client, offered):
    _workshop, offer = offered
    path = f"/offers/{offer.public_id}"
    for person in (None, world.mallory, world.sam):
        if person:
            client.force_login(person)
        assert client.get(path).status_code == client.post(path, {"answer": "decline"}).status_code == 404
    assert without_token(client.get("/offers/never-was")) == without_token(client.get(path))
    client.force_login(offer.person)
    assert "A seat in" in client.get("/journey").content.decode()
    assert client.get(path).status_code == 200


def test_taken_by_the_booking_page(world, client, offered):
    workshop, offer = offered
    answer = client.post(f"/offers/{offer.public_id}", {"answer": "take"})
    assert answer.status_code == 404
    client.force_login(offer.person)
    answer = client.post(f"/offers/{offer.public_id}", {"answer": "take"})
    assert answer.url == f"/workshops/{workshop.public_id}/seat?offer={offer.public_id}"
    assert "One seat is held for you from the queue." in client.get(answer.url).content.decode()

    client.post(answer.url, {"name": "Ann", "company": ""})

    assert [seat.name for seat in workshop.seats.filled()] == ["Ann"]
    assert Offer.objects.get().state == "taken"


def test_the_offer_of_another_books_nothing(world, client, offered):
    workshop, offer = offered
    path = f"/workshops/{workshop.public_id}/seat?offer={offer.public_id}"
    assert client.get(path).url.startswith("/sign-in")
    client.force_login(world.ada)
    assert client.post(path, {"name": "Ada"}).status_code == 409
    assert (workshop.seats.filled().count(), offers(workshop)) == (0, ["Ann"])


def test_the_desk_shows_the_queue_and_its_file_runs_nothing(world, client, offered):
    client.force_login(world.sam)
    QueuePlace.objects.filter(person__name="Ben").update(person=world.person("=1+1", "sum@queue.example"))
    page = client.get("/desk/queues/harbour/cspo").content.decode()
    assert [words in page for words in ("Ann", "=1+1", "sum@queue.example", "Has an offer", "2 people wait")] == [
        True
    ] * 5
    table = client.get("/desk/queues/harbour/cspo.csv").content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("Place,Name,E-mail,Seats")
    assert table[1].startswith('1,Ann,ann@queue.example,1,"one seat, any date",2026-03-02 ')
    assert table[2].startswith("2,'=1+1,")
    assert "2 wait for" in client.get("/desk/workshops").content.decode()
    for person in (world.mallory, world.tess, world.ada):
        client.force_login(person)
        for path in ("/desk/queues/harbour/cspo", "/desk/queues/harbour/cspo.csv"):
            assert client.get(path).status_code == 404


def test_the_desk_asks_as_much_of_three_as_of_one(world, client, django_assert_max_num_queries):
    full_class(world)
    client.force_login(world.sam)
    waiting(world, "Ann")
    client.get("/desk/queues/harbour/cspo")
    with django_assert_max_num_queries(12) as one:
        client.get("/desk/queues/harbour/cspo")
    waiting(world, "Ben", "Cleo")
    with django_assert_max_num_queries(len(one)):
        client.get("/desk/queues/harbour/cspo")
