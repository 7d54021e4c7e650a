"""What a body's rules say about a ledger: until when a line is its owner's to change, and what has to be shown."""

from datetime import UTC, date, datetime, timedelta

import pytest

from laurels.credentials.actions import award
from laurels.education.actions import correct, report, reverse
from laurels.education.models import LedgerEntry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.people.models import Person
from laurels.programmes.models import Policy

ENTERED = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def living_by(world):
    """``living_by(entries_fixed_after_days=7)``: Ada is certified at a guild with such rules."""

    def certified(**rules):
        Policy.objects.filter(pk=world.policy.pk).update(parameters=world.policy.parameters | rules)
        award(
            world.ada,
            world.scheme,
            name="Ada Lovelace",
            on=world.after_class.date(),
            by=world.bo.actor,
            now=world.after_class,
        )

    return certified


@pytest.fixture
def entry(world):
    return entered(world.ada)


def entered(person, title="A talk", on=date(2026, 4, 30)):
    return report(person, title, on=on, minutes=60, category="events", by=person.actor, now=ENTERED)


def after(days):
    return ENTERED + timedelta(days=days)


def test_until_its_day_has_passed_an_entry_is_its_owners_to_change(world, living_by, entry):
    living_by(entries_fixed_after_days=7)

    reverse(entry, by=world.ada.actor, now=after(7))

    again = entered(world.ada, "A book")
    with pytest.raises(Refused, match=r"could be changed until 8 May 2026 .*Commonground Guild, whose staff") as fixed:
        reverse(again, by=world.ada.actor, now=after(8))
    assert fixed.value.refusal.code == "fixed"
    with pytest.raises(Refused, match="could be changed until"):
        correct(again, "A novel", on=again.on, minutes=30, category="other", by=world.ada.actor, now=after(8))
    assert LedgerEntry.objects.of(world.ada).standing().get() == again


def test_the_day_is_the_bodys_day(world, living_by):
    """In Lisbon, where the guild is, an entry of 23:30 UTC in summer belongs to the next day."""
    living_by(entries_fixed_after_days=0)
    late = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    entry = report(world.ada, "Late", on=date(2026, 5, 1), minutes=60, category="other", by=world.ada.actor, now=late)
    reverse(entry, by=world.ada.actor, now=late + timedelta(hours=23))
    other = report(world.ada, "Later", on=date(2026, 5, 1), minutes=60, category="other", by=world.ada.actor, now=late)
    with pytest.raises(Refused, match="until 2 May 2026"):
        reverse(other, by=world.ada.actor, now=late + timedelta(hours=24))


def test_where_rules_say_nothing_or_nobody_is_bound_yet_it_stays_open(world, living_by, entry):
    reverse(entry, by=world.ada.actor, now=after(900))
    living_by()
    other = entered(world.ada, "A book")
    reverse(other, by=world.ada.actor, now=after(900))
    assert not LedgerEntry.objects.standing().exists()


def test_asking_twice_gives_the_same_line_even_after_the_day(world, living_by, entry):
    living_by(entries_fixed_after_days=7)
    first = reverse(entry, by=world.ada.actor, now=after(7))
    assert reverse(entry, by=world.ada.actor, now=after(70)) == first


def test_audits_and_the_bodys_staff_still_can_and_staff_say_why(world, living_by, entry):
    living_by(entries_fixed_after_days=0)
    other = entered(world.ada, "A book")

    reverse(entry, "It was a novel.", by=Actor.of_system("audits"), now=after(90))
    with pytest.raises(Refused, match="Say why"):
        reverse(other, " ", by=world.bo.actor, now=after(90))
    taken = reverse(other, "Ada wrote to us: it was three hours.", by=world.bo.actor, now=after(90))

    assert (taken.minutes, taken.reason) == (-60, "Ada wrote to us: it was three hours.")
    for stranger in (world.tess, world.sam, world.mallory, world.grace):
        with pytest.raises(Refused, match="Only you yourself"):
            reverse(entry, "x", by=stranger.actor, now=after(90))


def test_staff_who_are_the_owner_are_an_owner(world, living_by, entry):
    living_by(entries_fixed_after_days=0)
    world.with_role(world.ada, "staff", world.guild)
    owner = Person.objects.get(pk=world.ada.pk)
    with pytest.raises(Refused, match="could be changed until"):
        reverse(entry, "My own.", by=owner.actor, now=after(90))


def test_the_pages_say_it_and_the_bodys_staff_find_the_entry_by_its_address(
    world, living_by, entry, client, monkeypatch
):
    living_by(entries_fixed_after_days=7)
    monkeypatch.setattr("django.utils.timezone.now", lambda: after(8))
    address = f"/ledger/entries/{entry.public_id}"
    client.force_login(world.ada)
    assert ">fixed</span>" in client.get("/ledger").content.decode()
    assert "could be changed until 8 May 2026" in client.get(address).content.decode()
    assert client.post(f"{address}/reversal").status_code == 409

    for stranger in (world.tess, world.sam, world.mallory, world.grace):
        client.force_login(stranger)
        assert client.get(address).status_code == client.post(f"{address}/reversal").status_code == 404

    client.force_login(world.bo)
    page = client.get(address).content.decode()
    assert ("Ada" in page, "Take it back" in page, "Add evidence" in page) == (True, True, False)
    for verb in ("evidence", "cosignings"):
        assert client.post(f"{address}/{verb}").status_code == 404
    assert "Ada asked." in client.post(f"{address}/reversal", {"reason": "Ada asked."}, follow=True).content.decode()
    assert not LedgerEntry.objects.standing().exists()


def test_where_evidence_is_needed_the_form_says_so_kindly(world, living_by, client):
    client.force_login(world.ada)
    assert "something to show: a photo" not in client.get("/ledger").content.decode()
    living_by(evidence_needed=True)

    page = client.get("/ledger").content.decode()

    assert "At Commonground Guild an entry counts as soon as there is something to show: a photo" in page
    assert "<details open>" in page
