"""A company pays: its people agree, each by themselves; one invoice; what is in somebody's way holds up nobody else."""

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
from laurels.renewals.actions import begin, bill_group, give_up, invite_to_group, make_group
from laurels.renewals.models import Renewal
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
