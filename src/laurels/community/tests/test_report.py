"""Anybody reports what they can see; staff get it as it was then."""

from datetime import timedelta

import pytest

from laurels.community import facts, queries
from laurels.community.actions import lift, report, rule_on, save_profile, write_to
from laurels.community.models import Case, Report
from laurels.community.queries import Subject, find_subject, subjects
from laurels.credentials.models import Membership
from laurels.gatherings.actions import announce
from laurels.gatherings.rules.terms import Terms
from laurels.journal.models import Entry
from laurels.journal.worker import drain
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.people.models import Organisation


@pytest.fixture(autouse=True)
def guild(world):
    return world.guild


def tell(world, profile, who=None, reason="selling", words="", now=None, client=""):
    actor = who.actor if who else ANONYMOUS
    found = find_subject("profile", profile.public_id, actor, now or world.noon)
    return report("profile", profile.public_id, found, reason, words, client=client, by=actor, now=now or world.noon)


def test_a_report_keeps_the_text_as_it_was(world, up):
    mine = up(world.ada, about="Buy my *course*!", place="Lisbon", links=["https://ada.example/"], languages=["pt"])
    made = tell(world, mine, world.grace, words="Only this.")
    save_profile(world.ada, about="I never said that.", by=world.ada.actor, now=world.noon)
    assert made.shown == "Ada Lovelace\nLisbon\nPortuguese\nBuy my *course*!\nhttps://ada.example/"
    case = Case.objects.get()
    assert (case.kind, case.subject, case.concerned, case.body) == ("profile", mine.public_id, world.ada, world.guild)
    assert "Only this" not in str(list(Entry.objects.of(facts.Reported).values_list("payload", flat=True)))


def test_many_reports_of_one_thing_are_one_case_and_each_person_counts_once(world, up):
    mine = up(world.ada)
    first = tell(world, mine, world.grace)
    assert tell(world, mine, world.grace, reason="harm") == first
    tell(world, mine, world.tess)
    stranger = tell(world, mine, client="192.0.2.1")
    assert tell(world, mine, client="192.0.2.1") == stranger
    tell(world, mine, client="192.0.2.2")
    assert (Case.objects.count(), Report.objects.count()) == (1, 4)
    assert "192.0.2" not in str(list(Report.objects.values_list()))


@pytest.mark.parametrize(
    ("reason", "words", "code"),
    [("", "", "reason"), ("nonsense", "", "reason"), ("other", " ", "words"), ("harm", "x" * 2001, "long")],
)
def test_a_report_says_what_is_wrong(world, up, reason, words, code):
    with pytest.raises(Refused) as no:
        tell(world, up(world.ada), world.grace, reason=reason, words=words)
    assert no.value.refusal.code == code


def test_nobody_reports_themselves(world, up):
    with pytest.raises(Refused, match="your own"):
        tell(world, up(world.ada), world.ada)


def test_there_is_an_end_to_it(world, up):
    profiles = [up(world.person(f"P{number} Person")) for number in range(12)]
    for one in profiles[:5]:
        tell(world, one, client="192.0.2.1")
    with pytest.raises(Refused, match="enough for today"):
        tell(world, profiles[5], client="192.0.2.1")
    tell(world, profiles[5], client="192.0.2.2")
    for one in profiles[:10]:
        tell(world, one, world.grace)
    with pytest.raises(Refused, match="enough for today"):
        tell(world, profiles[10], world.grace)


def test_it_goes_to_the_body_that_the_person_joined_first(world, up):
    other = Organisation.objects.create(slug="other", name="Other Guild", is_body=True)
    Membership.objects.create(body=other, person=world.ada, activated_at=world.morning)
    assert tell(world, up(world.ada), world.grace).case.body == other
    assert tell(world, up(world.tess), world.grace).case.body == world.guild


def test_without_any_body_nobody_looks(world, up):
    mine = up(world.ada)
    Organisation.objects.all().delete()
    with pytest.raises(Refused, match="Nobody here looks at reports"):
        tell(world, mine, client="x")


def test_only_the_two_who_write_report_a_message(world, up, browser, clock):
    up(world.ada), up(world.grace)
    message = write_to(world.grace, "Give me money.", by=world.ada.actor, now=world.noon)
    path = f"/reports/message/{message.public_id}"
    for client in (browser(), browser(world.tess), browser(world.bo)):
        assert client.get(path).status_code == 404
        assert client.post(path, {"reason": "harm"}).status_code == 404
    grace = browser(world.grace)
    assert "Give me money." in grace.get(path).content.decode()
    answer = grace.post(path, {"reason": "selling"})
    assert answer.headers["Location"] == f"/conversations/{message.conversation.public_id}"
    assert Report.objects.get().shown == "Give me money."


def test_a_stranger_reports_what_is_public_by_the_page(world, up, browser, clock):
    public, secret = up(world.ada), up(world.grace, audience="members")
    stranger = browser()
    path = f"/reports/profile/{public.public_id}"
    assert "Sign in first if you want to hear" in stranger.get(path).content.decode()
    assert stranger.post(path, {"reason": ""}).status_code == 422
    assert stranger.post(path, {"reason": "other"}).status_code == 422
    assert stranger.post(path, {"reason": "false"}).headers["Location"] == f"/members/{public.public_id}"
    for nothing in (f"profile/{secret.public_id}", "profile/x", "nonsense/x"):
        assert stranger.get(f"/reports/{nothing}").status_code == 404
        assert stranger.post(f"/reports/{nothing}", {"reason": "harm"}).status_code == 404
    assert Report.objects.count() == 1


def test_another_stage_adds_what_can_be_reported(world, browser, clock, monkeypatch):
    """A word, and a way to find one."""

    def find(subject, by, now):
        return Subject("A gathering", "All the soup", None, "/") if subject == "soup" else None

    monkeypatch.setitem(subjects, "gathering", find)
    assert browser().get("/reports/gathering/salad").status_code == 404
    assert "All the soup" in browser().get("/reports/gathering/soup").content.decode()
    assert browser().post("/reports/gathering/soup", {"reason": "harm"}).status_code == 303
    case = Case.objects.get()
    assert (case.kind, case.subject, case.concerned) == ("gathering", "soup", None)
    assert not queries.is_hidden("gathering", "soup", world.after_class)


def test_what_was_written_at_a_gathering_is_hidden_and_shown_again(world, letters, client):
    terms = Terms(title="Coffee", zone="UTC", about="Nasty words")
    april = world.noon + timedelta(days=30)
    made = announce(world.guild, terms, on=april.date(), starts=april.time(), by=world.bo.actor, now=world.noon)
    page = f"/gatherings/{made.public_id}"
    found = find_subject("gathering", made.public_id, ANONYMOUS, world.noon)
    assert "Nasty words" in found.text
    assert "Nasty words" in client.get(page).content.decode()
    report("gathering", made.public_id, found, "harm", "", client="1", by=world.ada.actor, now=world.noon)

    ruling = rule_on(Case.objects.get(), "hide", "Not here.", by=world.bo.actor, now=world.noon)
    drain(is_strict=True)
    assert "Nasty words" not in client.get(page).content.decode()
    lift(ruling, "It was a quotation.", by=world.bo.actor, now=world.noon)
    drain(is_strict=True)
    assert "Nasty words" in client.get(page).content.decode()
