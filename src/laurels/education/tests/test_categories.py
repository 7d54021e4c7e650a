"""In which categories units are reported: as the rules of the body say at which somebody holds something."""

from datetime import timedelta

import pytest

from laurels.credentials.actions import award
from laurels.education.actions import claim, correct, make_code, report
from laurels.education.models import ClaimCode, LedgerEntry
from laurels.kernel.refusal import Refused
from laurels.people.models import Organisation
from laurels.programmes.models import Policy
from laurels.programmes.rules.categories import categories_of

OWN = {
    "categories": [["talks", "Talks given"], ["books", "Books"]],
    "activities": {"courses_taught": 2},
    "exam_to_renew": True,
}
BOTH = ["Talks given", "Books", "Courses taught", "Exam"]


@pytest.fixture
def after(world):
    return world.after_class + timedelta(days=10, hours=-9)


@pytest.fixture
def holder(world):
    """Ada holds something at a body that names categories of its own, and asks for an exam and for courses taught."""
    award(world.ada, world.scheme, name="Ada", on=world.after_class.date(), by=world.bo.actor, now=world.after_class)
    Policy.objects.update(parameters=Policy.objects.get().parameters | OWN)
    return world.ada


def said(person, category, after):
    return report(person, category, on=after.date(), minutes=60, category=category, by=person.actor, now=after)


def choices(client, address="/ledger"):
    page = client.get(address).content.decode()
    options = page.partition('name="category"')[2].partition("</select>")[0]
    return [one.partition(">")[2].partition("<")[0] for one in options.split("<option")[1:]]


def test_a_policy_names_its_own_and_what_it_asks_for_besides_can_be_reported():
    assert list(categories_of(OWN).values()) == BOTH
    assert list(categories_of({})) == ["events", "learning", "volunteering", "other"]
    assert list(categories_of({"reinstatement": "exam", "category_caps": {"Giving back": 3}}))[4:] == [
        "exam",
        "giving_back",
    ]


def test_its_holder_reports_an_exam_and_the_form_asks_nobody_else(world, client, holder, after, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: after)
    client.force_login(holder)
    assert choices(client) == BOTH
    form = {"title": "PSPO II", "on": f"{after:%Y-%m-%d}", "hours": "1", "category": "exam"}
    assert client.post("/ledger/entries", form).status_code == 303

    assert LedgerEntry.objects.get().category == "exam"
    client.force_login(world.grace)
    assert choices(client) == ["Events", "Learning", "Volunteering", "Other"]


def test_another_one_is_refused_with_where_and_what_there_is(world, holder, after, client, monkeypatch):
    key = Policy.objects.get().key
    words = f"“sleeping” is none of the categories at {world.guild} ({key} · categories). Choose one of these: Talks"
    with pytest.raises(Refused) as refused:
        said(holder, "sleeping", after)
    assert (refused.value.refusal.code, refused.value.refusal.field) == ("category", "category")
    assert words in str(refused.value.refusal)

    monkeypatch.setattr("django.utils.timezone.now", lambda: after)
    client.force_login(holder)
    form = {"title": "A nap", "on": f"{after:%Y-%m-%d}", "hours": "1", "category": "sleeping"}
    answer = client.post("/ledger/entries", form)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    with pytest.raises(Refused, match="“exam” is none of the categories here"):
        said(world.grace, "exam", after)
    assert list(LedgerEntry.objects.all()) == []


def test_the_sums_have_its_labels_and_what_came_before_comes_after(world, client, holder, after, monkeypatch):
    Policy.objects.update(parameters=Policy.objects.get().parameters | {"categories": [["old_kind", "Old kind"]]})
    said(holder, "old_kind", after)
    Policy.objects.update(parameters=Policy.objects.get().parameters | OWN)
    said(holder, "courses_taught", after)
    said(holder, "talks", after)
    monkeypatch.setattr("django.utils.timezone.now", lambda: after)
    client.force_login(holder)

    page = client.get("/ledger").content.decode()

    sums = page.partition("By category")[2].partition("</tbody>")[0].split('<th scope="row">')[1:]
    assert [one.partition("<")[0] for one in sums] == ["Talks given", "Courses taught", "Old kind"]
    assert "<td>Talks given</td>" in page
    entry = LedgerEntry.objects.get(category="talks")
    assert "Talks given" in client.get(f"/ledger/entries/{entry.public_id}").content.decode()


def test_what_stands_in_a_line_may_stay_when_it_is_corrected(holder, after, client, monkeypatch):
    Policy.objects.update(parameters=Policy.objects.get().parameters | {"categories": [["old_kind", "Old kind"]]})
    entry = said(holder, "old_kind", after)
    Policy.objects.update(parameters=Policy.objects.get().parameters | OWN)
    monkeypatch.setattr("django.utils.timezone.now", lambda: after)
    client.force_login(holder)
    assert choices(client, f"/ledger/entries/{entry.public_id}/correction") == [*BOTH, "Old kind"]

    fields = {"on": after.date(), "minutes": 30, "category": "old_kind", "by": holder.actor, "now": after}
    assert correct(entry, "Shorter", **fields).category == "old_kind"


def test_a_code_has_the_categories_of_every_body_here_and_hours_as_people_write_them(
    world, client, holder, after, monkeypatch
):
    other = Organisation.objects.create(slug="elsewhere", name="Elsewhere", is_body=True, zone="UTC")
    Policy.objects.create(
        body=other, key="E-1", version=1, in_force_from=after.date(), parameters={"term_months": 12}, digest="0" * 64
    )
    monkeypatch.setattr("django.utils.timezone.now", lambda: after)
    client.force_login(world.sam)
    assert sorted(choices(client, "/desk/claim-codes")) == sorted(
        [*BOTH, "Events", "Learning", "Volunteering", "Other"]
    )
    day = f"{after:%Y-%m-%d}"
    form = {"title": "Meetup", "on": day, "final_day": day, "hours": "1 h 20", "category": "talks", "most": "5"}
    form["organisation"] = world.harbour.slug
    answer = client.post("/desk/claim-codes", {**form, "hours": "soon"})
    assert (answer.status_code, "such as 1:20" in answer.content.decode()) == (422, True)
    assert client.post("/desk/claim-codes", {**form, "category": "naps"}).status_code == 422
    assert client.post("/desk/claim-codes", form).status_code == 303

    code = ClaimCode.objects.get()
    assert (code.minutes, code.category) == (80, "talks")
    entry = claim(world.grace, code.code, by=world.grace.actor, now=after)
    assert (entry.minutes, entry.category) == (80, "talks")


def test_a_code_in_no_category_is_not_made(world, after):
    with pytest.raises(Refused, match="“naps” is none of the categories"):
        make_code(
            world.harbour,
            "Meetup",
            on=after.date(),
            minutes=60,
            category="naps",
            most=5,
            final_day=after.date(),
            by=world.sam.actor,
            now=after,
        )
