import smtplib

import pytest

from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.mail import tasks
from laurels.mail.actions import mark_failed, mark_sent, write
from laurels.mail.facts import LetterWritten
from laurels.mail.models import Letter
from laurels.mail.rules import LetterTemplate
from laurels.mail.tests.smtp import mailhost

SYSTEM = Actor.of_system("test")
CODE = LetterTemplate("Ihr Code {code} für Zürich", "**{code}**\n\n[Sign in]({link})\n")


@pytest.fixture
def host(settings):
    with mailhost() as host:
        settings.LETTERS = f"smtp://127.0.0.1:{host.port}"
        options = {"host": "127.0.0.1", "port": host.port, "timeout": 5}
        settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
        yield host


@pytest.fixture
def letter(world):
    return write(
        "code",
        CODE,
        to="ada@people.example",
        values={"code": "ABC", "link": "https://a.example/x"},
        sender_name="Zürich Guild",
        is_secret=True,
        attachments=[("Zürich.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n")],
        by=SYSTEM,
        now=world.morning,
    )


def send(letter):
    tasks.send.call(Entry.objects.of(LetterWritten).latest("pk").pk)
    return Letter.objects.get(pk=letter.pk)


def states(letter):
    return [delivery.state for delivery in letter.deliveries.order_by("pk")]


def test_a_letter_really_goes_out(host, letter):
    letter = send(letter)

    message = host.received[0]
    assert host.recipients == [["ada@people.example"]]
    assert message["Subject"] == "Ihr Code ABC für Zürich"
    assert message["From"].addresses[0].display_name == "Zürich Guild"
    assert message["Message-ID"] == f"<{letter.public_id}@localhost>"
    assert message.get_body(["plain"]).get_content().split() == ["ABC", "Sign", "in:", "https://a.example/x"]
    assert '<a href="https://a.example/x" class="button primary">' in message.get_body(["html"]).get_content()
    assert [part.get_filename() for part in message.iter_attachments()] == ["Zürich.ics"]
    assert states(letter) == ["written", "sent"]


def test_sending_twice_sends_once(host, letter):
    send(letter)
    letter = send(letter)

    assert len(host.received) == 1
    assert states(letter) == ["written", "sent"]


def test_a_refusing_host_is_logged_and_tried_again(host, letter):
    host.refusals = 1
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(letter)
    assert states(letter) == ["written", "failed"]
    assert "try again later" in letter.deliveries.get(state="failed").detail

    assert states(send(letter)) == ["written", "failed", "sent"]
    assert len(host.received) == 1


def test_an_address_at_which_nobody_is_is_not_tried_again(host, letter):
    host.refusals, host.answer = 1, "550 no such user here"

    assert states(send(letter)) == ["written", "bounced"]
    assert letter.deliveries.get(state="bounced").detail == "550 no such user here"


def test_a_secret_is_forgotten_once_it_has_gone(host, letter):
    assert "ABC" in letter.text

    letter = send(letter)

    assert (letter.text, letter.html) == ("", "")


def test_with_a_post_office_nothing_leaves_and_the_letter_can_be_read(host, letter, settings):
    settings.LETTERS = "page"

    letter = send(letter)

    assert host.received == []
    assert states(letter) == ["written", "sent"]
    assert "ABC" in letter.text


def test_a_letter_that_has_gone_cannot_fail_any_more(letter, world):
    mark_sent(letter, by=SYSTEM, now=world.noon)
    mark_failed(letter, detail="late", by=SYSTEM, now=world.noon)

    assert states(letter) == ["written", "sent"]
