"""The page of one's own units: short to fill in, kind to mistakes, the same cost for one line and for many."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.credentials.actions import award
from laurels.education.actions import add_evidence, correct, credit, report
from laurels.education.models import LedgerEntry
from laurels.education.rules.evidence import EvidenceFile
from laurels.education.rules.hours import hours_as_written, minutes_of
from laurels.kernel.actor import Actor
from laurels.programmes.models import Policy


def sent(client, **changes):
    fields = {"title": "A talk", "on": "2026-03-01", "hours": "1.5", "category": "events", **changes}
    return client.post("/ledger/entries", fields)


def test_an_entry_is_added_and_shown(world, client):
    client.force_login(world.ada)

    answer = client.post(
        "/ledger/entries", {"title": "A talk", "on": "2026-03-01", "hours": "1.5", "category": "events"}, follow=True
    )

    assert LedgerEntry.objects.get().minutes == 90
    assert "1.5 units in all" in answer.content.decode()
    assert "0 of 1 entries are ready" in answer.content.decode()


def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(world, client):
    client.force_login(world.ada)

    answer = sent(client, on="2100-01-01")

    assert answer.status_code == 422
    assert "This day has not come yet" in answer.content.decode()
    assert 'value="A talk"' in answer.content.decode()
    assert sent(client, hours="x").status_code == sent(client, url="javascript:alert(1)").status_code == 422
    assert not LedgerEntry.objects.exists()


def test_taking_back_keeps_both_lines_to_be_seen(world, client):
    client.force_login(world.ada)
    sent(client)

    page = client.post(f"/ledger/entries/{LedgerEntry.objects.get().public_id}/reversal", follow=True).content.decode()

    assert page.count("A talk") >= 2
    assert "−1.5" in page


def test_a_ledger_is_nobody_elses(world, client):
    client.force_login(world.ada)
    client.post(
        "/ledger/entries", {"title": "A talk", "on": "2026-03-01", "hours": "1", "category": "events"}, follow=True
    )
    client.force_login(world.grace)

    assert "A talk" not in client.get("/ledger").content.decode()
    assert client.post(f"/ledger/entries/{LedgerEntry.objects.get().public_id}/reversal").status_code == 404
    client.logout()
    assert client.get("/ledger").status_code == 302


def test_many_lines_cost_no_more_queries_than_one(world, client):
    client.force_login(world.ada)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/ledger")
        return len(queries)

    def add(number):
        report(
            world.ada, f"T{number}", on=world.today, minutes=60, category="other", by=world.ada.actor, now=world.noon
        )

    add(0)
    one = cost()
    for number in range(1, 120):
        add(number)

    assert cost() == one <= 8
    assert "Earlier lines" in client.get("/ledger").content.decode()
    assert "T0<" in client.get(f"/ledger?after={LedgerEntry.objects.order_by('pk')[3].pk}").content.decode()


@pytest.fixture
def noon(world, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.noon)


def test_a_line_leads_to_a_form_that_is_filled_in_and_saving_it_corrects_the_line(world, client, noon):
    client.force_login(world.ada)
    sent(client)
    entry = LedgerEntry.objects.get()
    address = f"/ledger/entries/{entry.public_id}/correction"
    assert address in client.get("/ledger").content.decode()
    form = client.get(address).content.decode()
    for filled in ('value="A talk"', 'value="2026-03-01"', 'value="1:30"', 'value="events" selected'):
        assert filled in form

    fields = {"title": "A longer talk", "on": "2026-02-28", "hours": "2:00", "category": "learning"}
    page = client.post(address, fields, follow=True).content.decode()

    right = LedgerEntry.objects.get(corrects=entry)
    assert (right.title, right.on, right.minutes, right.category) == (
        "A longer talk",
        date(2026, 2, 28),
        120,
        "learning",
    )
    assert [one.minutes for one in LedgerEntry.objects.order_by("pk")] == [90, -90, 120]
    assert ("2 units in all" in page, ">corrected<" in page, ">correction<" in page) == (True, True, True)
    assert f"/ledger/entries/{right.public_id}" in client.get(f"/ledger/entries/{entry.public_id}").content.decode()
    client.post(address, fields)
    assert LedgerEntry.objects.count() == 3, "a second click corrects nothing twice"
    assert client.get(address).status_code == 409


def test_a_correction_that_changes_nothing_or_cannot_be_is_refused_and_both_lines_wait(world, client, noon):
    client.force_login(world.ada)
    sent(client)
    entry = LedgerEntry.objects.get()
    address = f"/ledger/entries/{entry.public_id}/correction"
    same = {"title": "A talk", "on": "2026-03-01", "hours": "1.5", "category": "events"}
    assert "Nothing is different yet" in client.post(address, same).content.decode()
    assert client.post(address, {**same, "on": "2100-01-01"}).status_code == 422
    assert LedgerEntry.objects.get() == entry
    client.force_login(world.grace)
    assert (client.get(address).status_code, client.post(address, same).status_code) == (404, 404)


def test_what_was_recorded_for_somebody_is_not_theirs_to_word(world, client):
    client.force_login(world.ada)
    terms = {"source": "library", "key": "x", "on": world.today, "minutes": 30, "category": "learning"}
    entry = credit(world.ada, "An article", **terms, by=Actor.of_system("test"), now=world.noon)
    assert "/correction" not in client.get("/ledger").content.decode()
    assert client.get(f"/ledger/entries/{entry.public_id}/correction").status_code == 409


def test_what_was_shown_comes_along_with_a_correction(world):
    said = {"on": world.today, "minutes": 60, "category": "events"}
    entry = report(world.ada, "A talk", **said, by=world.ada.actor, now=world.noon)
    file = EvidenceFile("a.pdf", "application/pdf", b"%PDF-1.7")
    add_evidence(entry, file=file, by=world.ada.actor, now=world.noon)

    right = correct(entry, "A talk", **{**said, "minutes": 80}, by=world.ada.actor, now=world.noon)

    assert [(one.name, bytes(one.content)) for one in right.evidence.all()] == [("a.pdf", b"%PDF-1.7")]


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("1:20", 80),
        ("80 min", 80),
        ("80min.", 80),
        ("1.25", 75),
        ("1,25", 75),
        ("1 h 20 min", 80),
        ("1h20", 80),
        ("2 hours", 120),
        ("0:05", 5),
        ("0.1", 6),
        ("1:75", None),
        ("soon", None),
        ("", None),
        ("-1", None),
        ("1:20:30", None),
        ("1e3", None),
        ("٣", None),
    ],
)
def test_hours_as_people_write_them(words, minutes):
    assert minutes_of(words) == minutes


def test_every_number_of_minutes_is_read_again_as_it_was_written():
    assert [minutes_of(hours_as_written(one)) for one in range(1, 1441)] == list(range(1, 1441))


def test_minutes_are_exact_where_no_rule_names_a_step(world, client):
    client.force_login(world.ada)
    assert 'step="' not in client.get("/ledger").content.decode()
    sent(client, hours="1:20")
    sent(client, title="Another", hours="81 min")
    assert sorted(LedgerEntry.objects.values_list("minutes", flat=True)) == [80, 81]
    answer = sent(client, title="Third", hours="long")
    assert (answer.status_code, "such as 1:20, 80 min or 1.25" in answer.content.decode()) == (422, True)


def test_where_quarter_hours_count_others_are_refused_with_their_neighbours(world, client, noon):
    Policy.objects.filter(pk=world.policy.pk).update(parameters=world.policy.parameters | {"unit_step": 0.25})
    award(world.ada, world.scheme, name="Ada", on=world.today, by=world.bo.actor, now=world.noon)
    client.force_login(world.ada)
    assert "In steps of 15 min, as Commonground Guild counts" in client.get("/ledger").content.decode()
    answer = sent(client, hours="1:20")
    assert answer.status_code == 422
    assert "unit_step). Enter 1 h 15 min or 1 h 30 min instead." in answer.content.decode()
    assert sent(client, hours="75 min").status_code == 303
    assert LedgerEntry.objects.get().minutes == 75


CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:1@x.example\r\nSUMMARY:Meetup\r\n"
    b"DTSTART:20260226T180000Z\r\nDTEND:20260226T192000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ({"title": "My talk", "on": "", "hours": ""}, ("My talk", date(2026, 2, 26), 80)),
        ({"title": "My talk", "on": "2026-03-02", "hours": "1"}, ("My talk", date(2026, 2, 26), 80)),
        ({"title": "", "on": "2026-02-27", "hours": ""}, ("Meetup", date(2026, 2, 27), 80)),
        ({"title": "My talk", "on": "", "hours": "30 min"}, ("My talk", date(2026, 2, 26), 30)),
    ],
)
def test_a_calendar_file_fills_whatever_was_left_as_it_was(world, client, noon, typed, stands):
    client.force_login(world.ada)
    file = SimpleUploadedFile("meetup.ics", CALENDAR, "text/calendar")
    assert client.post("/ledger/entries", {**typed, "category": "events", "file": file}).status_code == 303
    entry = LedgerEntry.objects.get()
    assert (entry.title, entry.on, entry.minutes) == stands


def test_without_a_file_an_empty_day_is_asked_for(world, client):
    client.force_login(world.ada)
    answer = sent(client, on="", hours="")
    assert (answer.status_code, "On which day was it?" in answer.content.decode()) == (422, True)
