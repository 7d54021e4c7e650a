"""Doors: what each page shows, saves and keeps from others."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.participation.models import Attendance, Attestation, Declaration, Line, Roster
from laurels.participation.tests.conftest import browser_of
from laurels.people.models import Address
from laurels.workshops.models import Workshop


def desk(held, page):
    return f"/desk/workshops/{held.workshop.public_id}/{page}"


def cell(seat, key):
    return f"{seat.public_id}.{key}"


def seen_on(response):
    return response.context["sheet"].seen


def test_the_grid_saves_letters_and_minutes(held, world):
    _ = held.ada, held.grace
    browser = browser_of(world.tess)
    page = browser.get(desk(held, "attendance") + "?day=1")
    assert page.status_code == 200
    assert b"Break" not in page.content
    post = {
        "seen": seen_on(page),
        cell(held.ada, "open"): "P",
        cell(held.ada, "vision"): "20",
        cell(held.grace, "open"): "a",
    }
    response = browser.post(desk(held, "attendance") + "?day=1", post)
    assert response.status_code == 303
    assert sorted(Attendance.objects.values_list("seat__name", "block__key", "minutes")) == [
        ("Ada Lovelace", "open", 30),
        ("Ada Lovelace", "vision", 20),
        ("Grace Hopper", "open", 0),
    ]


def test_the_second_day_has_its_own_grid(held, world):
    _ = held.ada
    page = browser_of(world.tess).get(desk(held, "attendance") + "?day=2")
    assert [block.key for block in page.context["sheet"].blocks] == ["review"]


def test_all_present_fills_only_what_nobody_noted(held, world):
    held.note(held.ada, open=10)
    _ = held.grace
    browser = browser_of(world.tess)
    page = browser.get(desk(held, "attendance") + "?day=1")
    post = {
        "seen": seen_on(page),
        cell(held.ada, "open"): "10",
        "block.open": "on",
        f"person.{held.grace.public_id}": "on",
    }
    browser.post(desk(held, "attendance") + "?day=1", post)
    assert sorted(Attendance.objects.values_list("seat__name", "block__key", "minutes")) == [
        ("Ada Lovelace", "open", 10),
        ("Grace Hopper", "open", 30),
        ("Grace Hopper", "vision", 45),
    ]


def test_a_colleagues_entry_made_meanwhile_is_kept_and_said(held, world):
    _ = held.ada
    browser = browser_of(world.tess)
    page = browser.get(desk(held, "attendance") + "?day=1")
    held.note(held.ada, open=25, vision=45, by=world.sam)
    post = {"seen": seen_on(page), cell(held.ada, "open"): "p", cell(held.ada, "vision"): ""}
    response = browser.post(desk(held, "attendance") + "?day=1", post, follow=True)
    assert dict(Attendance.objects.values_list("block__key", "minutes")) == {"open": 25, "vision": 45}
    assert "somebody else noted 25 min" in response.content.decode()


def test_good_cells_are_saved_and_bad_ones_come_back_with_a_reason(held, world):
    _ = held.ada
    browser = browser_of(world.tess)
    page = browser.get(desk(held, "attendance") + "?day=1")
    post = {"seen": seen_on(page), cell(held.ada, "open"): "p", cell(held.ada, "vision"): "46"}
    response = browser.post(desk(held, "attendance") + "?day=1", post)
    assert response.status_code == 422
    assert "lasts 45 minutes" in response.content.decode()
    assert 'value="46"' in response.content.decode()
    assert dict(Attendance.objects.values_list("block__key", "minutes")) == {"open": 30}


@pytest.mark.parametrize("typed", ["x", "-1", "1.5", "٣", "99999999999999999999", "<script>", ""])
def test_what_is_no_entry_is_said_and_harms_nothing(held, world, typed):
    held.note(held.ada, open=30)
    browser = browser_of(world.tess)
    page = browser.get(desk(held, "attendance") + "?day=1")
    post = {"seen": seen_on(page), cell(held.ada, "open"): typed}
    response = browser.post(desk(held, "attendance") + "?day=1", post)
    assert (response.status_code, Attendance.objects.get().minutes) == (422, 30)
    assert b'<script>"' not in response.content


@pytest.mark.parametrize("seen", ["", "nonsense", "[]", '{"a": {"b": 1}}', "null"])
def test_a_forged_note_of_what_was_seen_only_protects_less(held, world, seen):
    _ = held.ada
    response = browser_of(world.tess).post(
        desk(held, "attendance") + "?day=1", {"seen": seen, cell(held.ada, "open"): "p"}
    )
    assert (response.status_code, Attendance.objects.get().minutes) == (303, 30)


def test_one_block_at_a_time_on_a_phone(held, world):
    _ = held.ada, held.grace, held.alan
    browser = browser_of(world.tess)
    address = desk(held, "attendance") + "?block=vision"
    page = browser.get(address)
    assert page.content.decode().count("<fieldset") == 3
    post = {
        "seen": seen_on(page),
        cell(held.ada, "vision"): "45",
        cell(held.grace, "vision"): "part",
        cell(held.grace, "vision.part"): "15",
        cell(held.alan, "vision"): "0",
        "next": "1",
    }
    response = browser.post(address, post)
    assert response.headers["Location"].endswith("?block=review")
    assert sorted(Attendance.objects.values_list("seat__name", "minutes")) == [
        ("Ada Lovelace", 45),
        ("Alan", 0),
        ("Grace Hopper", 15),
    ]


def test_part_of_it_without_a_number_is_asked_for(held, world):
    _ = held.ada
    browser = browser_of(world.tess)
    response = browser.post(
        desk(held, "attendance") + "?block=vision", {"seen": "{}", cell(held.ada, "vision"): "part"}
    )
    assert (response.status_code, Attendance.objects.count()) == (422, 0)


def test_decisions_on_one_screen(held, world):
    held.there_throughout(held.ada)
    held.note(held.grace, open=30)
    _ = held.alan
    browser = browser_of(world.tess)
    page = browser.get(desk(held, "decisions"))
    text = page.content.decode()
    assert "135 of 135 minutes" in text
    assert "Vision (not noted), Review (not noted)" in text
    post = {
        "seen": page.context["page"].seen,
        f"decision.{held.ada.public_id}": "eligible",
        f"decision.{held.grace.public_id}": "eligible",
        f"decision.{held.alan.public_id}": "not-eligible",
        f"reason.{held.alan.public_id}": "Never came.",
    }
    response = browser.post(desk(held, "decisions"), post)
    assert response.status_code == 422
    assert "was present 30 of 135 minutes" in response.content.decode()
    assert sorted(Attestation.objects.values_list("seat__name", "decision")) == [
        ("Ada Lovelace", "eligible"),
        ("Alan", "not-eligible"),
    ]


def test_eligible_for_all_who_were_there_is_one_button(held, world):
    held.there_throughout(held.ada, held.grace)
    browser = browser_of(world.tess)
    assert browser.post(desk(held, "decisions/throughout")).status_code == 303
    assert Attestation.objects.count() == 2


def test_a_decision_made_meanwhile_is_not_overwritten(held, world):
    held.there_throughout(held.ada)
    browser = browser_of(world.tess)
    page = browser.get(desk(held, "decisions"))
    browser_of(world.tess).post(desk(held, "decisions/throughout"))
    post = {
        "seen": page.context["page"].seen,
        f"decision.{held.ada.public_id}": "not-eligible",
        f"reason.{held.ada.public_id}": "Mixed up",
    }
    response = browser.post(desk(held, "decisions"), post)
    assert "Somebody else decided meanwhile" in response.content.decode()
    assert Attestation.objects.count() == 1


def test_staff_reads_the_decisions_and_cannot_decide(held, world):
    held.there_throughout(held.ada)
    browser = browser_of(world.sam)
    assert browser.get(desk(held, "decisions")).status_code == 200
    post = {"seen": "{}", f"decision.{held.ada.public_id}": "eligible"}
    assert browser.post(desk(held, "decisions"), post).status_code == 409
    assert Attestation.objects.count() == 0


def test_from_pre_flight_to_the_bodys_ruling(held, world):
    held.decided(held.ada, held.grace)
    tess, bo = browser_of(world.tess), browser_of(world.bo)
    page = tess.get(desk(held, "roster"))
    seen = page.context["flight"].digest

    wrong = tess.post(desk(held, "roster/signature"), {"seen": seen, "words": "yes"})
    assert (wrong.status_code, Roster.objects.count()) == (422, 0)
    signed = tess.post(desk(held, "roster/signature"), {"seen": seen, "words": " i  Attest. "})
    roster = Roster.objects.get()
    assert signed.headers["Location"] == f"/desk/rosters/{roster.public_id}"
    assert bo.get(f"/body/rosters/{roster.public_id}").status_code == 404

    tess.post(f"/desk/rosters/{roster.public_id}/submission")
    assert "Harbour Product School" in bo.get("/body/rosters").content.decode()
    bo.post(f"/body/rosters/{roster.public_id}/receipt")
    page = bo.get(f"/body/rosters/{roster.public_id}").content.decode()
    assert "Matches the lines" in page
    assert "There throughout" in page
    ada, grace = held.line_of(held.ada), held.line_of(held.grace)
    lines = f"/body/rosters/{roster.public_id}/lines"
    assert bo.get(f"{lines}/{ada.public_id}/return").status_code == 200
    assert bo.post(f"{lines}/{ada.public_id}/return", {"reason": ""}).status_code == 422
    assert bo.post(f"{lines}/{ada.public_id}/return", {"reason": "Day two?"}).status_code == 303
    assert bo.post(f"{lines}/{grace.public_id}/acceptance").status_code == 303
    assert "Day two?" in tess.get(f"/desk/rosters/{roster.public_id}").content.decode()
    assert "Day two?" in tess.get(f"{lines}/{ada.public_id}").content.decode()
    assert "Tess Trainer" in bo.get(f"{lines}/{ada.public_id}").content.decode()
    assert Roster.objects.get().state == "settled"


def test_accept_all(held, world):
    roster = held.received(held.ada, held.grace)
    browser_of(world.bo).post(f"/body/rosters/{roster.public_id}/acceptance")
    assert set(Line.objects.values_list("state", flat=True)) == {"accepted"}


def test_an_auditor_reads_and_rules_nothing(held, world):
    roster = held.received(held.ada)
    auditor = browser_of(world.with_role(world.person("Audrey"), "auditor", world.guild))
    page = auditor.get(f"/body/rosters/{roster.public_id}")
    assert (page.status_code, b"Accept" in page.content) == (200, False)
    assert auditor.post(f"/body/rosters/{roster.public_id}/acceptance").status_code == 409
    assert held.line_of(held.ada).state == "received"


def test_the_learner_confirms_and_sees_their_attendance(held, world):
    held.note(held.ada, open=30, vision=20)
    ada = browser_of(world.ada)
    address = f"/seats/{held.ada.public_id}/declaration"
    text = ada.get(address).content.decode()
    assert "20 of 45" in text
    assert "Tell Tess Trainer or Harbour Product School" in text
    words = {"certificate_name": "Ada  King", "email": "ada@people.example", "is_member_already": "no"}
    preview = ada.post(address, {**words, "preview": "1"})
    assert (">Ada King</output>" in preview.content.decode(), Declaration.objects.count()) == (True, 0)
    assert ada.post(address, words).status_code == 303
    assert Declaration.objects.get().certificate_name == "Ada King"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"certificate_name": "A\u202eB"}, "invisible or control"),
        ({"certificate_name": "A" * 121}, "too long"),
        ({"email": "grace@people.example"}, "not one of the available choices"),
        ({"email": "new@people.example"}, "not one of the available choices"),
        ({"is_member_already": "yes"}, "Write the address of your account"),
        ({"is_member_already": "yes", "member_email": "nonsense"}, "valid email"),
        ({"is_member_already": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(held, world, words, error):
    _ = world.grace
    Address.objects.create(person=world.ada, email="new@people.example")
    post = {"certificate_name": "Ada", "email": "ada@people.example", "is_member_already": "no", **words}
    response = browser_of(world.ada).post(f"/seats/{held.ada.public_id}/declaration", post)
    assert response.status_code == 422
    assert error in response.content.decode()
    assert Declaration.objects.count() == 0


def test_names_are_shown_and_never_run(held, world):
    hostile = '<script>alert("x")</script>'
    seat = held.seat_of(world.ada, name=hostile)
    held.decided(seat)
    tess = browser_of(world.tess)
    for page in ("attendance", "decisions", "roster"):
        assert hostile not in tess.get(desk(held, page)).content.decode()


def addresses(held):
    held.ran("vision-board", {held.ada: "met"})
    roster = held.received(held.ada)
    line = held.line_of(held.ada)
    body = f"/body/rosters/{roster.public_id}"
    return {
        "GET": [
            desk(held, "attendance"),
            desk(held, "decisions"),
            desk(held, "roster"),
            desk(held, "dossier"),
            desk(held, f"dossier?person={held.ada.public_id}"),
            desk(held, "dossier.csv"),
            f"/desk/rosters/{roster.public_id}",
            body,
            f"{body}/lines/{line.public_id}",
            f"{body}/lines/{line.public_id}/return",
            f"/seats/{held.ada.public_id}/declaration",
            f"/seats/{held.ada.public_id}/participation",
        ],
        "POST": [
            desk(held, "attendance"),
            desk(held, "dossier"),
            desk(held, f"remarks/{held.remark.public_id}/answer"),
            f"/seats/{held.ada.public_id}/participation",
            desk(held, "decisions"),
            desk(held, "decisions/throughout"),
            desk(held, "roster/signature"),
            f"/desk/rosters/{roster.public_id}/submission",
            f"{body}/receipt",
            f"{body}/acceptance",
            f"{body}/lines/{line.public_id}/acceptance",
            f"{body}/lines/{line.public_id}/return",
            f"/seats/{held.ada.public_id}/declaration",
        ],
    }


def without_token(response):
    """The page but for the cross-site token, which is masked anew on every page."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


