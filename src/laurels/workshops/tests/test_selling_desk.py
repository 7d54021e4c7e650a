"""The provider's staff say how seats are sold; whoever has booked keeps what they booked."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.workshops.actions import book, check_out, make_coupon, make_coupons, set_sale, withdraw_coupon
from laurels.workshops.models import Coupon, Sale, Seat, Workshop
from laurels.workshops.rules import Attendee, Basket, ExtraLine, Step, Terms

STRICT = Terms((Step(30, 100), Step(10, 20)), 20, 5_000, "business")
TYPED = {
    "early": "400", "early_until": "2026-03-20", "early_seats": "3", "group": "450.50", "group_from": "5",
    "minimum": "4", "decide_on": "2026-04-01", "counts": "business", "move_days": "20", "move_fee": "50",
    "step-0-days": "30", "step-0-percent": "100", "step-1-days": "10", "step-1-percent": "20",
    "extra-0-title": "Dinner", "extra-0-price": "25",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    """The doors' clock stands on the world's morning."""
    monkeypatch.setattr(timezone, "now", lambda: world.morning)


@pytest.fixture
def workshop(world):
    return world.workshop_with(price_minor=50_000)


@pytest.fixture
def sam(world, client):
    client.force_login(world.sam)
    return client


def test_staff_set_all_of_it_on_one_page(world, sam, workshop):
    path = f"/desk/workshops/{workshop.public_id}/sale"
    assert sam.get(path).status_code == 200

    answer = sam.post(path, TYPED)

    sale = Sale.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, path)
    assert (sale.early_minor, sale.early_until, sale.early_seats) == (40_000, date(2026, 3, 20), 3)
    assert (sale.group_minor, sale.group_from, sale.terms) == (45_050, 5, STRICT.as_data())
    assert [(one.title, one.price_minor) for one in workshop.extras.all()] == [("Dinner", 2_500)]
    before = Entry.objects.count()
    sam.post(path, TYPED)
    assert Entry.objects.count() == before


def test_the_words_are_shown_before_anything_is_saved(sam, workshop):
    page = sam.post(f"/desk/workshops/{workshop.public_id}/sale", TYPED | {"terms": "1"}).content.decode()
    assert "Until 30 business days before: everything back." in page
    assert "for EUR\u00a050.00" in page
    assert Sale.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"early": "501"}, "early"),
        ({"early_until": "", "early_seats": ""}, "early_until"),
        ({"early": ""}, "early"),
        ({"early_until": "2026-04-15"}, "early_until"),
        ({"group": "501"}, "group"),
        ({"group_from": ""}, "group_from"),
        ({"least": "10"}, "least"),
        ({"invite_code": "short"}, "invite_code"),
        ({"minimum": "13"}, "minimum"),
        ({"decide_on": ""}, "decide_on"),
        ({"decide_on": "2026-04-15"}, "decide_on"),
        ({"step-1-days": "40"}, "step-0-days"),
        ({"step-1-percent": ""}, "step-1-percent"),
        ({"extra-0-price": ""}, "extra-0-price"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(sam, workshop, typed, field):
    answer = sam.post(f"/desk/workshops/{workshop.public_id}/sale", TYPED | typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (Sale.objects.count(), workshop.extras.count()) == (0, 0)


def test_whoever_has_booked_keeps_their_terms(world, workshop):
    seat = book(workshop, world.ada, by=world.ada.actor, now=world.morning)
    set_sale(workshop, terms=STRICT, by=world.sam.actor, now=world.noon)
    later = book(workshop, world.grace, by=world.grace.actor, now=world.noon)
    assert [len(one.order.terms["steps"]) for one in (seat, later)] == [2, 2]
    assert [one.order.terms["steps"][0]["days"] for one in (seat, later)] == [14, 30]


def test_extras_that_are_not_offered_any_more_are_withdrawn(world, workshop):
    for lines in ([ExtraLine("Dinner", 2_500), ExtraLine("Book", 900)], [ExtraLine("Book", 900)]):
        set_sale(workshop, terms=STRICT, extras=lines, by=world.sam.actor, now=world.noon)
    assert list(workshop.extras.filter(withdrawn_at=None).values_list("title", flat=True)) == ["Book"]


@pytest.mark.parametrize("somebody", ["ada", "tess", "mallory"])
def test_nobody_else_sells(world, client, workshop, somebody):
    person = getattr(world, somebody)
    client.force_login(person)
    assert client.get(f"/desk/workshops/{workshop.public_id}/sale").status_code == 404
    assert client.get("/desk/coupons/harbour").status_code == 404
    with pytest.raises(Refused, match="staff"):
        set_sale(workshop, terms=STRICT, by=person.actor, now=world.noon)
    with pytest.raises(Refused, match="staff"):
        make_coupon(world.harbour, code="MINE", percent=100, by=person.actor, now=world.noon)
    with pytest.raises(Refused, match="staff"):
        make_coupons(world.harbour, 2, percent=100, by=person.actor, now=world.noon)


def test_coupons_are_made_counted_and_withdrawn(world, sam, workshop):
    assert sam.post("/desk/coupons/harbour", {"code": "spring", "percent": "10"}).status_code == 303
    coupon = Coupon.objects.get()
    check_out(workshop, world.ada, Basket((Attendee("Ada", "ada@people.example"),), coupon="SPRING"),
              by=world.ada.actor, now=world.morning)  # fmt: skip
    (row,) = sam.get("/desk/coupons/harbour").context["page"].rows
    assert (row.off, row.uses, row.state) == ("10\u00a0%", 1, "open")

    sam.post(f"/desk/coupons/harbour/{coupon.public_id}/withdrawal")
    withdraw_coupon(coupon, by=world.sam.actor, now=world.noon)
    with pytest.raises(Refused, match="not known"):
        check_out(workshop, world.grace, Basket((Attendee("G", "g@people.example"),), coupon="SPRING"),
                  by=world.grace.actor, now=world.morning)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": "A"}, "code"),
        ({"code": "SPRING"}, "code"),
        ({"code": "NEW", "off": "5"}, "percent"),
        ({"code": "NEW", "percent": ""}, "percent"),
        ({"code": "NEW", "percent": "", "off": "5", "currency": ""}, "off"),
        ({"code": "NEW", "valid_until": "2026-03-01"}, "valid_until"),
    ],
)
def test_coupons_that_make_no_sense(world, sam, typed, field):
    make_coupon(world.harbour, code="spring", percent=10, by=world.sam.actor, now=world.morning)
    answer = sam.post("/desk/coupons/harbour", {"percent": "10"} | typed)
    assert (answer.status_code, list(answer.context["form"].errors), Coupon.objects.count()) == (422, [field], 1)


def test_a_batch_of_single_use_codes_comes_as_a_file_without_formulas(world, sam):
    answer = sam.post("/desk/coupons/harbour", {"count": "30", "percent": "100", "note": "=1+1"})
    lines = list(csv.reader(io.StringIO(answer.content.decode())))
    assert (answer["Content-Type"], len(lines), lines[1][3]) == ("text/csv; charset=utf-8", 31, "'=1+1")
    assert {line[0] for line in lines[1:]} == set(Coupon.objects.filter(most_uses=1).values_list("code", flat=True))


def test_the_coupon_page_asks_as_much_for_three_as_for_one(world, sam):
    counts = []
    for code in ("ONE", "TWO", "THREE"):
        make_coupon(world.harbour, code=code, percent=10, by=world.sam.actor, now=world.morning)
        with CaptureQueriesContext(connection) as queries:
            sam.get("/desk/coupons/harbour")
        counts.append(len(queries))
    assert counts[0] == counts[2] <= 8


def test_a_private_workshop_is_found_by_its_code_alone(world, client, workshop):
    set_sale(workshop, terms=STRICT, invite_code="Harbour-77", by=world.sam.actor, now=world.morning)
    path = f"/workshops/{workshop.public_id}"
    assert workshop.public_id not in client.get("/workshops").content.decode()
    assert workshop.public_id not in client.get("/").content.decode()
    for where in (path, f"{path}/seat", f"{path}?code=Harbour-78"):
        assert client.get(where).status_code == 404
    assert client.get(f"{path}?code=harbour-77").status_code == 200
    assert f"{path}/seat?code=harbour-77" in client.get(f"{path}?code=harbour-77").content.decode()
    client.force_login(world.ada)
    form = client.get(f"{path}/seat?code=harbour-77").context["form"]
    assert form["invite_code"].value() == "harbour-77"
    assert client.post(f"{path}/seat", {"name": "Ada", "invite_code": "harbour-77"}).status_code == 303
    assert (Seat.objects.get().person, client.get(path).status_code) == (world.ada, 200)


def test_drafts_stay_hidden_whatever_code_is_guessed(world, workshop):
    set_sale(workshop, terms=STRICT, invite_code="Harbour-77", by=world.sam.actor, now=world.morning)
    Workshop.objects.filter(pk=workshop.pk).update(state="draft")
    assert not Workshop.objects.visible_to(world.ada.actor, code="Harbour-77").exists()
    assert Workshop.objects.visible_to(world.sam.actor).exists()


def test_staff_say_how_they_bill(world, sam, client):
    path = "/organisations/harbour/billing"
    typed = {
        "legal_name": "Harbour Product School GmbH", "country": "DE", "tax_id": "DE123456789", "tax_name": "VAT",
        "tax_percent": "19", "is_tax_included": "on", "takes_transfer": "on", "due_days": "30",
        "number_prefix": "H-2026/",
    }  # fmt: skip
    assert sam.get(path).status_code == 200
    assert sam.post(path, typed).status_code == 303
    billing = world.harbour.billing
    assert (billing.tax_basis_points, billing.prefix, billing.due_days) == (1900, "H-2026/", 30)
    assert sam.post(path, typed | {"tax_percent": "8.1"}).status_code == 303
    assert 'value="8.1"' in sam.get(path).content.decode()
    bad = sam.post(path, typed | {"tax_id": "12"})
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["tax_id"])
    client.force_login(world.mallory)
    assert client.get(path).status_code == 404
