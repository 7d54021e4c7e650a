"""The two sides of an audit, and nobody beside them."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.audits.actions import appeal, rule_on, settle
from laurels.audits.models import Appeal, Audit, AuditedEntry, Draw
from laurels.audits.tests.conftest import LATER
from laurels.education.actions import add_evidence, report
from laurels.education.models import Evidence, LedgerEntry
from laurels.education.rules.evidence import EvidenceFile


def test_a_whole_audit_by_its_pages(world, client, audit, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    mine, staff = f"/audits/{audit.public_id}", f"/body/audits/{audit.public_id}"
    client.force_login(world.ada)
    assert mine in client.get("/journey").content.decode()
    assert "nothing to show yet" in client.get(mine).content.decode()
    assert client.post(f"{mine}/answer").status_code == 409
    entry = LedgerEntry.objects.get(title="A talk")
    client.post(f"/ledger/entries/{entry.public_id}/evidence", {"words": "Slides of it"})
    assert client.post(f"{mine}/answer").status_code == 303

    client.force_login(world.bo)
    assert "1 audit waits for you" in client.get("/body").content.decode()
    assert staff in client.get("/body/audits").content.decode()
    assert "Slides of it" in client.get(staff).content.decode()
    for one in audit.entries.select_related("entry"):
        kind = "refuse" if one.entry.title == "A book" else "accept"
        assert client.post(f"{staff}/entries/{one.pk}/ruling", {"kind": kind, "words": "A novel."}).status_code == 303

    client.force_login(world.ada)
    assert "A novel." in client.get(mine).content.decode()
    book = audit.entries.get(entry__title="A book")
    assert client.post(f"{mine}/entries/{book.pk}/appeal", {"words": "No."}).status_code == 303
    client.force_login(world.olive)
    settlement = f"{staff}/appeals/{Appeal.objects.get().pk}/settlement"
    assert client.post(settlement, {"outcome": "upheld", "words": "Right."}).status_code == 303
    client.force_login(world.ada)
    assert "Right." in client.get(mine).content.decode()


def test_nobody_else_learns_of_it(world, client, audit):
    file = EvidenceFile("a.pdf", "application/pdf", b"%PDF-1.7")
    add_evidence(LedgerEntry.objects.get(title="A talk"), file=file, by=world.ada.actor, now=LATER)
    address = f"/body/audits/{audit.public_id}/evidence/{Evidence.objects.get().public_id}"
    pages = [f"/audits/{audit.public_id}", f"/body/audits/{audit.public_id}", address]
    for person in (world.grace, world.mallory, world.sam):
        client.force_login(person)
        assert [client.get(page).status_code for page in pages] == [404, 404, 404]
        assert client.get("/body/audits").status_code == 404
    client.force_login(world.bo)
    assert client.get(pages[0]).status_code == 404
    assert client.get(address).headers["Content-Disposition"].startswith("attachment")
    client.force_login(world.ada)
    assert [client.get(page).status_code for page in pages] == [200, 404, 404]


def test_a_file_is_seen_only_of_an_entry_that_was_drawn(world, client, audit, wrote):
    other = wrote(world.ada, "Not drawn")
    add_evidence(other, file=EvidenceFile("a.pdf", "application/pdf", b"%PDF-1.7"), by=world.ada.actor, now=LATER)
    client.force_login(world.bo)
    address = f"/body/audits/{audit.public_id}/evidence/{Evidence.objects.get().public_id}"
    assert client.get(address).status_code == 404


def test_a_sample_is_drawn_on_a_page(world, client, certified, wrote):
    certified(world.ada)
    wrote(world.ada)
    client.force_login(world.bo)
    fields = {"body": "commonground", "grade": "any", "percent": "0", "seed": "s"}
    assert (
        "Left empty, what the rules in force say: Commonground Guild 5" in client.get("/body/audits").content.decode()
    )
    assert client.post("/body/audits", fields).status_code == 422
    assert client.post("/body/audits", {**fields, "percent": ""}).status_code == 303
    assert (Draw.objects.get().people, Audit.objects.get().person) == (1, world.ada)


def test_many_audits_cost_no_more_queries_than_one(world, client, certified, wrote):
    from laurels.audits.actions import draw

    def add(number):
        person = world.person(f"P{number:02} Person")
        certified(person)
        wrote(person)
        draw(world.guild, seed=str(number), percent=100, by=world.bo.actor, now=LATER)

    def cost(page):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    add(0)
    client.force_login(world.bo)
    one = cost("/body/audits")
    for number in range(1, 6):
        add(number)
    assert cost("/body/audits") == one <= 12


def closed(world, number, person, outcome="accept"):
    draw = Draw.objects.create(body=world.guild, seed=f"s{number}", grade="any", people=1, drawn_at=LATER)
    entry = report(
        person,
        f"Thing {number}",
        on=LATER.date(),
        minutes=60,
        category="other",
        words="x",
        by=person.actor,
        now=LATER,
    )
    done = LATER + timedelta(hours=number)
    audit = Audit.objects.create(
        drawn=draw, body=world.guild, person=person, begun_at=LATER, due_on=LATER.date(), answered_at=LATER
    )
    rule_on(AuditedEntry.objects.create(audit=audit, entry=entry), outcome, "Why.", by=world.bo.actor, now=done)
    return audit


def test_past_audits_stand_with_their_outcome_for_member_and_staff_and_nobody_else(world, client):
    closed(world, 1, world.ada)
    refused = closed(world, 2, world.ada, "refuse")
    closed(world, 3, world.grace)
    client.force_login(world.ada)
    mine = client.get("/audits").content.decode()
    assert (mine.count("of 1 entries accepted"), mine.count("1 refused")) == (2, 1)
    assert mine.index(f"/audits/{refused.public_id}") < mine.rindex("/audits/")
    made = appeal(refused.entries.get(), "No.", by=world.ada.actor, now=LATER + timedelta(hours=3))
    assert "an appeal is open" in client.get("/audits").content.decode()
    settle(made, "upheld", "Right.", by=world.olive.actor, now=LATER + timedelta(hours=4))
    assert "1 given back on appeal" in client.get("/audits").content.decode()
    assert client.get("/body/past-audits").status_code == 404

    client.force_login(world.bo)
    assert client.get("/body/past-audits").content.decode().count("entries accepted") == 3
    client.force_login(world.mallory)
    assert "entries accepted" not in client.get("/body/past-audits").content.decode()


def test_pages_of_past_audits_hold_each_once_at_the_cost_of_one(world, client):
    made = [closed(world, number, world.ada).public_id for number in range(30)]
    client.force_login(world.bo)
    with CaptureQueriesContext(connection) as queries:
        first = client.get("/body/past-audits").content.decode()
    assert len(queries) <= 8
    after = made[5]
    assert f"?after={after}" in first
    second = client.get(f"/body/past-audits?after={after}").content.decode()
    assert [sum(one in page for one in made) for page in (first, second)] == [25, 5]
