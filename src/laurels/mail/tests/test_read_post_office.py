import pytest

from laurels.kernel.actor import Actor
from laurels.mail import queries
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.mail.rules import LetterTemplate

SYSTEM = Actor.of_system("test")


def letter_to(world, to, text="Dear {name}", **more):
    template = LetterTemplate("Hello {name}", text)
    return write("hello", template, to=to, values={"name": "<b>Ada</b>"}, by=SYSTEM, now=world.morning, **more)


@pytest.fixture
def demo(settings):
    settings.MODE = "demo"


def test_the_post_office_shows_letters_newest_first_and_of_one_address(world, client, demo):
    first, second = letter_to(world, "ada@people.example"), letter_to(world, "bo@people.example")

    assert [line.public_id for line in queries.post_office()] == [second.public_id, first.public_id]
    page = client.get("/post-office?to=Ada@people.example").content.decode()
    assert first.public_id in page
    assert second.public_id not in page


def test_a_letter_page_shows_body_attachment_and_log(world, client, demo):
    letter = letter_to(world, "ada@people.example", attachments=[("a.ics", "text/calendar", b"BEGIN")])

    page = client.get(f"/post-office/{letter.public_id}").content.decode()

    assert "<p>Dear &lt;b&gt;Ada&lt;/b&gt;</p>" in page
    assert "Written" in page
    file = client.get(f"/post-office/{letter.public_id}/attachments/{letter.attachments.get().pk}")
    assert (file.content, file["Content-Type"]) == (b"BEGIN", "text/calendar")
    assert file["Content-Disposition"] == 'attachment; filename="a.ics"'


def test_outside_a_demo_there_is_no_post_office(world, client, settings):
    letter = letter_to(world, "ada@people.example", attachments=[("a.ics", "text/calendar", b"BEGIN")])
    paths = ["", f"/{letter.public_id}", f"/{letter.public_id}/attachments/{letter.attachments.get().pk}"]

    settings.MODE = "demo"
    assert [client.get(f"/post-office{path}").status_code for path in paths] == [200, 200, 200]
    settings.MODE = "production"
    assert [client.get(f"/post-office{path}").status_code for path in paths] == [404, 404, 404]


def test_the_list_asks_no_more_for_three_letters_than_for_one(world, client, demo, django_assert_num_queries):
    letter_to(world, "ada@people.example")
    with django_assert_num_queries(2):
        queries.post_office()
    letter_to(world, "ada@people.example")
    letter_to(world, "ada@people.example")
    with django_assert_num_queries(2):
        assert len(queries.post_office()) == 3


def test_a_mailbox_for_scripts_tells_links(world):
    letter_to(world, "ada@people.example", text="[Go](https://a.example/x?y=1)\n\n{name}")

    [found] = queries.mailbox("ada@people.example")

    assert found["links"] == ["https://a.example/x?y=1"]
    assert [delivery["state"] for delivery in found["deliveries"]] == ["written"]


def test_only_the_person_sees_their_letters(world):
    letter = letter_to(world, "ada@people.example", person=world.ada)

    assert list(Letter.objects.visible_to(world.ada.actor)) == [letter]
    assert list(Letter.objects.visible_to(world.mallory.actor)) == []
    assert list(Letter.objects.visible_to(Actor())) == []
