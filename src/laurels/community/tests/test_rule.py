"""What staff decide, what follows, who hears of it, and how it is undone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.community import queries
from laurels.community.actions import (
    appeal,
    lift,
    publish,
    reply,
    report,
    rule_on,
    settle,
    tell_of_outcome,
    tell_of_ruling,
    tell_of_settlement,
    write_to,
)
from laurels.community.models import Appeal, Case, Message, Profile, Ruling
from laurels.community.queries import find_subject
from laurels.credentials.models import Certification
from laurels.kernel.actor import ANONYMOUS, Actor
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter

WORKER = Actor.of_system("worker")
pytestmark = pytest.mark.usefixtures("letters")


def told(world, kind, public_id, who):
    actor = who.actor if who else ANONYMOUS
    found = find_subject(kind, public_id, actor, world.noon)
    return report(kind, public_id, found, "harm", "Look.", client="192.0.2.1", by=actor, now=world.noon).case


@pytest.fixture
def case(world, up):
    """Grace and a visitor reported Ada's profile."""
    mine = up(world.ada, about="Unkind words")
    told(world, "profile", mine.public_id, None)
    return told(world, "profile", mine.public_id, world.grace)


def rule(world, case, kind, by=None, now=None, **more):
    return rule_on(case, kind, "Because of that.", by=(by or world.bo).actor, now=now or world.noon, **more)


def in_sight(world, person, now=None):
    return Profile.objects.in_sight(now or world.noon).filter(person=person).exists()


def write_letters(ruling):
    tell_of_ruling(ruling, by=WORKER, now=ruling.at)
    if ruling.lifts is None:
        tell_of_outcome(ruling.case, ruling, by=WORKER, now=ruling.at)


def letters_to(person):
    return list(Letter.objects.filter(person=person).order_by("pk").values_list("key", "text"))


def test_nothing_follows_and_only_the_reporter_hears_it(world, case):
    write_letters(rule(world, case, "none"))
    assert in_sight(world, world.ada)
    assert letters_to(world.ada) == []
    [(key, text)] = letters_to(world.grace)
    assert (key, "does not break" in text, "Because" in text, "Ada" in text) == ("report-outcome", True, False, False)


def test_a_word_of_warning_is_a_letter_and_no_more(world, case):
    ruling = rule(world, case, "warn")
    write_letters(ruling)
    write_letters(ruling)
    assert in_sight(world, world.ada)
    [(key, text)] = letters_to(world.ada)
    assert (key, "Because of that." in text, f"/me/rulings/{ruling.public_id}" in text) == (
        "conduct-ruling",
        True,
        True,
    )
    assert "Grace" not in text


def test_a_hidden_profile_is_gone_until_it_is_undone(world, case, browser, clock):
    ruling, mine = rule(world, case, "hide"), Profile.objects.get()
    address = f"/members/{mine.public_id}"
    assert [browser(who).get(address).status_code for who in (None, world.grace, world.ada)] == [404, 404, 404]
    with pytest.raises(Refused, match="hidden under the code of conduct"):
        publish(mine, by=world.ada.actor, now=world.noon)
    assert f"/me/rulings/{ruling.public_id}" in browser(world.ada).get("/me/profile/preview").content.decode()

    undone = lift(ruling, "It was a quotation.", by=world.olive.actor, now=world.noon)
    write_letters(undone)
    assert browser().get(address).status_code == 200
    assert "no longer holds" in letters_to(world.ada)[-1][1]
    with pytest.raises(Refused, match="undone already"):
        lift(ruling, "Again", by=world.bo.actor, now=world.noon)


def test_a_hidden_message_is_hidden_from_both(world, up, browser, clock):
    up(world.ada), up(world.grace)
    message = write_to(world.grace, "You are a fool.", by=world.ada.actor, now=world.noon)
    rule(world, told(world, "message", message.public_id, world.grace), "hide")
    for person in (world.ada, world.grace):
        page = browser(person).get(f"/conversations/{message.conversation.public_id}").content.decode()
        assert ("You are a fool." in page, "Hidden under the code" in page) == (False, True)
    assert Message.objects.get().text == "You are a fool."
    assert reply(message.conversation, "Sorry.", by=world.ada.actor, now=world.noon)


