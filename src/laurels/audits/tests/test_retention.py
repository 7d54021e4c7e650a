"""Files of evidence go when a policy says so: seen before it happens, never while somebody is looked at, once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from laurels.audits import rules
from laurels.audits.actions import answer, appeal, clear_evidence, draw, rule_on, settle
from laurels.audits.tests.conftest import LATER
from laurels.education.actions import add_evidence, announce_leaving, remove_file, report
from laurels.education.models import Evidence, LedgerEntry
from laurels.education.rules.evidence import evidence_file
from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.programmes.models import Policy
from laurels.renewals.actions import begin
from laurels.renewals.models import Renewal

WORKER = Actor.of_system("worker")
SOON = datetime(2028, 2, 1, 9, 0, tzinfo=UTC)
END = date(2030, 4, 16)
TOLD = datetime(2031, 2, 17, 9, 0, tzinfo=UTC)
GONE = datetime(2031, 4, 18, 9, 0, tzinfo=UTC)


def keep(world, months=12):
    values = Policy.objects.get(pk=world.policy.pk).parameters | {"evidence_kept_months": months}
    Policy.objects.filter(pk=world.policy.pk).update(parameters={k: v for k, v in values.items() if v is not None})


@pytest.fixture
def shown(world, certified):
    """Two entries of Ada's with a file each; the renewal of her certificate to 16 April 2030 used the older one."""
    fee = {"minor": 0, "currency": "EUR"}
    Policy.objects.filter(pk=world.policy.pk).update(parameters=world.policy.parameters | {"fee": fee, "units": 1})
    certified(world.ada)
    files = []
    for day, title in enumerate(("A talk", "A book"), start=10):
        entry = report(
            world.ada, title, on=date(2027, 1, day), minutes=60, category="other", by=world.ada.actor, now=LATER
        )
        file = evidence_file(f"{title}.pdf", f"%PDF- {title}".encode())
        files.append(add_evidence(entry, file=file, by=world.ada.actor, now=LATER))
    begin(world.ada, world.guild, ["CSPO"], by=world.ada.actor, now=SOON)
    assert Renewal.objects.get().renewed.get().until == END
    keep(world)
    return files


def clear(world, now):
    return clear_evidence(world.guild, by=WORKER, now=now)


def state(evidence):
    evidence.refresh_from_db()
    return evidence.leaves_on, evidence.removed_on, bytes(evidence.content)[:5]


@pytest.mark.parametrize(
    ("announced", "kept_until", "leaves"),
    [
        (None, None, None),
        (None, date(2031, 4, 18), None),
        (None, date(2031, 4, 17), date(2031, 4, 18)),
        (None, date(2026, 1, 1), date(2031, 4, 18)),
        (date(2031, 3, 1), date(2031, 2, 28), date(2031, 3, 1)),
        (date(2031, 3, 1), date(2031, 3, 31), date(2031, 4, 18)),
        (date(2031, 3, 1), None, None),
    ],
)
def test_the_day_on_which_a_file_goes(announced, kept_until, leaves):
    assert rules.leaves_on(announced, kept_until, date(2031, 2, 17)) == leaves


def test_a_file_is_announced_then_goes_and_its_row_stays(world, shown):
    talk, book = shown
    assert clear(world, TOLD - timedelta(days=2)) == 0
    assert state(talk) == (None, None, b"%PDF-")

    assert (clear(world, TOLD), clear(world, TOLD)) == (0, 0)
    assert state(talk) == (date(2031, 4, 18), None, b"%PDF-")
    assert clear(world, GONE - timedelta(days=1)) == 0

    assert (clear(world, GONE), clear(world, GONE)) == (1, 0)
    assert state(talk) == (date(2031, 4, 18), date(2031, 4, 18), b"")
    assert (talk.name, talk.policy, len(talk.digest)) == ("A talk.pdf", "SA-2024", 64)
    assert state(book) == (None, None, b"%PDF-"), "nothing has used it yet"
    told = [one.fact for one in Entry.objects.about(f"ledger:{world.ada.pk}") if "Evidence" in one.fact]
    assert told[-2:] == ["education.EvidenceLeaves", "education.EvidenceRemoved"]
    assert LedgerEntry.objects.with_proof().get(title="A talk").has_evidence


def test_a_rule_that_is_new_gives_everybody_time_to_see_it(world, shown):
    late = GONE + timedelta(days=900)
    clear(world, late)
    assert state(shown[0])[:2] == ((late + rules.NOTICE).date(), None)
    assert clear(world, late + rules.NOTICE) == 1


