"""What stands in a ledger stays; the balance is the sum; nothing counts twice."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from laurels.education import queries
from laurels.education.actions import correct, credit, report, reverse
from laurels.education.models import LedgerEntry
from laurels.journal.models import Entry as Said
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from tests.world.cast import World

SYSTEM = Actor.of_system("test")
BOOK = {"title": "A book on discovery", "minutes": 90, "category": "learning"}


def reported(world, **changes):
    fields = {**BOOK, "on": world.today, "by": world.ada.actor, "now": world.noon, **changes}
    return report(world.ada, fields.pop("title"), **fields)


def balance(person):
    return queries.ledger_page(person, World.noon).minutes


def test_somebody_reports_what_they_did(world):
    entry = reported(world, url="https://books.example/1", words="Ask before you build.")

    assert (entry.minutes, entry.grade, entry.has_evidence) == (90, "self", True)
    assert balance(world.ada) == 90
    assert [said.fact for said in Said.objects.about(entry.topic)] == ["education.EntryRecorded"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "  "}, "title"),
        ({"on": World.today + timedelta(days=2)}, "future"),
        ({"on": date(2017, 12, 31)}, "too-old"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"category": "sleeping"}, "category"),
        ({"category": ""}, "category"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(world, changes, code):
    with pytest.raises(Refused) as refused:
        reported(world, **changes)
    assert refused.value.refusal.code == code
    assert list(LedgerEntry.objects.all()) == []


def test_who_lives_further_east_may_have_tomorrow_already(world):
    assert reported(world, on=World.today + timedelta(days=1))


def test_nobody_writes_into_the_ledger_of_somebody_else(world):
    with pytest.raises(Refused, match="Only you yourself"):
        reported(world, by=world.grace.actor)
    entry = reported(world)
    with pytest.raises(Refused, match="Only you yourself"):
        reverse(entry, by=world.grace.actor, now=world.noon)


def test_the_same_thing_twice_counts_once(world):
    reported(world)
    with pytest.raises(Refused, match="counts once"):
        reported(world, title="a book ON discovery ")
    assert balance(world.ada) == 90


def credited(world, key="coffee-7", **changes):
    fields = {"on": world.today, "minutes": 60, "category": "events", "by": SYSTEM, "now": world.noon, **changes}
    return credit(world.ada, "Lean Coffee", source="gatherings", key=key, **fields)


def test_a_source_credits_once(world):
    assert credited(world) == credited(world, minutes=120)
    assert balance(world.ada) == 60


@pytest.mark.parametrize("category", ["", "a|b", "a;b", "Talks", "x" * 41])
def test_no_stage_credits_in_a_category_that_the_nightly_run_could_not_read(world, category):
    with pytest.raises(Refused, match="cannot be a category"):
        credited(world, category=category)


def test_what_was_taken_back_is_not_credited_again(world):
    entry = credited(world)
    reverse(entry, "I left early", by=world.ada.actor, now=world.noon)

    assert credited(world) == entry
    assert balance(world.ada) == 0
    assert queries.countable(world.ada) == []


def test_taking_back_twice_gives_the_same_line(world):
    entry = reported(world)

    first = reverse(entry, by=world.ada.actor, now=world.noon)

    assert reverse(entry, by=world.ada.actor, now=world.noon) == first
    assert (first.minutes, balance(world.ada)) == (-90, 0)
    with pytest.raises(Refused, match="takes another one back"):
        reverse(first, by=world.ada.actor, now=world.noon)


def test_a_correction_is_a_reversal_and_a_new_line_or_neither(world):
    entry = reported(world)
    with pytest.raises(Refused):
        correct(entry, "x", on=world.today, minutes=0, category="other", by=world.ada.actor, now=world.noon)
    assert balance(world.ada) == 90

    right = correct(
        entry, "A book", on=world.today, minutes=120, category="learning", by=world.ada.actor, now=world.noon
    )

    assert queries.countable(world.ada) == [right]
    assert [line.minutes for line in LedgerEntry.objects.of(world.ada).order_by("pk")] == [90, -90, 120]


def test_the_database_refuses_to_edit_a_line(world):
    entry = reported(world)
    for column, value in (("minutes", 600), ("on", date(2026, 1, 1)), ("grade", "system"), ("title", "Other")):
        with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
            LedgerEntry.objects.filter(pk=entry.pk).update(**{column: value})
    assert LedgerEntry.objects.filter(pk=entry.pk).update(person=world.grace) == 1


def test_which_line_is_corrected_is_never_edited_either(world):
    entry, other = reported(world), reported(world, title="Another")
    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        LedgerEntry.objects.filter(pk=entry.pk).update(corrects=other)


def test_a_line_that_takes_away_needs_what_it_takes_back(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(
            person=world.ada,
            title="x",
            on=world.today,
            minutes=-5,
            category="other",
            grade="self",
            recorded_at=world.noon,
        )


class Ledger(RuleBasedStateMachine):
    """Any order of verbs: the balance is the sum of what was not taken back, and every fact has its line."""

    @initialize()
    def begin(self):
        world = self.world = type(self).world()
        self.ada, self.expected, self.keys, self.lines = world.ada, {}, set(), []

    @rule(minutes=st.integers(1, 1440), days=st.integers(0, 400), number=st.integers(0, 9))
    def report(self, minutes, days, number):
        on, said = World.today - timedelta(days=days), []
        try:
            entry = report(
                self.ada, f"Thing {number}", on=on, minutes=minutes, category="other", by=self.ada.actor, now=World.noon
            )
        except Refused as refused:
            said.append(refused.refusal.code)
        else:
            self.expected[entry.pk] = minutes
            self.lines.append(entry)
        assert said in ([], ["twice"])

    @rule(key=st.integers(0, 5), minutes=st.integers(1, 1440))
    def credit(self, key, minutes):
        entry = credited(self.world, key=str(key), minutes=minutes)
        if key not in self.keys:
            self.keys.add(key)
            self.expected[entry.pk] = minutes
            self.lines.append(entry)

    @precondition(lambda self: self.lines)
    @rule(data=st.data())
    def reverse(self, data):
        entry = data.draw(st.sampled_from(self.lines))
        reverse(entry, by=self.ada.actor, now=World.noon)
        self.expected.pop(entry.pk, None)

    @invariant()
    def the_balance_is_the_sum(self):
        page = queries.ledger_page(self.ada, World.noon)
        assert page.minutes == sum(self.expected.values())
        assert page.count == len(self.expected)
        countable = queries.countable(self.ada)
        assert {one.pk: one.minutes for one in countable} == self.expected
        # Of lines that stand for one another only one counts.
        assert len({one.stands_for_id or one.pk for one in countable}) == len(countable)
        assert (
            Said.objects.filter(topic__name=f"ledger:{self.ada.pk}").count() == LedgerEntry.objects.of(self.ada).count()
        )


def test_any_order_of_verbs(db, world):
    from hypothesis.stateful import run_state_machine_as_test

    def fresh():
        Said.objects.filter(topic__name=f"ledger:{world.ada.pk}").delete()
        LedgerEntry.objects.filter(takes_back__isnull=False).delete()
        LedgerEntry.objects.filter(stands_for__isnull=False).delete()
        LedgerEntry.objects.all().delete()
        return world

    Ledger.world = staticmethod(fresh)
    run_state_machine_as_test(Ledger, settings=settings(max_examples=15, stateful_step_count=30, deadline=None))
