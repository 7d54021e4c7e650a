"""Of many people it is worked out in the background what a draft changes: the same result, in portions, once."""

from datetime import timedelta

import pytest

from laurels.journal.models import Entry
from laurels.journal.worker import drain
from laurels.kernel.refusal import Refused
from laurels.programmes.actions import change_policy, drop_policy, read_draft_policy
from laurels.programmes.models import Policy
from laurels.renewals import queries
from laurels.renewals.actions import ask_preview, previews, put_into_effect, work_out
from laurels.renewals.models import Preview
from laurels.renewals.tests.conftest import SOON
from laurels.renewals.tests.test_policies import dearer, draft, varied

__all__ = ["dearer", "draft"]


@pytest.fixture
def many(world, rules, holder, monkeypatch):
    """As if nine people were too many for a page."""
    monkeypatch.setattr(queries.drafts, "PEOPLE_AT_ONCE", 3)
    return varied(world, rules, holder)


def asked(world, draft, now=SOON):
    return ask_preview(draft, by=world.bo.actor, now=now)


def page_of(draft):
    return queries.draft_page(draft, read_draft_policy(draft))


@pytest.mark.parametrize("portion", [1, 2, 500])
def test_it_is_the_same_as_in_one_go(world, many, dearer, monkeypatch, portion):
    monkeypatch.setattr(previews, "PORTION", portion)

    done = work_out(asked(world, dearer), now=SOON)

    monkeypatch.setattr(queries.drafts, "PEOPLE_AT_ONCE", 300)
    at_once = page_of(dearer)
    monkeypatch.setattr(queries.drafts, "PEOPLE_AT_ONCE", 3)
    assert (done.seen, done.total, done.finished_at) == (9, 9, SOON)
    assert page_of(dearer).impact == at_once.impact
    assert at_once.impact.touched > 1
    assert at_once.finished is None


def test_asking_twice_gives_the_same_and_on_another_day_it_begins_again(world, many, dearer):
    first = asked(world, dearer)
    assert asked(world, dearer) == first
    work_out(first, now=SOON)
    again = asked(world, dearer)
    assert (again, again.finished_at) == (first, SOON)

    later = asked(world, dearer, now=SOON + timedelta(days=1))
    assert (later, later.seen, later.finished_at) == (first, 0, None)
    told = [one.fact for one in Entry.objects.about(first.topic)]
    assert told.count("renewals.PreviewAsked") == 2


def test_broken_off_it_goes_on_where_it_was(world, many, dearer, monkeypatch):
    monkeypatch.setattr(previews, "PORTION", 2)
    preview = asked(world, dearer)
    assert previews._portion(preview.pk, SOON)
    half = Preview.objects.get()
    assert (half.seen, half.finished_at, half.found["people"]) == (2, None, 2)

    whole = work_out(half, now=SOON)

    assert (whole.seen, whole.found["people"]) == (9, 8), "one of them is suspended"


def test_when_the_draft_changes_it_stops_and_its_result_is_old(world, many, dearer, monkeypatch):
    monkeypatch.setattr(previews, "PORTION", 2)
    done = work_out(asked(world, dearer), now=SOON)
    text = dearer.text
    changed = change_policy(dearer, text.replace("fee = 120", "fee = 150"), by=world.bo.actor, now=SOON)

    page = page_of(changed)
    assert (page.is_old, page.needs_run, page.impact.people) == (True, True, 8)

    running = asked(world, changed)
    previews._portion(running.pk, SOON)
    assert (page_of(changed).running.seen, page_of(changed).is_old) == (2, True)
    back = change_policy(changed, text, by=world.bo.actor, now=SOON)
    assert work_out(running, now=SOON).finished_at is None
    assert (page_of(back).is_old, page_of(back).finished) == (False, done)


def test_one_of_a_draft_that_is_over_stops(world, many, dearer):
    preview = asked(world, dearer)
    drop_policy(dearer, by=world.bo.actor, now=SOON)
    assert work_out(preview, now=SOON).seen == 0
    with pytest.raises(Refused, match="thrown away"):
        asked(world, dearer)


def test_only_staff_ask(world, many, dearer):
    for person in (world.ada, world.mallory, world.tess):
        with pytest.raises(Refused, match="Only the body's staff"):
            ask_preview(dearer, by=person.actor, now=SOON)


def test_the_page_shows_how_far_it_is_and_then_the_result(world, many, dearer, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON)
    address = f"/body/policies/{dearer.public_id}"
    for person in (world.ada, world.mallory):
        client.force_login(person)
        assert client.post(f"{address}/preview").status_code == 404
    client.force_login(world.bo)
    assert "Work out what it changes for 9 people" in client.get(address).content.decode()

    assert client.post(f"{address}/preview").status_code == 303
    page = client.get(address).content.decode()
    assert ("0 of 9 people so far" in page, '<progress max="9" value="0"' in page) == (True, True)

    drain(is_strict=True)
    page = client.get(address).content.decode()
    assert "It changes something for 8 of 8 people" in page
    assert ("Worked out on 1 February 2028" in page, "so far" in page) == (True, False)

    cheaper = dearer.text.replace("fee = 120", "fee = 90")
    assert client.post(address, {"text": cheaper}).status_code == 303
    page = client.get(address).content.decode()
    assert ("These numbers are old" in page, "0 of 9 people so far" in page) == (True, True)
    drain(is_strict=True)
    assert "These numbers are old" not in client.get(address).content.decode()


def effect(world, draft, seen):
    return put_into_effect(draft, seen, by=world.bo.actor, now=SOON)


def test_rules_bind_only_after_the_preview_of_exactly_this_text(world, many, dearer):
    text = queries.digest_of(dearer)
    with pytest.raises(Refused, match="worked out for everybody"):
        effect(world, dearer, text)
    half = asked(world, dearer)
    with pytest.raises(Refused, match="worked out for everybody"):
        effect(world, dearer, text)
    work_out(half, now=SOON)

    changed = change_policy(dearer, dearer.text.replace("fee = 120", "fee = 130"), by=world.bo.actor, now=SOON)
    with pytest.raises(Refused, match="worked out for everybody"):
        effect(world, changed, queries.digest_of(changed))
    work_out(asked(world, changed), now=SOON)
    with pytest.raises(Refused, match="has changed since you looked"):
        effect(world, changed, text)

    assert Policy.objects.count() == 1
    assert effect(world, changed, queries.digest_of(changed)).key == "GUILD-2028"


def test_the_button_waits_for_the_preview_and_carries_its_text(world, many, dearer, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON)
    client.force_login(world.bo)
    address = f"/body/policies/{dearer.public_id}"
    page = client.get(address).content.decode()
    assert '<button disabled class="button primary">' in page
    client.post(f"{address}/effect", {"seen": queries.digest_of(dearer)})
    assert Policy.objects.count() == 1

    work_out(asked(world, dearer), now=SOON)
    page = client.get(address).content.decode()
    assert (f'name="seen" value="{queries.digest_of(dearer)}"' in page, "<button disabled" in page) == (True, False)
    client.post(f"{address}/effect", {"seen": queries.digest_of(dearer)})
    assert Policy.objects.count() == 2
