"""The page of one's own units: short to fill in, kind to mistakes, the same cost for one line and for many."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.education.actions import report
from laurels.education.models import LedgerEntry


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
