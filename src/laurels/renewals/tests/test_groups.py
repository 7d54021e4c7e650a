"""A company pays: its people agree, each by themselves; one invoice; what is in somebody's way holds up nobody else."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from laurels.credentials.actions import reinstate, suspend
from laurels.credentials.models import Certification
from laurels.education.models import LedgerEntry
from laurels.journal.worker import drain
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.mail.actions import mark_bounced
from laurels.mail.models import Delivery, Letter
from laurels.payments.actions import mark_paid
from laurels.people.models import Address
from laurels.programmes.models import LetterText
from laurels.renewals import rules as group_rules
from laurels.renewals.actions import begin, bill_group, give_up, invite_to_group, make_group, remind_groups
from laurels.renewals.actions import groups as actions
from laurels.renewals.models import GroupReminder, Renewal
from laurels.renewals.tests.conftest import SOON

SYSTEM = Actor.of_system("test")


@pytest.fixture
def group(world, rules):
    LetterText.objects.create(
        body=world.guild,
        key="renewal-paid-for",
        language="en",
        version=1,
        digest="0" * 64,
        subject="{company} pays",
        text="{company} {body} [Agree]({link})",
    )
    return make_group(world.grace, world.guild, "Brass Ltd", by=world.grace.actor, now=SOON)


@pytest.fixture
def agreed(world, holder, learnt, group):
    holder("CSPO")
    learnt(20)
    return begin(world.ada, world.guild, ["CSPO"], group=group, by=world.ada.actor, now=SOON)


def terms(person):
    return Certification.objects.get(person=person).terms.count()


def test_each_is_written_to_once_and_a_wrong_address_stops_all(world, group):
    with pytest.raises(Refused, match="Line 2 is not an e-mail address: bob@"):
        invite_to_group(group, ["ada@people.example", "bob@"], by=world.grace.actor, now=SOON)
    invite_to_group(group, ["Ada@people.example", "", "ada@people.example"], by=world.grace.actor, now=SOON)
    invite_to_group(group, ["ada@people.example", "bob@people.example"], by=world.grace.actor, now=SOON)
    drain()
    letters = Letter.objects.filter(key="renewal-paid-for").order_by("pk")
    assert [letter.to for letter in letters] == ["ada@people.example", "bob@people.example"]
    assert f"/renewals?group={group.public_id}" in letters[0].text


def test_one_invoice_renews_everybody_who_agreed(world, group, agreed):
    assert (agreed.order, agreed.completed_at, terms(world.ada)) == (None, None, 1)
    billed = bill_group(group, by=world.grace.actor, now=SOON)
    assert billed == bill_group(group, by=world.grace.actor, now=SOON)
    assert (billed.order.buyer, billed.order.amount) == (world.grace, Money(10000, "USD"))

    mark_paid(billed.order, by=world.bo.actor, now=SOON)
    drain()

    assert (Renewal.objects.get().completed_at is not None, terms(world.ada)) == (True, 2)


def test_after_the_invoice_nobody_joins_or_leaves(world, group, agreed):
    bill_group(group, by=world.grace.actor, now=SOON)
    with pytest.raises(Refused, match="has the invoice already"):
        give_up(agreed, by=world.ada.actor, now=SOON)
    Renewal.objects.update(given_up_at=SOON)
    agreed.uses.all().delete()
    with pytest.raises(Refused, match="invoice for this group is written"):
        begin(world.ada, world.guild, ["CSPO"], group=group, by=world.ada.actor, now=SOON)


def test_before_it_one_may_think_again(world, group, agreed):
    give_up(agreed, by=world.ada.actor, now=SOON)
    with pytest.raises(Refused, match="Nobody of your people has agreed"):
        bill_group(group, by=world.grace.actor, now=SOON)
    assert LedgerEntry.objects.filter(use__isnull=False).count() == 0


def test_only_whoever_pays_invites_and_asks_for_the_invoice(world, group, agreed):
    for verb in (
        lambda by: invite_to_group(group, ["x@y.example"], by=by, now=SOON),
        lambda by: bill_group(group, by=by, now=SOON),
    ):
        with pytest.raises(Refused, match="Only whoever pays"):
            verb(world.mallory.actor)


def test_what_was_suspended_between_click_and_payment_is_given_when_that_is_lifted(world, group, agreed):
    billed = bill_group(group, by=world.grace.actor, now=SOON)
    certification = Certification.objects.get()
    suspend(certification, "A complaint.", by=world.bo.actor, now=SOON)
    mark_paid(billed.order, by=world.bo.actor, now=SOON)
    drain()
    assert terms(world.ada) == 1
    reinstate(certification, by=world.bo.actor, now=SOON)
    drain()
    assert terms(world.ada) == 2


def test_the_pages_of_a_company(world, client, group, agreed, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON)
    address = f"/renewals/groups/{group.public_id}"
    client.force_login(world.grace)
    assert "Brass Ltd" in client.get("/renewals/groups").content.decode()
    page = client.get(address).content.decode()
    assert ("Ada Lovelace" in page, "Hour 1" in page) == (True, False)
    assert client.post(address, {"emails": "x"}).status_code == 422
    assert client.post(address, {"emails": "x@y.example"}).status_code == 303
    assert client.post(f"{address}/invoice").status_code == 303
    assert client.post("/renewals/groups", {"body": "commonground", "company": "Tin Ltd"}).status_code == 303
    client.force_login(world.ada)
    assert client.get(address).status_code == 404
    assert "Brass Ltd pays" in client.get("/renewals").content.decode()


def test_the_link_in_the_letter_lets_somebody_agree(world, client, holder, learnt, group, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON)
    holder("CSPO")
    learnt(20)
    client.force_login(world.ada)
    page = client.get(f"/renewals?group={group.public_id}").content.decode()
    assert "Agree: Brass Ltd pays" in page
    client.post("/renewals/at/commonground", {"chosen": "CSPO", "group": group.public_id})
    assert Renewal.objects.get().group == group


def test_a_letter_that_came_back_goes_to_the_next_proven_address_once(world):
    Address.objects.create(person=world.ada, email="second@people.example", verified_at=world.noon)
    Address.objects.create(person=world.grace, email="unproven@people.example")
    for person in (world.ada, world.grace):
        Letter.objects.create(
            key="renewal-reminder",
            to=person.email,
            person=person,
            subject="x",
            text="y",
            html="y",
            topic="certification:1",
            written_at=SOON,
        )
    for letter in list(Letter.objects.all()):
        mark_bounced(letter, detail="550 no such user", by=SYSTEM, now=SOON)
        mark_bounced(letter, detail="550 no such user", by=SYSTEM, now=SOON)
    drain()
    assert [one.to for one in Letter.objects.order_by("pk")][2:] == ["second@people.example"]
    mark_bounced(Letter.objects.latest("pk"), detail="550", by=SYSTEM, now=SOON)
    drain()
    assert Letter.objects.count() == 3
    assert Delivery.objects.filter(state="bounced").count() == 3


UNTIL = SOON.date() + timedelta(days=20)


@pytest.fixture
def asked(world, rules, group):
    """Brass Ltd has asked Ada and Bob to agree within twenty days."""
    LetterText.objects.create(
        body=world.guild,
        key="renewal-paid-for-reminder",
        language="en",
        version=1,
        digest="0" * 64,
        subject="{company} until {until}",
        text="{body} [Agree]({link})",
    )
    group.until = UNTIL
    group.save()
    invite_to_group(group, ["ada@people.example", "bob@people.example"], by=world.grace.actor, now=SOON)
    drain()
    return group


def reminded(world, days):
    """To whom each of so many days wrote."""
    found = {}
    for day in days:
        before = set(Letter.objects.values_list("pk", flat=True))
        count = remind_groups(world.guild, by=SYSTEM, now=SOON + timedelta(days=day))
        fresh = Letter.objects.exclude(pk__in=before).order_by("to")
        assert count == len(fresh)
        if fresh:
            found[day] = [one.to.partition("@")[0] for one in fresh]
    return found


def test_whoever_has_not_agreed_is_reminded_once_after_a_few_days_and_once_before_the_last(world, asked):
    assert reminded(world, [*range(30), 6, 18]) == {5: ["ada", "bob"], 17: ["ada", "bob"]}
    assert Letter.objects.latest("pk").subject == "Brass Ltd until 21 February 2028"
    assert f"/renewals?group={asked.public_id}" in Letter.objects.latest("pk").text


def test_nobody_is_reminded_after_they_agreed_or_when_the_invoice_is_written(world, asked, holder, learnt):
    holder("CSPO")
    learnt(20)
    assert reminded(world, range(6)) == {5: ["ada", "bob"]}
    agreed = begin(world.ada, world.guild, ["CSPO"], group=asked, by=world.ada.actor, now=SOON)
    one = asked.invitations.get(email="ada@people.example")
    assert actions.remind_of_group(one, "before", by=SYSTEM, now=SOON) is None, "read before she agreed"
    assert reminded(world, [17]) == {17: ["bob"]}

    GroupReminder.objects.all().delete()
    bill_group(asked, by=world.grace.actor, now=SOON)
    assert reminded(world, range(30)) == {}
    mark_paid(Renewal.objects.get(pk=agreed.pk).bill, by=world.bo.actor, now=SOON)
    drain()
    assert reminded(world, range(30)) == {}


def test_without_a_last_day_nobody_is_reminded(world, asked):
    asked.until = None
    asked.save()
    assert reminded(world, range(60)) == {}


def test_broken_off_each_is_written_once(world, asked, monkeypatch):
    real, seen = actions.record, []

    def killed_at_the_second(*args, **kwargs):
        seen.append(args)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(actions, "record", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        reminded(world, [5])
    monkeypatch.undo()
    assert GroupReminder.objects.count() == 1
    assert reminded(world, [5, 5]) == {5: ["bob"]}


@pytest.mark.parametrize("length", [1, 2, 4, 8, 9, 11, 12, 40])
def test_never_two_within_three_days_whenever_the_worker_wakes(length):
    first, until = date(2028, 2, 1), date(2028, 2, 1) + timedelta(days=length)
    sent, days = [], []
    for day in range(length + 5):
        today = first + timedelta(days=day)
        if which := group_rules.due_group_reminder(first, until, today, sent):
            sent.append(which)
            days.append(day)
    assert sent == (["after", "before"] if length >= 11 else ["before"])
    assert all(later - earlier >= 3 for earlier, later in pairwise(days))
    assert all(0 < day <= length for day in days)


def test_the_company_names_the_day_and_sees_what_arrived(world, asked, client, monkeypatch):
    reminded(world, [5])
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON + timedelta(days=5))
    client.force_login(world.grace)
    page = client.get(f"/renewals/groups/{asked.public_id}").content.decode()
    assert "They agree until 21 February 2028" in page
    assert (page.count("ada@people.example"), page.count("Brass Ltd until 21 February 2028")) == (2, 2)
    form = {"body": "commonground", "company": "Tin Ltd", "until": "2028-02-06"}
    answer = client.post("/renewals/groups", form)
    assert (answer.status_code, "A day from tomorrow on" in answer.content.decode()) == (422, True)
    assert client.post("/renewals/groups", {**form, "until": "2028-02-07"}).status_code == 303