def test_an_exclusion_ends_profile_and_writing_for_its_months(world, case, up, certified):
    certified(world.ada)
    up(world.grace)
    conversation = write_to(world.grace, "Hi", by=world.ada.actor, now=world.noon).conversation
    ruling = rule(world, case, "exclude", months=3)
    assert ruling.until == datetime(2026, 6, 2, 22, 59, 59, tzinfo=UTC)
    assert not in_sight(world, world.ada)
    for verb in (
        lambda: reply(conversation, "Hi", by=world.ada.actor, now=world.noon),
        lambda: publish(world.ada.profile, by=world.ada.actor, now=world.noon),
    ):
        with pytest.raises(Refused, match="excluded from the community"):
            verb()
    with pytest.raises(Refused, match="Ada Lovelace does not take letters at present"):
        write_to(world.ada, "Hi", by=world.grace.actor, now=world.noon)
    assert Certification.objects.get().person == world.ada

    assert not in_sight(world, world.ada, ruling.until - timedelta(seconds=1))
    assert in_sight(world, world.ada, ruling.until)
    write_letters(ruling)
    assert "until 2 June 2026. Your certification is not touched." in letters_to(world.ada)[-1][1]


def test_an_exclusion_for_good_ends_by_a_ruling_only(world, case):
    ruling = rule(world, case, "exclude")
    assert not in_sight(world, world.ada, world.noon + timedelta(days=36500))
    write_letters(ruling)
    assert "for good" in letters_to(world.ada)[-1][1]
    lift(ruling, "We were wrong.", by=world.bo.actor, now=world.noon)
    assert in_sight(world, world.ada)


@pytest.mark.parametrize(
    ("kind", "months", "code"),
    [("lift", None, "kind"), ("", None, "kind"), ("exclude", 0, "months"), ("exclude", 61, "months")],
)
def test_what_cannot_be_ruled(world, case, kind, months, code):
    with pytest.raises(Refused) as no:
        rule(world, case, kind, months=months)
    assert no.value.refusal.code == code


def test_a_ruling_says_why_and_is_made_once(world, case):
    with pytest.raises(Refused, match="Say why"):
        rule_on(case, "hide", " ", by=world.bo.actor, now=world.noon)
    rule(world, case, "none")
    with pytest.raises(Refused, match="ruled on it meanwhile"):
        rule(world, case, "hide", by=world.olive)


def test_only_staff_of_that_body_and_nobody_in_their_own_matter(world, up, case):
    auditor = world.with_role(world.person("Audrey Auditor"), "auditor", world.guild)
    for person in (world.ada, world.grace, world.sam, world.mallory, auditor):
        with pytest.raises(Refused, match="Only the body's staff"):
            rule(world, case, "none", by=person)
    told(world, "profile", case.subject, world.bo)
    with pytest.raises(Refused, match="You reported this yourself"):
        rule(world, case, "hide")
    about_bo = told(world, "profile", up(world.bo).public_id, world.grace)
    with pytest.raises(Refused, match="about yourself"):
        rule(world, about_bo, "none")
    assert rule(world, about_bo, "none", by=world.olive)


def test_nobody_stands_behind_some_things(world):
    case = Case.objects.create(body=world.guild, kind="gathering", subject="x", opened_at=world.noon)
    for kind in ("warn", "exclude"):
        with pytest.raises(Refused, match="Nobody stands behind this"):
            rule(world, case, kind)
    write_letters(rule(world, case, "hide"))
    assert queries.is_hidden("gathering", "x", world.noon)


def test_a_new_report_after_a_ruling_is_a_new_case(world, case):
    rule(world, case, "none")
    assert told(world, "profile", case.subject, world.grace) != case


def test_an_appeal_goes_to_other_eyes(world, case, browser, clock):
    _ = world.olive
    ruling = rule(world, case, "hide")
    made = appeal(ruling, "It was a quotation.", by=world.ada.actor, now=world.noon)
    assert appeal(ruling, "Once more", by=world.ada.actor, now=world.noon) == made
    with pytest.raises(Refused, match="You made this ruling yourself"):
        settle(made, "upheld", "Right.", by=world.bo.actor, now=world.noon)
    settled = settle(made, "upheld", "Right you are.", by=world.olive.actor, now=world.noon)
    assert in_sight(world, world.ada)
    undone = Ruling.objects.get(kind="lift")
    write_letters(undone)
    tell_of_settlement(settled, by=WORKER, now=world.noon)
    tell_of_settlement(settled, by=WORKER, now=world.noon)
    [(key, text)] = letters_to(world.ada)
    assert (key, "You were right" in text, "Right you are." in text) == ("conduct-appeal", True, True)
    with pytest.raises(Refused, match="settled"):
        settle(made, "rejected", "No.", by=world.olive.actor, now=world.noon)


