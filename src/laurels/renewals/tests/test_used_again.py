"""A unit counts once: said again, given back by an appeal, or taken back between the quote and the money."""

from datetime import UTC, date, datetime

import pytest

from laurels.credentials.models import Term
from laurels.education.actions import correct, credit, report, reverse
from laurels.education.models import LedgerEntry
from laurels.journal.models import Entry
from laurels.journal.worker import drain
from laurels.kernel.actor import Actor
from laurels.mail.models import Letter
from laurels.payments.actions import mark_paid
from laurels.payments.models import Refund
from laurels.programmes.models import LetterText
from laurels.programmes.rules.renewal import conditions
from laurels.renewals import queries
from laurels.renewals.actions import begin, bill_group, complete, complete_paid, give_up, make_group
from laurels.renewals.models import Use
from laurels.renewals.tests.conftest import SOON

SYSTEM = Actor.of_system("test")
LATER = datetime(2028, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def short_letter(world):
    LetterText.objects.create(
        body=world.guild,
        key="renewal-short",
        language="en",
        version=1,
        digest="0" * 64,
        subject="{units} units are missing",
        text="{name}: {amount} for {schemes} go back. [See]({link}) {body}",
    )


@pytest.fixture
def renewed(world, holder, learnt):
    """Ada has renewed with twenty entries, and has no other."""
    holder("CSPO")
    learnt(20, 2028)
    renewal = begin(world.ada, world.guild, ["CSPO"], by=world.ada.actor, now=SOON)
    mark_paid(renewal.order, by=world.bo.actor, now=SOON)
    return complete(renewal, by=SYSTEM, now=SOON)


def take_back(world, title):
    return reverse(LedgerEntry.objects.earned().filter(title=title).latest("pk"), by=world.ada.actor, now=LATER)


def say(world, title="Hour 0", on=date(2028, 1, 1), minutes=60):
    return report(world.ada, title, on=on, minutes=minutes, category="learning", by=world.ada.actor, now=LATER)


def counted(world, now=LATER):
    """Minutes that count on Ada's page, and in the night."""
    offer = queries.offer(world.ada, world.guild, None, now=now)
    policy = offer.policy
    rules = conditions(policy.key, policy.parameters, tracks={"CSPO": "productowner"})
    (_person, night), *_ = queries.quotes(world.guild, rules, now.date())
    assert night.minutes_counted == offer.quote.minutes_counted
    return offer.quote.minutes_counted


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"title": " hour  0"},
        {"title": "An hour of reading"},
        {"on": date(2028, 2, 1)},
        {"minutes": 90},
    ],
)
def test_what_was_used_taken_back_and_said_again_does_not_count_again(world, renewed, again):
    take_back(world, "Hour 0")
    entry = say(world, **again)

    assert entry.stands_for.title == "Hour 0"
    assert say(world, "Something else", date(2028, 2, 20)).stands_for is None
    assert counted(world) == 60
    take_back(world, entry.title)
    say(world, **again)
    assert counted(world) == 60


def test_a_corrected_line_stands_for_the_one_before_it(world, renewed):
    first = LedgerEntry.objects.get(title="Hour 0")
    correct(first, "A talk", on=date(2028, 2, 9), minutes=90, category="events", by=world.ada.actor, now=LATER)
    assert counted(world) == 0


def test_something_else_counts_and_a_line_is_made_up_for_once(world, renewed):
    take_back(world, "Hour 0")
    say(world, "A book", date(2028, 2, 8))
    say(world)
    assert counted(world) == 60
    say(world, "Evening of that day")
    assert counted(world) == 120


def test_what_no_renewal_used_counts_when_it_is_said_again(world, holder, learnt):
    holder("CSPO")
    learnt(1, 2028)
    take_back(world, "Hour 0")
    say(world)
    assert counted(world) == 60


def test_a_renewal_that_was_given_up_frees_what_stands_for_its_units(world, holder, learnt):
    holder("CSPO")
    learnt(20, 2028)
    renewal = begin(world.ada, world.guild, ["CSPO"], by=world.ada.actor, now=SOON)
    take_back(world, "Hour 0")
    say(world)
    assert counted(world) == 0
    give_up(renewal, by=world.ada.actor, now=LATER)
    assert counted(world) == 20 * 60


