import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.mail.rules import LetterTemplate

SYSTEM = Actor.of_system("test")
HELLO = LetterTemplate("Hello {name}", "Dear {name}")


def hello(world, **changes):
    given = {"to": "Ada@People.example ", "values": {"name": "Ada"}, "by": SYSTEM, "now": world.morning, **changes}
    return write("hello", given.pop("template", HELLO), **given)


def test_a_letter_is_written_logged_and_on_its_way(world):
    letter = hello(world, person=world.ada, attachments=[("a.ics", "text/calendar", b"BEGIN")], topic="workshop:7")

    assert (letter.to, letter.subject, letter.text) == ("ada@people.example", "Hello Ada", "Dear Ada\n".strip())
    assert [(d.state, d.at) for d in letter.deliveries.all()] == [("written", world.morning)]
    assert [(a.name, bytes(a.content)) for a in letter.attachments.all()] == [("a.ics", b"BEGIN")]
    entry = Entry.objects.about("workshop:7").get()
    assert (entry.fact, entry.payload) == ("mail.LetterWritten", {"letter_id": letter.pk})
    job = DBTaskResult.objects.get()
    assert (job.task_path, job.args_kwargs["args"]) == ("laurels.mail.tasks.send", [entry.pk])


def test_a_letter_vanishes_with_the_change_it_tells_of(world):
    with transaction.atomic():
        hello(world)
        transaction.set_rollback(True)

    assert not Letter.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    "to", ["", "ada", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "<a@b.example>", "a b@c.example"]
)
def test_one_letter_goes_to_one_address(world, to):
    with pytest.raises(Refused, match="not one e-mail address"):
        hello(world, to=to)


def test_a_sender_cannot_bring_a_header(world):
    with pytest.raises(Refused, match="one line"):
        hello(world, sender_name="Guild\nBcc: all@people.example")


def test_only_codes_and_one_time_links_are_secret(world):
    assert not hello(world).has_secret
    assert hello(world, is_secret=True).has_secret
