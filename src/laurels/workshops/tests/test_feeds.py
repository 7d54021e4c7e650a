"""Course feeds, embedded dates, data for search engines: what strangers and their programs get, at what price."""

import json
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from laurels.workshops.actions import announce, book, cancel, change, tell_joining
from laurels.workshops.actions.telling import note_edition, tell_of_change
from laurels.workshops.models import Workshop
from laurels.workshops.queries import seat_calendar_file
from laurels.workshops.tests.test_moves import drafted, values_of

FEED = "/courses/cspo/calendar.ics"
LIST = "/embed/harbour/dates"


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    """The doors' clock stands on the world's noon."""
    monkeypatch.setattr(timezone, "now", lambda: world.noon)


def events(content):
    return Calendar.from_ical(content).walk("VEVENT")


def queries_of(client, path):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def linked(page):
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    return json.loads(found)


def keeps_the_rules(content):
    """RFC 5545, 3.1: lines of at most 75 octets end in CRLF, a folded one goes on after a blank; all of it UTF-8."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    whole = content.replace(b"\r\n ", b"").decode()
    assert all(re.match(r"[A-Z-]+[;:]", line) for line in whole.splitlines())
    return True


def test_the_courses_feed_holds_what_is_to_come_also_what_was_called_off(world, client):
    coming, off = world.workshop, world.workshop_with()
    cancel(off, "Ill.", by=world.sam.actor, now=world.noon)
    world.workshop_with(starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 2))
    world.workshop_with(state=Workshop.State.DRAFT)

    answer = client.get(FEED)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert [(str(e["uid"])[:18], str(e["status"]), e["sequence"]) for e in events(answer.content)] == [
        (coming.public_id, "CONFIRMED", 0),
        (coming.public_id, "CONFIRMED", 0),
        (off.public_id, "CANCELLED", 1),
        (off.public_id, "CANCELLED", 1),
    ]
    assert b"METHOD:PUBLISH" in answer.content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\n" in answer.content
    assert keeps_the_rules(answer.content)


def test_the_way_in_is_in_the_calendar_of_people_with_a_seat_only(world, client):
    workshop = world.workshop_with(place="https://meet.example/secret")
    seat = book(workshop, world.ada, by=world.ada.actor, now=world.morning)
    tell_joining(workshop, "Code **4711**", by=world.tess.actor, now=world.noon)

    own = seat_calendar_file(seat).replace(b"\r\n ", b"")
    public = [client.get(path).content for path in (FEED, LIST, f"{LIST}.json", f"/workshops/{workshop.public_id}")]

    assert b"https://meet.example/secret" in own
    assert b"Code 4711" in own
    assert [b"meet.example" in one or b"4711" in one for one in public] == [False] * 4


@pytest.mark.parametrize("title", ["產品負責人認證課程" * 8, "Ærøskøbing; a, b\\ c: “d”", "A\r\nBEGIN:VALARM"])
@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Pacific/Chatham", "America/St_Johns", "UTC"])
def test_any_title_and_zone_make_a_file_that_keeps_the_rules(world, client, title, zone):
    world.workshop_with(zone=zone)
    world.course.title = title
    world.course.save()

    content = client.get(FEED).content

    assert keeps_the_rules(content)
    first = events(content)[0]
    assert str(first["summary"]) == f"{title} (1/2)".replace("\r\n", "\n")
    assert first.decoded("dtstart") == datetime(2026, 4, 15, 9, tzinfo=ZoneInfo(zone))
    assert not Calendar.from_ical(content).walk("VALARM")


def test_the_feed_keeps_the_wall_clock_where_the_clocks_change(world, client):
    world.workshop_with(starts_on=date(2026, 3, 28), ends_on=date(2026, 3, 29))

    first, second = (event.decoded("dtstart") for event in events(client.get(FEED).content))

    assert (first.hour, second.hour) == (9, 9)
    assert (first.astimezone(UTC).hour, second.astimezone(UTC).hour) == (8, 7)


@pytest.mark.parametrize("path", [FEED, f"{LIST}.json", LIST])
def test_who_asks_again_hears_briefly_that_nothing_changed(world, client, path):
    announced = announce(drafted(world), by=world.sam.actor, now=world.morning)
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    later = values_of(announced, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 5))
    change(announced, **later, by=world.sam.actor, now=world.noon)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_feed_says_when_it_last_changed(world, client):
    _ = world.workshop
    first = client.get(FEED)

    assert first.headers["Last-Modified"] == "Mon, 02 Mar 2026 09:00:00 GMT"
    assert client.get(FEED, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304


@pytest.mark.parametrize("path", [FEED, LIST, f"{LIST}.json"])
def test_three_cost_no_more_than_one(world, client, path):
    _ = world.workshop
    one = queries_of(client, path)
    for _more in range(2):
        book(world.workshop_with(), world.ada, by=world.ada.actor, now=world.morning)

    assert queries_of(client, path) == one
    assert one <= 5


def test_the_list_may_be_framed_anywhere_and_carries_nothing(world, client):
    _ = world.workshop
    answer = client.get(LIST)

    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert f'href="http://localhost:8000/workshops/{world.workshop.public_id}" target="_top"' in answer.content.decode()


def test_control_every_other_page_may_not_be_framed(world, client):
    answer = client.get(f"/workshops/{world.workshop.public_id}")

    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_list_is_narrowed_by_course_and_language(world, client):
    german, english = world.workshop_with(language="de"), world.workshop
    world.workshop_with(provider=world.maple)

    def ids(query=""):
        return [one["id"] for one in client.get(f"{LIST}.json{query}").json()["dates"]]

    assert ids() == [german.public_id, english.public_id]
    assert ids("?language=de") == [german.public_id]
    assert ids("?course=cspo&language=en") == [english.public_id]
    assert ids("?course=other") == []
    assert client.get("/embed/commonground/dates").status_code == 404


def test_the_data_says_all_that_a_site_shows(world, client):
    workshop = world.workshop_with(price_minor=119_000)
    answer = client.get(f"{LIST}.json")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    (one,) = answer.json()["dates"]
    assert one["price"] == {"amount": "1190.00", "currency": "EUR"}
    assert one["days"][0] == {"starts_at": "2026-04-15T09:00:00+02:00", "ends_at": "2026-04-15T10:30:00+02:00"}
    assert (one["seats_left"], one["trainers"], one["id"]) == (12, ["Tess Trainer"], workshop.public_id)


def test_search_engines_read_the_workshop(world, client):
    workshop = world.workshop_with(price_minor=119_000, mode="in-person", place="Speicherstadt 12")
    course = linked(client.get(f"/workshops/{workshop.public_id}"))

    (instance,) = course["hasCourseInstance"]
    assert (course["@type"], course["provider"]["name"]) == ("Course", world.harbour.name)
    assert instance["@type"] == ["CourseInstance", "EducationEvent"]
    assert instance["startDate"] == "2026-04-15T09:00:00+02:00"
    assert instance["endDate"] == "2026-04-16T10:00:00+02:00"
    assert instance["location"] == {"@type": "Place", "name": "Speicherstadt 12", "address": "Speicherstadt 12"}
    assert instance["eventStatus"] == "https://schema.org/EventScheduled"
    assert instance["performer"] == [{"@type": "Person", "name": "Tess Trainer"}]
    assert instance["courseWorkload"] == "PT2H15M"
    assert instance["offers"] == {
        "@type": "Offer",
        "url": f"http://localhost:8000/workshops/{workshop.public_id}",
        "category": "Paid",
        "price": "1190.00",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStock",
        "validFrom": "2026-03-02T09:00:00+00:00",
    }


def test_search_engines_hear_of_a_move_and_of_a_cancellation(world, client):
    workshop = world.workshop_with()
    note_edition(workshop.pk, now=world.morning)
    later = values_of(workshop, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 5))
    workshop = change(workshop, **later, by=world.sam.actor, now=world.noon)
    tell_of_change(workshop.pk, changed_at=world.noon, by=world.sam.actor, now=world.noon)
    moved = linked(client.get(f"/workshops/{workshop.public_id}"))["hasCourseInstance"][0]
    cancel(workshop, "Ill.", by=world.sam.actor, now=world.noon)
    off = linked(client.get(f"/workshops/{workshop.public_id}"))["hasCourseInstance"][0]

    assert (moved["eventStatus"], moved["previousStartDate"]) == ("https://schema.org/EventRescheduled", "2026-04-15")
    assert off["eventStatus"] == "https://schema.org/EventCancelled"
    assert moved["location"]["@type"] == "VirtualLocation"
    assert "offers" not in off


def test_a_full_class_is_sold_out(world, client):
    book(world.almost_full, world.ada, by=world.ada.actor, now=world.morning)

    course = linked(client.get(f"/workshops/{world.almost_full.public_id}"))

    assert course["offers"][0]["availability"] == "https://schema.org/SoldOut"


def test_the_catalogue_lists_courses_with_their_dates(world, client):
    two = [world.workshop, world.workshop_with(capacity=2)]

    (item,) = linked(client.get("/workshops"))["itemListElement"]

    urls = [one["url"] for one in item["item"]["hasCourseInstance"]]
    assert urls == [f"http://localhost:8000/workshops/{one.public_id}" for one in two]


@pytest.mark.parametrize("path", ["/workshops", "/workshops/{id}", LIST])
@pytest.mark.parametrize(
    "name", ["</script><script>alert(1)</script>", "<!--<script>", '"><img src=x onerror=alert(1)>']
)
def test_a_name_cannot_leave_its_place(world, client, path, name):
    world.tess.name = world.harbour.name = world.course.title = name
    for row in (world.tess, world.harbour, world.course):
        row.save()
    workshop = world.workshop_with(mode="in-person", place=name)

    page = client.get(path.format(id=workshop.public_id))

    assert name not in page.content.decode()
    if path != LIST:
        found = json.dumps(linked(page), ensure_ascii=False)
        assert json.dumps(name)[1:-1] in found


def test_what_is_shared_says_what_it_is(world, client):
    page = client.get(f"/workshops/{world.workshop.public_id}").content.decode()

    assert '<meta property="og:title" content="Certified Scrum Product Owner, 15–16 April 2026">' in page
    assert '<meta property="og:type" content="website">' in page


def test_staff_copy_the_snippet_and_strangers_do_not_see_it(world, client):
    _ = world.workshop
    client.force_login(world.sam)
    page = client.get("/organisations/harbour/embedding?language=en").content.decode()

    snippet = "&lt;iframe src=&quot;http://localhost:8000/embed/harbour/dates?language=en&quot;"
    assert snippet in page
    assert '<iframe class="preview" src="/embed/harbour/dates?language=en"' in page
    for outsider in (world.mallory, world.ada, world.tess):
        client.force_login(outsider)
        assert client.get("/organisations/harbour/embedding").status_code == 404


def test_the_seats_page_shows_the_way_in_to_whoever_has_it(world, client):
    seat = book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    words = "Ring **Tess**. <script>alert(1)</script> [x](javascript:alert(1))"
    client.force_login(world.tess)
    assert client.post(f"/desk/workshops/{world.workshop.public_id}/joining", {"text": words}).status_code == 303
    client.force_login(world.ada)
    page = client.get(f"/seats/{seat.public_id}").content.decode()

    assert "Ring <strong>Tess</strong>." in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    client.force_login(world.grace)
    assert client.get(f"/seats/{seat.public_id}").status_code == 404
    assert client.get(f"/desk/workshops/{world.workshop.public_id}/joining").status_code == 404


def test_the_desk_shows_who_heard_what_at_the_price_of_one(world, client):
    from laurels.kernel.actor import Actor
    from laurels.workshops.actions import remind

    system, path = Actor.of_system("test"), f"/desk/workshops/{world.workshop.public_id}/joining"
    book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    remind(by=system, now=datetime(2026, 4, 12, 6, tzinfo=UTC))
    client.force_login(world.sam)
    one = queries_of(client, path)
    for number in range(2):
        person = world.person(f"Learner {number}", f"learner{number}@people.example")
        book(world.workshop, person, by=person.actor, now=world.morning)
    assert remind(by=system, now=datetime(2026, 4, 12, 6, tzinfo=UTC)) == 2

    assert queries_of(client, path) == one
    page = client.get(path).content.decode()
    assert page.count("How to get in <span") == 3
    assert "learner1@people.example" in page


def test_staff_plan_their_reminders_and_others_cannot(world, client):
    path = "/organisations/harbour/reminders"
    client.force_login(world.mallory)
    assert client.post(path, {"joining_days": "5"}).status_code == 404
    client.force_login(world.sam)
    assert client.post(path, {"joining_days": "5", "prepare_days": "", "eve_days": "5"}).status_code == 422
    assert client.post(path, {"joining_days": "5", "prepare_days": "", "eve_days": "1"}).status_code == 303

    world.harbour.refresh_from_db()
    plan = world.harbour.reminder_plan
    assert (plan.prepare_days, plan.joining_days, plan.eve_days) == (None, 5, 1)
