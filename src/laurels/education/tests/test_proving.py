"""Evidence, an organiser's yes, and codes: each adds to a line and none of them changes it."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from laurels.education import queries
from laurels.education.actions import add_evidence, answer, ask_organiser, claim, close_code, make_code, report, reverse
from laurels.education.models import Claim, Cosigning, Evidence, LedgerEntry
from laurels.education.rules.evidence import evidence_file, happened
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.programmes.models import LetterText

MEETUP = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:1@x.example
DTSTAMP:20260301T090000Z\r\nDTSTART;TZID=Europe/Berlin:20260226T190000\r\nDTEND;TZID=Europe/Berlin:20260226T203000
SUMMARY:Product people\\, Berlin\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def photo(side=40, kind="JPEG", **saved):
    made = BytesIO()
    Image.new("RGB", (side, side), "green").save(made, kind, **saved)
    return made.getvalue()


@pytest.fixture
def entry(world):
    LetterText.objects.create(
        body=world.guild,
        key="cosigning",
        language="en",
        version=1,
        digest="0" * 64,
        subject="Was it so?",
        text="{name} {what} {on} {units} {body} [Say]({link})",
    )
    return report(
        world.ada, "A talk", on=world.today, minutes=60, category="events", by=world.ada.actor, now=world.noon
    )


def with_proof(entry):
    return LedgerEntry.objects.with_proof().get(pk=entry.pk)


def test_a_photo_makes_an_entry_ready_and_says_nothing_of_where_it_was_taken(world, entry):
    exif = Image.Exif()
    exif[0x010E] = "at home"
    file = evidence_file("../../My talk.JPEG", photo(exif=exif))

    first = add_evidence(entry, file=file, by=world.ada.actor, now=world.noon)
    again = add_evidence(entry, file=file, by=world.ada.actor, now=world.noon)

    assert (first, first.name, b"at home" in first.content) == (again, "My talk.jpg", False)
    assert with_proof(entry).has_evidence
    assert queries.ledger_page(world.ada, world.noon).ready == 1


def test_a_big_photo_becomes_small():
    with Image.open(BytesIO(evidence_file("big.png", photo(3_000, "PNG")).content)) as kept:
        assert kept.size == (2_000, 2_000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90 a program", "kind"),
        (b"<svg onload=alert(1)>", "kind"),
        (b"\x89PNG\r\n\x1a\n and nothing more", "broken"),
        (b"\xff\xd8\xff", "broken"),
        (b"%PDF-" + bytes(8_000_000), "too-big"),
    ],
)
def test_what_is_no_evidence_is_refused(content, code):
    with pytest.raises(Refused) as refused:
        evidence_file("x.jpg", content)
    assert refused.value.refusal.code == code


def test_a_calendar_file_fills_in_what_was_not_typed(world, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.noon)
    client.force_login(world.ada)

    file = SimpleUploadedFile("meetup.ics", MEETUP, "text/calendar")
    fields = {"title": "", "on": "2026-03-02", "hours": "1", "category": "events", "file": file}
    assert client.post("/ledger/entries", fields).status_code == 303

    entry = LedgerEntry.objects.get()
    assert (entry.title, entry.on.isoformat(), entry.minutes) == ("Product people, Berlin", "2026-02-26", 90)
    assert entry.evidence.get().name == "meetup.ics"


@pytest.mark.parametrize("broken", [b"BEGIN:VCALENDAR\r\nnonsense", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", b"\xff\xfe"])
def test_a_calendar_file_without_an_event_says_nothing(broken):
    assert happened(broken) is None


def test_a_broken_file_leaves_nothing_behind_and_keeps_what_was_typed(world, client):
    client.force_login(world.ada)
    file = SimpleUploadedFile("x.png", b"nothing", "image/png")
    page = client.post(
        "/ledger/entries", {"title": "A talk", "on": "2026-03-01", "hours": "1", "category": "events", "file": file}
    )
    assert page.status_code == 422
    assert 'value="A talk"' in page.content.decode()
    assert not LedgerEntry.objects.exists()


def test_evidence_is_downloaded_by_its_owner_only(world, entry, client):
    add_evidence(entry, file=evidence_file("a.pdf", b"%PDF-1.7 x"), by=world.ada.actor, now=world.noon)
    address = f"/ledger/evidence/{Evidence.objects.get().public_id}"
    client.force_login(world.ada)
    answer = client.get(address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert f"/ledger/entries/{entry.public_id}" in client.get("/ledger").content.decode()
    assert "a.pdf" in client.get(f"/ledger/entries/{entry.public_id}").content.decode()
    client.force_login(world.grace)
    assert client.get(address).status_code == client.get("/ledger/evidence/nothing").status_code == 404
    assert client.get(f"/ledger/entries/{entry.public_id}").status_code == 404


def test_nobody_adds_evidence_for_others_nor_to_what_was_taken_back(world, entry):
    with pytest.raises(Refused, match="Only you yourself"):
        add_evidence(entry, words="x", by=world.grace.actor, now=world.noon)
    with pytest.raises(Refused, match="a link or a sentence"):
        add_evidence(entry, words="  ", by=world.ada.actor, now=world.noon)
    reverse(entry, by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="taken back"):
        add_evidence(LedgerEntry.objects.get(pk=entry.pk), words="x", by=world.ada.actor, now=world.noon)


def secret():
    return re.search(r"/cosignings/([\w-]+)", Letter.objects.get(key="cosigning").text)[1]


def test_an_organiser_confirms_by_the_link_in_a_letter(world, entry, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.noon)
    ask_organiser(entry, "Host@meetup.example", by=world.ada.actor, now=world.noon)
    ask_organiser(entry, "host@meetup.example", by=world.ada.actor, now=world.noon)
    address = f"/cosignings/{secret()}"

    assert client.get(address).status_code == 200
    assert Cosigning.objects.get().answer == ""
    assert client.post(address, {"confirmed": "1", "name": " "}).status_code == 422
    assert client.post(address, {"confirmed": "1", "name": "Hana Host"}).status_code == 200
    assert client.post(address, {"declined": "1", "name": "Hana Host"}).status_code == 422

    assert Cosigning.objects.get().answer == "confirmed"
    assert (with_proof(entry).proof, with_proof(entry).grade) == ("cosigned", "self")
    assert queries.ledger_page(world.ada, world.noon).ready == 1
    client.force_login(world.ada)
    assert "Confirmed by Hana Host" in client.get(f"/ledger/entries/{entry.public_id}").content.decode()


def test_declining_proves_nothing(world, entry):
    asked = ask_organiser(entry, "host@meetup.example", by=world.ada.actor, now=world.noon)
    answer(asked, "declined", name="Hana", by=ANONYMOUS, now=world.noon)
    assert with_proof(entry).proof == "self"
    assert queries.ledger_page(world.ada, world.noon).ready == 0


def test_nobody_confirms_themselves(world, entry):
    with pytest.raises(Refused, match="your own address"):
        ask_organiser(entry, "ada@people.example", by=world.ada.actor, now=world.noon)
    asked = ask_organiser(entry, "host@meetup.example", by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="belongs to whoever asked"):
        answer(asked, "confirmed", name="Not Ada", by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="good for 30 days"):
        answer(asked, "confirmed", name="Hana", by=world.grace.actor, now=world.noon + timedelta(days=30))


def test_ten_unanswered_letters_are_enough(world, entry):
    for number in range(10):
        ask_organiser(entry, f"host{number}@meetup.example", by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="Ten people"):
        ask_organiser(entry, "host10@meetup.example", by=world.ada.actor, now=world.noon)


@pytest.fixture
def code(world):
    return make_code(
        world.harbour,
        "Product camp",
        on=world.today,
        minutes=120,
        category="events",
        most=3,
        final_day=world.today + timedelta(days=7),
        by=world.sam.actor,
        now=world.noon,
    )


def test_a_code_writes_a_confirmed_entry_once(world, code):
    typed = f" {code.code[:4].lower()}-{code.code[4:]} "
    first = claim(world.ada, typed, by=world.ada.actor, now=world.noon)

    assert claim(world.ada, code.code, by=world.ada.actor, now=world.noon) == first
    assert (first.minutes, first.grade, first.source) == (120, "cosigned", "claim")
    assert Claim.objects.count() == 1


def test_taking_a_claim_back_does_not_give_it_twice(world, code):
    first = claim(world.ada, code.code, by=world.ada.actor, now=world.noon)
    reverse(first, by=world.ada.actor, now=world.noon)
    assert claim(world.ada, code.code, by=world.ada.actor, now=world.noon) == first
    assert queries.ledger_page(world.ada, world.noon).minutes == 0


@pytest.mark.parametrize(("days", "match"), [(-2, "not taken place yet"), (8, "closed"), (0, "No such code")])
def test_codes_that_give_nothing(world, code, days, match):
    typed = "0000 0000" if days == 0 else code.code
    with pytest.raises(Refused, match=match):
        claim(world.ada, typed, by=world.ada.actor, now=world.noon + timedelta(days=days))


def test_a_closed_code_gives_nothing_and_only_its_people_close_it(world, code):
    with pytest.raises(Refused, match="Only staff"):
        close_code(code, by=world.mallory.actor, now=world.noon)
    close_code(code, by=world.sam.actor, now=world.noon)
    with pytest.raises(Refused, match="closed"):
        claim(world.ada, code.code, by=world.ada.actor, now=world.noon)


def test_only_staff_make_codes_and_see_their_own(world, code, client):
    fields = {
        "organisation": "harbour",
        "title": "A camp",
        "on": "2026-03-01",
        "hours": "2",
        "category": "events",
        "most": "5",
        "final_day": "2026-03-09",
    }
    client.force_login(world.ada)
    assert client.get("/desk/claim-codes").status_code == 404
    client.force_login(world.sam)
    assert client.post("/desk/claim-codes", fields).status_code == 303
    assert client.get("/desk/claim-codes").content.decode().count("<code>") == 2
    client.force_login(world.mallory)
    assert client.post("/desk/claim-codes", fields).status_code == 422
    assert "<code>" not in client.get("/desk/claim-codes").content.decode()
    assert client.post(f"/desk/claim-codes/{code.public_id}/closing").status_code == 404


def test_the_page_for_codes(world, code, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.noon)
    client.force_login(world.ada)
    assert "No such code" in client.post("/ledger/claims", {"code": "AAAAAAAA"}).content.decode()
    assert client.post("/ledger/claims", {"code": code.code}).status_code == 303