def test_foreign_and_never_existed_look_the_same(held, world):
    found = addresses(held)
    line, roster = held.line_of(held.ada), Roster.objects.get()
    ids = [held.workshop.public_id, held.remark.public_id, roster.public_id, line.public_id, held.ada.public_id]
    for stranger in (world.mallory, world.grace):
        browser = browser_of(stranger)
        for method, paths in found.items():
            for path in paths:
                foreign = browser.generic(method, path)
                nowhere = path
                for one in ids:
                    nowhere = nowhere.replace(one, one[::-1])
                absent = browser.generic(method, nowhere)
                assert (path, foreign.status_code, absent.status_code) == (path, 404, 404)
                assert without_token(foreign) == without_token(absent)
    assert held.line_of(held.ada).state == "received"


def test_those_who_belong_do_see_them(held, world):
    """The positive control of the test above."""
    found = addresses(held)
    for path in found["GET"][:7]:
        assert (path, browser_of(world.tess).get(path).status_code) == (path, 200)
    for path in found["GET"][7:10]:
        assert (path, browser_of(world.bo).get(path).status_code) == (path, 200)
    for path in found["GET"][10:]:
        assert (path, browser_of(world.ada).get(path).status_code) == (path, 200)


def test_strangers_are_sent_to_sign_in(held, client):
    for path in addresses(held)["GET"]:
        assert client.get(path).headers["Location"].startswith("/sign-in?")


