"""From the offer to the new term: the price that was shown, units used once, the same number, the old one untouched."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest

from laurels.credentials.actions import award, revoke, suspend
from laurels.credentials.models import Certification, Credential
from laurels.education.models import LedgerEntry
from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.payments.actions import mark_paid
from laurels.payments.models import Order
from laurels.renewals import queries
from laurels.renewals.actions import begin, complete, give_up, renew_the_rest
from laurels.renewals.models import Renewal, Use
from laurels.renewals.tests.conftest import SOON

SYSTEM = Actor.of_system("test")


def begun(world, *codes, **changes):
    return begin(world.ada, world.guild, codes, **{"by": world.ada.actor, "now": SOON, **changes})


def terms(person, code="CSPO"):
    held = Certification.objects.get(person=person, scheme__code=code)
    return [(one.kind, one.valid_from, one.valid_until) for one in held.terms.order_by("ordinal")]


def test_the_offer_says_price_units_and_why(world, holder, learnt):
    holder("CSPO", "CSM")
    learnt(21)

    offer = queries.offer(world.ada, world.guild, None, now=SOON)

    assert (offer.quote.fee, offer.quote.minutes_required, offer.quote.minutes_missing) == (
        Money(10000, "USD"),
        1800,
        540,
    )
    assert [line.rule for line in offer.quote.reasons] == ["levels.foundational", "levels.foundational"]
    assert [choice.new_end for choice in offer.choices] == [date(2030, 4, 16)] * 2


def test_paying_completes_it_with_a_new_term_under_the_same_number(world, holder, learnt):
    holder("CSPO")
    learnt(22)
    number, old = Certification.objects.get().number, Credential.objects.get().unsigned

    renewal = begun(world, "CSPO")
    with pytest.raises(Refused, match="not paid yet"):
        complete(renewal, by=SYSTEM, now=SOON)
    mark_paid(renewal.order, by=world.bo.actor, now=SOON)
    complete(renewal, by=SYSTEM, now=SOON)
    complete(renewal, by=SYSTEM, now=SOON)

    assert terms(world.ada) == [
        ("awarded", date(2026, 4, 16), date(2028, 4, 16)),
        ("renewed", date(2028, 4, 17), date(2030, 4, 16)),
    ]
    assert Certification.objects.get().number == number
    first, second = Credential.objects.order_by("pk")
    assert first.unsigned == old
    assert "2030-04-1" in second.unsigned
    assert Use.objects.count() == 20
    assert [one.fact for one in Entry.objects.about(renewal.topic)] == [
        "renewals.RenewalBegun",
        "renewals.RenewalCompleted",
    ]


def test_clicking_twice_owes_once(world, holder, learnt):
    holder("CSPO")
    learnt(20)

    assert begun(world, "CSPO") == begun(world, "CSPO")
    assert Order.objects.count() == 1


def test_units_are_used_once(world, holder, learnt):
    holder("CSPO")
    learnt(20)
    renewal = begun(world, "CSPO")
    mark_paid(renewal.order, by=world.bo.actor, now=SOON)
    complete(renewal, by=SYSTEM, now=SOON)

    later = queries.offer(world.ada, world.guild, None, now=datetime(2030, 3, 1, tzinfo=UTC))

    assert {line.why for line in later.lines} == {"An earlier renewal has used it; a unit counts once."}
    assert later.quote.minutes_counted == 0


def test_giving_up_frees_the_units_and_nothing_is_owed(world, holder, learnt):
    holder("CSPO", "CSM")
    learnt(30)
    renewal = begun(world, "CSPO")
    with pytest.raises(Refused, match="waits to be paid"):
        begun(world, "CSPO", "CSM")

    give_up(renewal, by=world.ada.actor, now=SOON)
    give_up(renewal, by=world.ada.actor, now=SOON)
    both = begun(world, "CSPO", "CSM")

    assert not Order.objects.due().filter(pk=renewal.order_id).exists()
    assert (both.uses.count(), renewal.uses.count()) == (30, 0)
    with pytest.raises(Refused, match="was given up"):
        complete(renewal, by=SYSTEM, now=SOON)


@pytest.mark.parametrize("units", [0, 19])
def test_too_few_units_are_refused_with_how_many_are_missing(world, holder, learnt, units):
    holder("CSPO")
    learnt(units)
    with pytest.raises(Refused, match=f"Units still missing: {20 - units}"):
        begun(world, "CSPO")
    assert not Renewal.objects.exists()


def test_who_lapsed_is_reinstated_from_the_day_of_renewing(world, holder, learnt):
    holder("CSPO")
    learnt(20)
    late = datetime(2028, 9, 1, 9, tzinfo=UTC)
    renewal = begun(world, "CSPO", now=late)
    mark_paid(renewal.order, by=world.bo.actor, now=late + timedelta(days=3))
    complete(renewal, by=SYSTEM, now=late + timedelta(days=3))

    assert terms(world.ada)[-1] == ("reinstated", date(2028, 9, 1), date(2030, 9, 1))


def test_what_is_suspended_or_revoked_is_not_renewed(world, holder, learnt):
    holder("CSPO", "CSM")
    learnt(40)
    suspend(Certification.objects.get(scheme__code="CSM"), "audit", by=world.bo.actor, now=SOON)
    assert begun(world, "CSPO").renewed.count() == 1
    give_up(Renewal.objects.get(), by=world.ada.actor, now=SOON)
    revoke(Certification.objects.get(scheme__code="CSPO"), "fraud", by=world.bo.actor, now=SOON)
    with pytest.raises(Refused, match="was revoked"):
        begun(world, "CSPO")


def test_what_is_suspended_alone_is_not_called_valid_for_life(world, holder, learnt, client, monkeypatch):
    holder("CSPO")
    learnt(20)
    suspend(Certification.objects.get(), "audit", by=world.bo.actor, now=SOON)
    with pytest.raises(Refused, match="is suspended"):
        begun(world, "CSPO")

    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON)
    client.force_login(world.ada)
    page = client.get("/renewals").content.decode()
    assert ("here is suspended" in page, "valid for life" in page) == (True, False)


def test_one_that_is_suspended_does_not_hold_up_the_others(world, holder, rules):
    holder("CSPO", "CSM")
    day = datetime(2027, 5, 3, 18, tzinfo=UTC)
    suspend(Certification.objects.get(scheme__code="CSM"), "audit", by=world.bo.actor, now=day)
    developer = award(world.ada, rules["CSD"], name="Ada Lovelace", on=day.date(), by=world.bo.actor, now=day)

    renew_the_rest(developer, by=SYSTEM, now=day)

    assert (len(terms(world.ada, "CSPO")), len(terms(world.ada, "CSM"))) == (2, 1)


def test_nobody_renews_for_somebody_else(world, holder, learnt):
    holder("CSPO")
    learnt(20)
    with pytest.raises(Refused, match="Only you yourself"):
        begun(world, "CSPO", by=world.grace.actor)


def test_earning_another_renews_the_rest_without_units_and_without_a_fee(world, holder, rules):
    holder("CSPO")
    day = datetime(2027, 5, 3, 18, tzinfo=UTC)
    csm = award(world.ada, rules["CSM"], name="Ada Lovelace", on=day.date(), by=world.bo.actor, now=day)

    renew_the_rest(csm, by=SYSTEM, now=day)
    renew_the_rest(csm, by=SYSTEM, now=day)

    assert terms(world.ada)[-1] == ("renewed", date(2028, 4, 17), date(2029, 5, 3))
    assert len(terms(world.ada)) == 2
    assert LedgerEntry.objects.count() == Order.objects.count() == 0


def test_one_screen_from_the_price_to_how_to_pay(world, holder, learnt, client):
    holder("CSPO", "CSM")
    learnt(30)
    client.force_login(world.ada)

    page = client.get("/renewals?choosing=1&chosen=CSPO&on=2028-02-01").content.decode()
    assert "20 of 20 units" in page
    assert "levels.foundational" in page
    assert "Nothing is done here" in page

    assert client.get("/renewals?on=2028-13-77").status_code == 200
    client.force_login(world.grace)
    assert "You hold nothing yet" in client.get("/renewals").content.decode()


def test_every_why_leads_to_its_line_of_that_very_version_of_the_rules(world, holder, learnt, client, monkeypatch):
    holder("CSPO", "CSM")
    learnt(30)
    learnt(1, 2026)
    renewal = begun(world, "CSPO")
    mark_paid(renewal.order, by=world.bo.actor, now=SOON)
    complete(renewal, by=SYSTEM, now=SOON)
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON)
    client.force_login(world.ada)

    links = set(re.findall(r'href="(/policies/[^"]*)"', client.get("/renewals").content.decode()))

    assert {unescape(link).partition("#")[2] for link in links} >= {"line-levels.foundational", "line-units_reusable"}
    for link in map(unescape, links):
        address, _hash, line = link.partition("#")
        assert "?body=commonground&version=1" in address
        assert f'id="{line}"' in client.get(address).content.decode(), link


def test_the_click_leads_to_the_invoice_and_a_second_one_to_the_same(world, holder, learnt, client, monkeypatch):
    holder("CSPO")
    learnt(20)
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON)
    client.force_login(world.ada)

    first = client.post("/renewals/at/commonground", {"chosen": ["CSPO"]})
    second = client.post("/renewals/at/commonground", {"chosen": ["CSPO"]})

    assert first.status_code == 303
    assert first["Location"] == second["Location"] == f"/orders/{Order.objects.get().public_id}"
    assert "waits to be paid" in client.get("/renewals").content.decode()
    renewal = Renewal.objects.get()
    client.force_login(world.mallory)
    assert client.post(f"/renewals/{renewal.public_id}/end").status_code == 404
    client.force_login(world.ada)
    assert client.post(f"/renewals/{renewal.public_id}/end").status_code == 303
    assert Renewal.objects.open().count() == 0


def test_what_if_another_one_were_earned(world, holder, rules, client):
    holder("CSPO")
    client.force_login(world.ada)

    page = client.get("/renewals?on=2027-05-03&earning=CSM").content.decode()

    assert "What if you earned CSM?" in page
    assert "renews what else you hold, without units and without a fee" in page
    assert "Renewed: until 3 May 2029." in page
    assert "Renew now" not in page
    for strange in ("CSPO", "<b>", "nothing"):
        assert "renews what else you hold" not in client.get("/renewals", {"earning": strange}).content.decode()
    assert terms(world.ada) == [("awarded", date(2026, 4, 16), date(2028, 4, 16))]
