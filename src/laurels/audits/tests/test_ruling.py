"""What members show, what staff say to it, and what becomes of the units."""

from datetime import timedelta

import pytest

from laurels.audits.actions import answer, appeal, draw, pause_missing, rule_on, settle, tell_of_settlement
from laurels.audits.models import Audit
from laurels.audits.tests.conftest import LATER
from laurels.credentials.actions import reinstate, suspend
from laurels.credentials.models import Certification, Suspension
from laurels.education.actions import add_evidence, reverse
from laurels.education.models import LedgerEntry
from laurels.education.queries import ledger_page
from laurels.journal.worker import drain
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter

WORKER = Actor.of_system("worker")
OVERDUE = LATER + timedelta(days=31)


def entries(audit):
    return {one.entry.title: one for one in audit.entries.select_related("entry", "audit")}


def balance(world):
    return ledger_page(world.ada, LATER).minutes


@pytest.fixture
def answered(world, audit):
    add_evidence(LedgerEntry.objects.get(title="A talk"), words="Slides", by=world.ada.actor, now=LATER)
    return answer(audit, by=world.ada.actor, now=LATER)


def test_an_entry_with_nothing_to_show_is_shown_or_taken_back_first(world, audit):
    with pytest.raises(Refused, match="“A talk” has nothing to show"):
        answer(audit, by=world.ada.actor, now=LATER)
    with pytest.raises(Refused, match="Only the person who was asked"):
        answer(audit, by=world.grace.actor, now=LATER)
    reverse(LedgerEntry.objects.get(title="A talk"), by=world.ada.actor, now=LATER)
    assert answer(audit, by=world.ada.actor, now=LATER).closed_at is None


def test_taking_everything_back_closes_it(world, audit):
    for entry in LedgerEntry.objects.all():
        reverse(entry, by=world.ada.actor, now=LATER)
    assert answer(audit, by=world.ada.actor, now=LATER).closed_at == LATER


def test_what_is_accepted_stays_and_what_is_refused_is_taken_back_by_a_line(world, answered):
    mine = entries(answered)
    rule_on(mine["A talk"], "accept", by=world.bo.actor, now=LATER)
    ruling = rule_on(mine["A book"], "refuse", "This was a novel.", by=world.bo.actor, now=LATER)

    assert balance(world) == 60
    assert (ruling.reversal.minutes, ruling.reversal.reason) == (-60, "This was a novel.")
    assert Audit.objects.get().closed_at == LATER
    with pytest.raises(Refused, match="settled"):
        rule_on(mine["A book"], "accept", by=world.bo.actor, now=LATER)


def test_a_question_gives_time_and_waits_for_an_answer(world, answered):
    book = entries(answered)["A book"]
    rule_on(book, "ask", "Which chapter?", by=world.bo.actor, now=LATER)
    audit = Audit.objects.get()
    assert (audit.answered_at, audit.due_on) == (None, LATER.date() + timedelta(days=14))
    with pytest.raises(Refused, match="still has time"):
        rule_on(book, "refuse", "No.", by=world.bo.actor, now=LATER)
    answer(audit, by=world.ada.actor, now=LATER)
    rule_on(book, "accept", by=world.bo.actor, now=LATER)


@pytest.mark.parametrize(
    ("kind", "words", "code"), [("refuse", " ", "words"), ("ask", "", "words"), ("burn", "x", "kind")]
)
def test_a_ruling_against_says_why(world, answered, kind, words, code):
    with pytest.raises(Refused) as refused:
        rule_on(entries(answered)["A book"], kind, words, by=world.bo.actor, now=LATER)
    assert refused.value.refusal.code == code


def test_only_the_bodys_staff_rule_and_never_on_their_own(world, certified, wrote, answered):
    book = entries(answered)["A book"]
    for person in (world.ada, world.mallory, world.sam):
        with pytest.raises(Refused, match="Only the body's staff"):
            rule_on(book, "accept", by=person.actor, now=LATER)
    certified(world.bo)
    wrote(world.bo)
    own = draw(world.guild, seed="own", percent=100, by=world.olive.actor, now=LATER).audits.get()
    with pytest.raises(Refused, match="your own ledger"):
        rule_on(own.entries.get(), "accept", by=world.bo.actor, now=LATER)


@pytest.fixture
def refused_book(world, answered):
    book = entries(answered)["A book"]
    rule_on(book, "refuse", "This was a novel.", by=world.bo.actor, now=LATER)
    return book


def test_an_appeal_is_settled_by_somebody_else_and_upheld_gives_a_new_line(world, refused_book):
    made = appeal(refused_book, "It is about discovery.", by=world.ada.actor, now=LATER)
    assert appeal(refused_book, "Again.", by=world.ada.actor, now=LATER) == made
    with pytest.raises(Refused, match="refused this entry yourself"):
        settle(made, "upheld", "You are right.", by=world.bo.actor, now=LATER)

    settled = settle(made, "upheld", "You are right.", by=world.olive.actor, now=LATER)

    assert (settled.restored.title, settled.restored.minutes, balance(world)) == ("A book", 60, 120)
    assert LedgerEntry.objects.count() == 4
    with pytest.raises(Refused, match="settled"):
        settle(made, "rejected", "No.", by=world.olive.actor, now=LATER)


def test_what_its_owner_wrote_again_meanwhile_an_upheld_appeal_does_not_give_twice(world, refused_book, wrote):
    made = appeal(refused_book, "It is about discovery.", by=world.ada.actor, now=LATER)
    again = wrote(world.ada, "A book")

    settled = settle(made, "upheld", "You are right.", by=world.olive.actor, now=LATER)

    assert again.stands_for.title == "A book"
    assert (settled.outcome, settled.restored, balance(world)) == ("upheld", None, 120)


