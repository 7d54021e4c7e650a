"""Whoever told a body of their work hears what it says: accepted, a question, or not accepted and why. Once each."""

from datetime import date, timedelta

import pytest

from laurels.credentials.actions import (
    ask_about_experience,
    claim_experience,
    explain_experience,
    refuse_experience,
    tell_of_ruling,
    validate_experience,
)
from laurels.credentials.models import ExperienceRuling
from laurels.journal.worker import drain
from laurels.kernel.actor import Actor
from laurels.mail.models import Letter
from laurels.programmes.models import LetterText, Scheme

WORDS = "{name} {role} {organisation} {since} {reason} {body} [Here]({link})"


@pytest.fixture
def work(world):
    """Ada has told the guild of a year as a Product Owner."""
    for key in ("accepted", "refused", "question"):
        LetterText.objects.create(
            body=world.guild,
            key=f"experience-{key}",
            language="en",
            version=1,
            digest="0" * 64,
            subject=key,
            text=WORDS,
        )
    needs = {"experience": {"role": "Product Owner", "months": 12, "within_months": 60}}
    Scheme.objects.filter(pk=world.scheme.pk).update(prerequisites=needs)
    return claim_experience(
        world.ada,
        world.guild,
        "Product Owner",
        organisation="Tidewater",
        since=date(2025, 1, 1),
        until=date(2025, 12, 31),
        did="Owned the ferry timetable.",
        by=world.ada.actor,
        now=world.noon,
    )


def letters(work):
    drain(is_strict=True)
    return [(one.key, one.to) for one in Letter.objects.about(work.topic).order_by("pk")]


def test_accepted(world, work):
    validate_experience(work, by=world.bo.actor, now=world.noon)

    assert letters(work) == [("experience-accepted", "ada@people.example")]
    text = Letter.objects.get().text
    assert "Ada Lovelace Product Owner Tidewater 1 January 2025" in text
    assert "/experience" in text


def test_not_accepted_and_why(world, work):
    refuse_experience(work, "This was another role.", by=world.bo.actor, now=world.noon)

    assert letters(work) == [("experience-refused", "ada@people.example")]
    assert "This was another role." in Letter.objects.get().text


def test_a_question_then_the_last_word_and_each_is_written_once(world, work):
    ask_about_experience(work, "Which product?", by=world.bo.actor, now=world.noon)
    assert letters(work) == [("experience-question", "ada@people.example")]
    later = world.noon + timedelta(hours=1)
    explain_experience(work, "The timetable of the ferries.", by=world.ada.actor, now=later)
    validate_experience(work, by=world.bo.actor, now=later)

    assert [key for key, _to in letters(work)] == ["experience-question", "experience-accepted"]
    for ruling in ExperienceRuling.objects.all():
        tell_of_ruling(ruling, by=Actor.of_system("test"), now=later)
    assert Letter.objects.about(work.topic).count() == 2


def test_whoever_has_no_address_is_written_to_by_nobody(world, work):
    world.ada.addresses.all().delete()
    validate_experience(work, by=world.bo.actor, now=world.noon)
    assert letters(work) == []