@pytest.mark.django_db(transaction=True)
def test_the_database_lets_nobody_loosen_what_a_line_stands_for(world, renewed):
    take_back(world, "Hour 0")
    entry = say(world)
    with pytest.raises(Exception, match="never edited"):
        LedgerEntry.objects.filter(pk=entry.pk).update(stands_for=None)


def test_taken_back_before_the_money_came_others_are_used(world, holder, learnt):
    holder("CSPO")
    learnt(21, 2028)
    renewal = begin(world.ada, world.guild, ["CSPO"], by=world.ada.actor, now=SOON)
    take_back(world, "Hour 3")

    mark_paid(renewal.order, by=world.bo.actor, now=LATER)
    assert complete_paid(renewal.order, by=SYSTEM, now=LATER) == [renewal]

    assert Use.objects.count() == 20
    assert not Use.objects.filter(entry__title="Hour 3").exists()
    assert Term.objects.count() == 2


def test_taken_back_and_said_again_before_the_money_came_it_is_used(world, holder, learnt):
    holder("CSPO")
    learnt(20, 2028)
    renewal = begin(world.ada, world.guild, ["CSPO"], by=world.ada.actor, now=SOON)
    take_back(world, "Hour 3")
    say(world, "Hour 3", date(2028, 1, 4))
    mark_paid(renewal.order, by=world.bo.actor, now=LATER)
    assert complete_paid(renewal.order, by=SYSTEM, now=LATER) == [renewal]
    assert counted(world) == 0


def test_too_few_when_it_is_paid_nothing_is_renewed_the_money_goes_back_and_it_is_told(
    world, holder, learnt, short_letter
):
    holder("CSPO")
    learnt(20, 2028)
    renewal = begin(world.ada, world.guild, ["CSPO"], by=world.ada.actor, now=SOON)
    take_back(world, "Hour 3")
    take_back(world, "Hour 4")

    mark_paid(renewal.order, by=world.bo.actor, now=LATER)
    drain()
    complete_paid(renewal.order, by=SYSTEM, now=LATER)

    renewal.refresh_from_db()
    assert (renewal.completed_at, renewal.given_up_at is not None) == (None, True)
    assert (Term.objects.count(), Use.objects.count()) == (1, 0)
    assert [one.minor for one in Refund.objects.all()] == [10000]
    facts = [one.fact for one in Entry.objects.about(renewal.topic) if one.fact.startswith("renewals.")]
    assert facts == ["renewals.RenewalBegun", "renewals.RenewalFellShort"]
    letter = Letter.objects.get(key="renewal-short")
    assert letter.subject == "2 units are missing"
    assert "USD\xa0100.00 for Certified Scrum Product Owner go back" in letter.text
    say(world, "A book", date(2028, 2, 8), minutes=120)
    assert begin(world.ada, world.guild, ["CSPO"], by=world.ada.actor, now=LATER).pk != renewal.pk


def test_what_was_used_and_an_appeal_gives_back_does_not_count_again(world, renewed):
    entry = LedgerEntry.objects.get(title="Hour 0")
    take_back(world, "Hour 0")
    fields = {"on": entry.on, "minutes": 60, "category": "learning", "again": entry}
    back = credit(world.ada, "Hour 0", source="appeal", key="appeal:1", by=SYSTEM, now=LATER, **fields)
    assert (back.stands_for, counted(world)) == (entry, 0)


def test_a_company_pays_one_less_where_one_of_its_people_falls_short(world, holder, learnt, rules, short_letter):
    group = make_group(world.grace, world.guild, "Brass Ltd", by=world.grace.actor, now=SOON)
    holder("CSPO")
    learnt(20, 2028)
    mine = begin(world.ada, world.guild, ["CSPO"], group=group, by=world.ada.actor, now=SOON)
    billed = bill_group(group, by=world.grace.actor, now=SOON)
    take_back(world, "Hour 3")

    mark_paid(billed.order, by=world.bo.actor, now=LATER)
    drain()

    mine.refresh_from_db()
    assert (mine.completed_at, mine.given_up_at is not None) == (None, True)
    assert [(one.minor, one.order) for one in Refund.objects.all()] == [(10000, billed.order)]