def test_what_an_appeal_gives_back_stands_for_the_line_that_a_renewal_may_have_used(world, refused_book):
    made = appeal(refused_book, "It is about discovery.", by=world.ada.actor, now=LATER)
    restored = settle(made, "upheld", "You are right.", by=world.olive.actor, now=LATER).restored
    assert restored.stands_for == refused_book.entry


def test_a_rejected_appeal_changes_nothing_but_is_answered(world, refused_book):
    made = appeal(refused_book, "It is about discovery.", by=world.ada.actor, now=LATER)
    with pytest.raises(Refused, match="Say why"):
        settle(made, "rejected", " ", by=world.olive.actor, now=LATER)
    settle(made, "rejected", "It is a novel.", by=world.olive.actor, now=LATER)
    assert balance(world) == 60


def test_appeals_that_cannot_be(world, answered, refused_book):
    with pytest.raises(Refused, match="Only a refused entry"):
        appeal(entries(answered)["A talk"], "x", by=world.ada.actor, now=LATER)
    with pytest.raises(Refused, match="whose entry it is"):
        appeal(refused_book, "x", by=world.grace.actor, now=LATER)
    Audit.objects.update(closed_at=LATER)
    with pytest.raises(Refused, match="30 days for an appeal are over"):
        appeal(refused_book, "x", by=world.ada.actor, now=LATER + timedelta(days=31))


def test_a_missed_audit_pauses_what_is_held_and_answering_lets_it_go_on(world, audit):
    assert pause_missing(world.guild, by=WORKER, now=LATER + timedelta(days=30)) == 0
    assert pause_missing(world.guild, by=WORKER, now=OVERDUE) == 1
    assert pause_missing(world.guild, by=WORKER, now=OVERDUE) == 0
    suspension = Suspension.objects.get()
    assert (suspension.lifted_at, "audit" in suspension.reason) == (None, True)

    reverse(LedgerEntry.objects.get(title="A talk"), by=world.ada.actor, now=OVERDUE)
    answer(audit, by=world.ada.actor, now=OVERDUE)

    assert Suspension.objects.get().lifted_at == OVERDUE


def test_what_is_suspended_for_another_reason_stays_so(world, audit):
    certification = Certification.objects.get()
    suspend(certification, "A complaint.", by=world.bo.actor, now=LATER)
    pause_missing(world.guild, by=WORKER, now=OVERDUE)
    reverse(LedgerEntry.objects.get(title="A talk"), by=world.ada.actor, now=OVERDUE)
    answer(audit, by=world.ada.actor, now=OVERDUE)
    assert Suspension.objects.get().lifted_at is None


def test_what_the_staff_lifted_meanwhile_is_not_lifted_twice(world, audit):
    pause_missing(world.guild, by=WORKER, now=OVERDUE)
    reinstate(Certification.objects.get(), by=world.bo.actor, now=OVERDUE)
    suspend(Certification.objects.get(), "A complaint.", by=world.bo.actor, now=OVERDUE)
    reverse(LedgerEntry.objects.get(title="A talk"), by=world.ada.actor, now=OVERDUE)
    answer(audit, by=world.ada.actor, now=OVERDUE)
    assert Suspension.objects.filter(lifted_at=None).get().reason == "A complaint."


def test_a_missed_audit_is_ruled_on_by_what_there_is(world, audit):
    rule_on(entries(audit)["A talk"], "refuse", "Nothing was shown.", by=world.bo.actor, now=OVERDUE)
    rule_on(entries(audit)["A book"], "accept", by=world.bo.actor, now=OVERDUE)
    assert Audit.objects.get().closed_at == OVERDUE


def test_each_step_writes_one_letter(world, answered):
    drain()
    book, talk = entries(answered)["A book"], entries(answered)["A talk"]
    rule_on(book, "ask", "Which chapter?", by=world.bo.actor, now=LATER)
    drain()
    answer(Audit.objects.get(), by=world.ada.actor, now=LATER)
    rule_on(book, "refuse", "A novel.", by=world.bo.actor, now=LATER)
    rule_on(talk, "accept", by=world.bo.actor, now=LATER)
    drain()

    letters = Letter.objects.filter(key__startswith="audit").order_by("pk")
    assert [letter.key for letter in letters] == ["audit-notice", "audit-question", "audit-outcome"]
    assert "A book: Which chapter?" in letters[1].text
    assert "1 of your entries could not be accepted" in letters[2].text


def test_whoever_appealed_gets_what_came_of_it_by_letter_once(world, refused_book):
    drain()
    made = appeal(refused_book, "It is about discovery.", by=world.ada.actor, now=LATER)
    drain()
    assert not Letter.objects.filter(key="audit-appeal").exists()
    settle(made, "upheld", "You are right.", by=world.olive.actor, now=LATER)
    drain()
    made.refresh_from_db()
    letter = tell_of_settlement(made, by=WORKER, now=LATER)

    assert Letter.objects.get(key="audit-appeal") == letter
    assert (
        letter.to,
        "A book" in letter.text,
        "the units are back" in letter.text,
        "You are right." in letter.text,
    ) == (
        "ada@people.example",
        True,
        True,
        True,
    )


def test_two_questions_before_the_post_goes_are_two_letters(world, answered):
    drain()
    for title in ("A book", "A talk"):
        Audit.objects.update(answered_at=LATER)
        rule_on(entries(Audit.objects.get())[title], "ask", f"Which {title}?", by=world.bo.actor, now=LATER)
    drain()
    assert Letter.objects.filter(key="audit-question").count() == 2
