"""The table of reactions: each fact is one that exists, and each reaction happens once."""

from laurels.journal.actions import reactions
from laurels.journal.worker import drain
from laurels.journey.reactions import REACTIONS, confirm_seat_by_letter
from laurels.mail.models import Letter
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