@pytest.mark.parametrize(("months", "leaves"), [(None, None), (120, None), (13, date(2031, 6, 16))])
def test_a_rule_that_changes_before_the_day_is_heeded(world, shown, months, leaves):
    clear(world, TOLD)
    keep(world, months)
    assert clear(world, GONE) == 0
    assert state(shown[0])[1:] == (None, b"%PDF-")
    assert shown[0].leaves_on in (None, GONE.date() + rules.NOTICE if leaves else None)


def test_without_such_a_rule_every_file_stays(world, shown):
    keep(world, None)
    assert clear(world, GONE + timedelta(days=9_000)) == 0
    assert state(shown[0]) == (None, None, b"%PDF-")


def test_nothing_goes_while_an_audit_or_an_appeal_is_open(world, shown):
    clear(world, TOLD)
    entry = report(
        world.ada, "New", on=date(2031, 1, 1), minutes=60, category="other", words="x", by=world.ada.actor, now=TOLD
    )
    audit = draw(world.guild, seed="s", percent=100, by=world.bo.actor, now=TOLD).audits.get()
    assert [one.entry for one in audit.entries.all()] == [entry]

    assert clear(world, GONE) == 0
    answer(audit, by=world.ada.actor, now=GONE)
    assert clear(world, GONE) == 0
    audited = audit.entries.get()
    rule_on(audited, "refuse", "A novel.", by=world.bo.actor, now=GONE)
    assert clear(world, GONE + timedelta(days=29)) == 0, "she may still appeal"
    made = appeal(audited, "It was not.", by=world.ada.actor, now=GONE + timedelta(days=29))
    assert clear(world, GONE + timedelta(days=99)) == 0
    settle(made, "rejected", "It was.", by=world.olive.actor, now=GONE + timedelta(days=99))
    assert clear(world, GONE + timedelta(days=99)) == 1


def test_broken_off_it_goes_on(world, shown, monkeypatch):
    """Each file by itself: what was done before a fault stays done, and the next turn does the rest."""
    talk, book = shown
    Renewal.objects.get().uses.create(entry=book.entry)
    monkeypatch.setattr("laurels.audits.actions.retention.CHUNK", 1)
    clear(world, TOLD)
    assert state(book)[0] == date(2031, 4, 18)
    remove_file(talk, today=GONE.date(), by=WORKER, now=GONE)

    assert (clear(world, GONE), state(talk)[2], state(book)[2]) == (1, b"", b"")


def test_only_the_rules_remove_and_never_unannounced(world, shown):
    talk, _book = shown
    with pytest.raises(Refused, match="has to see first"):
        remove_file(talk, today=GONE.date(), by=WORKER, now=GONE)
    announce_leaving(talk, TOLD.date(), policy="SA-2024", by=WORKER, now=TOLD)
    for person in (world.ada, world.bo):
        with pytest.raises(Refused, match="by the rules alone"):
            remove_file(talk, today=GONE.date(), by=person.actor, now=GONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=talk.pk).update(removed_on=GONE.date(), policy="x")


def test_its_owner_sees_it_before_and_after(world, shown, client):
    talk, _book = shown
    client.force_login(world.ada)
    page, file = f"/ledger/entries/{talk.entry.public_id}", f"/ledger/evidence/{talk.public_id}"
    clear(world, TOLD)
    assert (
        "kept until 18 April 2031 (SA-2024 · evidence_kept_months), then removed" in client.get(page).content.decode()
    )
    assert "file kept until 18 Apr 2031" in client.get("/ledger").content.decode()
    assert client.get(file).content == b"%PDF- A talk"

    clear(world, GONE)
    after = client.get(page).content.decode()
    assert "A talk.pdf, removed on 18 April 2031 by SA-2024 · evidence_kept_months" in after
    assert "file kept until" not in client.get("/ledger").content.decode()
    assert client.get(file).status_code == 404
    again = evidence_file("again.pdf", b"%PDF- A talk")
    with pytest.raises(Refused, match="removed on 18 April 2031, as SA-2024 says"):
        add_evidence(talk.entry, file=again, by=world.ada.actor, now=GONE)


def test_whoever_audited_it_reads_that_it_went_and_finds_no_dead_link(world, shown, client):
    talk, book = shown
    audit = draw(world.guild, seed="s", percent=100, by=world.bo.actor, now=LATER).audits.get()
    answer(audit, by=world.ada.actor, now=LATER)
    for audited in audit.entries.all():
        rule_on(audited, "accept", "", by=world.bo.actor, now=LATER)
    clear(world, TOLD)
    clear(world, GONE)
    client.force_login(world.bo)

    page = client.get(f"/body/audits/{audit.public_id}").content.decode()

    assert "A talk.pdf, removed on 18 April 2031 by SA-2024 · evidence_kept_months" in page
    assert (talk.public_id in page, book.public_id in page) == (False, True)
    assert "Other · Your own word" in page