def test_where_staff_is_one_person_they_look_again(world, case):
    made = appeal(rule(world, case, "hide"), "Please.", by=world.ada.actor, now=world.noon)
    assert settle(made, "rejected", "It stands.", by=world.bo.actor, now=world.noon).outcome == "rejected"
    assert not in_sight(world, world.ada)


def test_who_may_appeal_against_what_and_until_when(world, case):
    ruling = rule(world, case, "warn")
    with pytest.raises(Refused, match="Only the person concerned"):
        appeal(ruling, "x", by=world.grace.actor, now=world.noon)
    with pytest.raises(Refused, match="what was overlooked"):
        appeal(ruling, " ", by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="30 days"):
        appeal(ruling, "x", by=world.ada.actor, now=world.noon + timedelta(days=30, seconds=1))
    lift(ruling, "Never mind.", by=world.bo.actor, now=world.noon)
    with pytest.raises(Refused, match="nothing left to appeal"):
        appeal(ruling, "x", by=world.ada.actor, now=world.noon)


def test_a_whole_case_by_its_pages(world, case, browser, clock):
    clock(world.noon + timedelta(days=2))
    bo, ada, olive = browser(world.bo), browser(world.ada), browser(world.olive)
    assert "1 report about somebody" in bo.get("/body").content.decode()
    listed = bo.get("/body/reports").content.decode()
    assert ("Ada Lovelace" in listed, "2 reports" in listed) == (True, True)
    path = f"/body/reports/{case.public_id}"
    page = bo.get(path).content.decode()
    assert all(words in page for words in ("Unkind words", "A visitor", "Grace Hopper", "None."))
    assert bo.post(f"{path}/rulings", {"kind": "hide"}).status_code == 422
    assert bo.post(f"{path}/rulings", {"months": "3", "words": "x"}).status_code == 422
    fields = {"kind": "exclude", "months": "3", "words": "Unkind."}
    assert bo.post(f"{path}/rulings", fields).status_code == 303
    ruling = Ruling.objects.get()
    mine = f"/me/rulings/{ruling.public_id}"
    shown = ada.get(mine).content.decode()
    assert all(words in shown for words in ("Unkind.", "Unkind words", "I think this is wrong"))
    assert "Grace" not in shown
    assert browser(world.grace).get(mine).status_code == 404
    assert ada.post(f"{mine}/appeal", {"words": "A quotation."}).status_code == 303
    assert "A quotation." in bo.get(path).content.decode()
    assert "Appeals" in olive.get("/body/reports").content.decode()
    settlement = f"{path}/appeals/{Appeal.objects.get().pk}/settlement"
    assert bo.post(settlement, {"outcome": "rejected", "words": "No."}).status_code == 409
    assert olive.post(settlement, {"outcome": "rejected", "words": "It stands."}).status_code == 303
    assert "It stands." in ada.get(mine).content.decode()
    assert bo.post(f"{path}/rulings/{ruling.public_id}/lifting", {"words": "Enough."}).status_code == 303
    assert "has been undone" in ada.get(mine).content.decode()
    assert "undone" in bo.get("/body/reports").content.decode()


def test_the_queue_is_nobody_elses(world, case, browser, clock):
    auditor = world.with_role(world.person("Audrey Auditor"), "auditor", world.guild)
    paths = ["/body/reports", f"/body/reports/{case.public_id}"]
    for person in (world.ada, world.grace, world.sam, world.mallory, auditor):
        client = browser(person)
        assert [client.get(path).status_code for path in paths] == [404, 404]
        assert client.post(f"{paths[1]}/rulings", {"kind": "none", "words": "x"}).status_code == 404
    assert not Ruling.objects.exists()


def test_many_cases_cost_no_more_than_one(world, case, up, browser, clock):
    def cost(path):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    client, path = browser(world.bo), f"/body/reports/{case.public_id}"
    rule(world, told(world, "profile", up(world.tess).public_id, world.grace), "warn")
    one = cost("/body/reports"), cost(path)
    for number in range(3):
        mine = up(world.person(f"P{number} Person"))
        told(world, "profile", mine.public_id, world.grace)
        told(world, "profile", case.subject, world.person(f"R{number} Reporter"))
        ruling = rule(
            world, told(world, "profile", up(world.person(f"Q{number} Person")).public_id, world.grace), "warn"
        )
        appeal(ruling, "x", by=ruling.case.concerned.actor, now=world.noon)
    more = cost("/body/reports"), cost(path)
    assert more[0] <= one[0] + 1  # the appeals' own prefetch has nothing to do without any
    assert more[1] == one[1]
    assert max(more) <= 8
