"""People tell the body of their work; its staff validate, refuse or ask, once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.credentials import queries
from laurels.credentials.actions import (
    ask_about_experience,
    explain_experience,
    refuse_experience,
    take_back_experience,
    validate_experience,
)
from laurels.credentials.models import Experience, ExperienceRuling
from laurels.credentials.rules.experience import State, state_of
from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused

YEAR = date(2025, 1, 1), date(2025, 12, 31)


def readiness(world, advanced):
    return queries.readiness(world.ada, advanced, world.after_class)


def test_what_is_told_waits_and_counts_once_it_is_validated(world, advanced, told):
    experience = told(*YEAR)

    before = readiness(world, advanced)
    validate_experience(experience, by=world.bo.actor, now=world.after_class)
    after = readiness(world, advanced)

    assert (before.months_validated, before.months_told) == (0, 12)
    assert (after.months_validated, after.months_told, after.months_missing) == (12, 12, 0)
    facts = [entry.fact for entry in Entry.objects.about(experience.topic).order_by("seq")]
    assert facts == ["credentials.ExperienceClaimed", "credentials.ExperienceValidated"]


def test_telling_the_same_twice_is_one_line(told):
    assert told(*YEAR) == told(*YEAR)


def test_what_goes_on_counts_until_the_day_it_was_validated(world, advanced, worked):
    worked(date(2025, 10, 17))

    later = world.after_class.replace(year=2027)
    assert queries.readiness(world.ada, advanced, later).months_validated == 6


def test_the_page_says_how_much_is_there(world, advanced, worked, told, browser, now):
    worked(date(2025, 1, 1), date(2025, 8, 31))
    told(date(2024, 1, 1), date(2024, 2, 29), organisation="Elsewhere")

    page = browser(world.ada).get("/experience").content.decode()

    assert "8 of 12 months validated" in page
    assert "With the certifying body" in page


def test_a_role_nobody_asks_for_and_work_to_come_are_refused(world, told):
    with pytest.raises(Refused, match="asks for work in this role"):
        told(*YEAR, role="Astronaut")
    with pytest.raises(Refused, match="still to come"):
        told(date(2025, 1, 1), date(2026, 4, 17))
    with pytest.raises(Refused, match="ends before"):
        told(date(2025, 2, 1), date(2025, 1, 1))


def test_taking_back_leaves_the_line_to_be_seen(world, advanced, told):
    experience = told(*YEAR)

    for _twice in range(2):
        take_back_experience(experience, by=world.ada.actor, now=world.after_class)

    page = queries.experience_page(world.ada, by=world.ada.actor, now=world.after_class)
    assert [line.state for line in page.told] == [State.TAKEN_BACK]
    assert readiness(world, advanced).months_told == 0
    with pytest.raises(Refused, match="nothing to rule on"):
        validate_experience(experience, by=world.bo.actor, now=world.after_class)
    assert Entry.objects.about(experience.topic).count() == 2


def test_what_is_validated_is_not_taken_back(world, worked):
    with pytest.raises(Refused, match="may stand behind a certificate"):
        take_back_experience(worked(*YEAR), by=world.ada.actor, now=world.after_class)


def test_a_refusal_needs_a_reason_and_is_read_by_the_person(world, advanced, told, browser, now):
    experience = told(*YEAR)
    with pytest.raises(Refused, match="Say why"):
        refuse_experience(experience, " ", by=world.bo.actor, now=world.after_class)

    refuse_experience(experience, "That was another role.", by=world.bo.actor, now=world.after_class)

    assert readiness(world, advanced).months_told == 0
    assert "That was another role." in browser(world.ada).get("/experience").content.decode()


def test_a_question_goes_to_the_person_and_comes_back_with_the_answer(world, told):
    experience = told(*YEAR)
    ask_about_experience(experience, "Which product?", by=world.bo.actor, now=world.after_class)
    assert (state_of(experience), Experience.objects.waiting().count()) == (State.ASKED, 0)
    with pytest.raises(Refused, match="The answer comes first"):
        ask_about_experience(experience, "And?", by=world.bo.actor, now=world.after_class)

    explain_experience(experience, "The engine.", by=world.ada.actor, now=world.after_class)

    assert (state_of(experience), Experience.objects.waiting().get()) == (State.CLAIMED, experience)
    with pytest.raises(Refused, match="no open question"):
        explain_experience(experience, "Again.", by=world.ada.actor, now=world.after_class)


def test_only_the_bodys_staff_rule_and_nobody_on_their_own_work(world, told):
    experience, own = told(*YEAR), told(*YEAR, person=world.bo)

    for stranger in (world.ada, world.mallory, world.sam):
        with pytest.raises(Refused, match="Only the certifying body's staff"):
            validate_experience(experience, by=stranger.actor, now=world.after_class)
    with pytest.raises(Refused, match="their own work"):
        validate_experience(own, by=world.bo.actor, now=world.after_class)
    assert not ExperienceRuling.objects.exists()


def test_staff_of_another_body_see_and_rule_on_nothing(world, told, browser):
    experience = told(*YEAR)
    world.maple.is_body = True
    world.maple.save()

    client = browser(world.mallory)
    assert "Ada Lovelace" not in client.get("/body/experience").content.decode()
    path = f"/body/experience/{experience.public_id}/ruling"
    assert client.post(path, {"verdict": "validated"}).status_code == 404


def test_outsiders_get_404(world, told, browser):
    experience = told(*YEAR)

    client = browser(world.grace)
    assert client.get("/body/experience").status_code == 404
    assert client.post(f"/experience/{experience.public_id}/withdrawal").status_code == 404
    assert client.post(f"/experience/{experience.public_id}/answer", {"words": "x"}).status_code == 404
    assert client.post(f"/body/experience/{experience.public_id}/ruling", {"verdict": "validated"}).status_code == 404
    assert browser().get("/experience").status_code == 302


def test_the_second_of_two_rulings_is_refused_and_the_same_again_is_no_harm(world, told):
    experience = told(*YEAR)
    first = validate_experience(experience, by=world.bo.actor, now=world.after_class)

    assert validate_experience(experience, by=world.olive.actor, now=world.after_class) == first
    with pytest.raises(Refused, match="Somebody has ruled on this already"):
        refuse_experience(experience, "No.", by=world.olive.actor, now=world.after_class)


def test_from_the_form_to_the_bodys_word(world, advanced, browser, now):
    ada, bo = browser(world.ada), browser(world.bo)
    told = {"role": "commonground:Product Owner", "organisation": "Engines", "since": "2025-01-01", "did": "Led."}

    assert ada.post("/experience/lines", {**told, "since": "2025-13-01"}).status_code == 422
    assert ada.post("/experience/lines", told).status_code == 303
    experience = Experience.objects.get()
    queue = bo.get("/body/experience").content.decode()
    assert "Ada Lovelace" in queue
    assert "goes on" in queue
    assert bo.post(f"/body/experience/{experience.public_id}/ruling", {"verdict": "validated"}).status_code == 303
    assert "Nobody waits" in bo.get("/body/experience").content.decode()
    assert "12 of 12 months validated" in ada.get("/experience").content.decode()


def test_more_lines_cost_no_more_queries(world, told, browser, now):
    def cost(person, path):
        client = browser(person)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    told(*YEAR)
    before = cost(world.ada, "/experience"), cost(world.bo, "/body/experience")
    for year in (2022, 2023, 2024):
        ask_about_experience(told(date(year, 1, 1), date(year, 12, 31)), "Which?", by=world.bo.actor, now=now)
        told(date(year, 1, 1), date(year, 6, 30))

    assert (cost(world.ada, "/experience"), cost(world.bo, "/body/experience")) == before