def test_a_trainer_of_another_workshop_sees_nothing_here(held, world):
    tom = world.with_role(world.person("Tom"), "trainer", world.harbour)
    world.workshop_with(state=Workshop.State.HELD).trainers.set([tom])
    for path in addresses(held)["GET"]:
        assert browser_of(tom).get(path).status_code == 404


def test_statements_do_not_grow_with_the_people(held, world):
    held.ran("vision-board", {held.ada: "met"})
    held.received(held.ada)
    _ = held.remark
    paths = {
        world.tess: [
            *(desk(held, page) for page in ("attendance", "decisions", "roster", "dossier", "dossier.csv")),
            desk(held, f"dossier?person={held.ada.public_id}"),
        ],
        world.ada: [f"/seats/{held.ada.public_id}/participation"],
        world.bo: ["/body/rosters", f"/body/rosters/{Roster.objects.get().public_id}"],
    }
    few = [count(browser_of(person), path) for person, several in paths.items() for path in several]
    newcomers = [held.seat_of(world.person(name)) for name in ("Grete", "Hugo")]
    for place, key in enumerate(("items", "story-map"), start=2):
        held.ran(key, dict.fromkeys(newcomers, "partly"), position=place)
    Line.objects.bulk_create(
        Line(
            roster=Roster.objects.get(),
            seat=seat,
            attestation=held.line_of(held.ada).attestation,
            certificate_name=seat.name,
            email="x@y.example",
            minutes_present=1,
            state="received",
        )
        for seat in held.workshop.seats.exclude(pk=held.ada.pk)
    )
    many = [count(browser_of(person), path) for person, several in paths.items() for path in several]
    assert many == few
    assert max(few) <= 8


def count(browser, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


def test_what_was_seen_holds_only_what_is_shown(held, world):
    held.there_throughout(held.ada)
    page = browser_of(world.tess).get(desk(held, "attendance") + "?day=1")
    assert json.loads(seen_on(page)) == {cell(held.ada, "open"): 30, cell(held.ada, "vision"): 45}
