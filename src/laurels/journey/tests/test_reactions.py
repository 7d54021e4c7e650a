"""The table of reactions: each fact is one that exists, and each reaction happens once."""

from laurels.community import actions as community
from laurels.community.models import Profile
from laurels.community.queries import find_subject
from laurels.community.tests.conftest import put_up
from laurels.journal.actions import reactions
from laurels.journal.worker import drain
from laurels.journey.reactions import REACTIONS, confirm_seat_by_letter
from laurels.mail.models import Letter
from laurels.people.actions import rename
from laurels.programmes.models import LetterText
from laurels.workshops.actions import book


def test_the_journal_knows_the_whole_table():
    assert len(reactions) >= len(REACTIONS)
    assert all(tasks for tasks in REACTIONS.values())


def test_a_seat_is_confirmed_by_letter_after_the_booking(world):
    book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    assert not Letter.objects.filter(key="seat-confirmed").exists()

    drain(is_strict=True)
    letter = Letter.objects.get(key="seat-confirmed")
    assert letter.to == "ada@people.example"
    assert letter.attachments.get().name.endswith(".ics")


def test_a_reaction_that_runs_twice_writes_one_letter(world):
    from laurels.journal.models import Entry

    book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    entry = Entry.objects.get(fact="workshops.SeatTaken")
    confirm_seat_by_letter.call(entry.pk)
    confirm_seat_by_letter.call(entry.pk)
    drain(is_strict=True)

    assert Letter.objects.filter(key="seat-confirmed").count() == 1


def test_what_happens_among_members_is_told_and_followed(world):
    """A new name is found, a message and a ruling are told by letter, and whoever reported hears how it ended."""
    for key in ("message-waiting", "conduct-ruling", "report-outcome", "conduct-appeal"):
        text, body = "{name} {body} [Read]({link})", world.guild
        LetterText.objects.create(body=body, key=key, language="en", version=1, digest="0" * 64, subject=key, text=text)
    for person in (world.ada, world.grace):
        put_up(person, now=world.morning)
    message = community.write_to(world.grace, "Hello", by=world.ada.actor, now=world.noon)
    rename(world.ada, "Augusta King", by=world.ada.actor, now=world.noon)
    found = find_subject("message", message.public_id, world.grace.actor, world.noon)
    told = community.report("message", message.public_id, found, "harm", by=world.grace.actor, now=world.noon)
    drain(is_strict=True)
    assert Profile.objects.named("augusta").get().person == world.ada

    ruling = community.rule_on(told.case, "hide", "Unkind.", by=world.bo.actor, now=world.noon)
    drain(is_strict=True)
    made = community.appeal(ruling, "It was a quotation.", by=world.ada.actor, now=world.noon)
    community.settle(made, "upheld", "So it was.", by=world.bo.actor, now=world.noon)
    drain(is_strict=True)
    letters = list(Letter.objects.order_by("pk").values_list("key", "to"))
    assert letters == [
        ("message-waiting", "grace@people.example"),
        ("conduct-ruling", "ada@people.example"),
        ("report-outcome", "grace@people.example"),
        ("conduct-appeal", "ada@people.example"),
    ]
