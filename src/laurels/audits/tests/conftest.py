from datetime import UTC, date, datetime

import pytest

from laurels.audits.actions import draw
from laurels.credentials.actions import award
from laurels.education.actions import credit, report
from laurels.kernel.actor import Actor
from laurels.programmes.models import LetterText

LATER = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
BLANKS = {
    "audit-notice": "{name} {entries} {due_on} {body} [Show]({link})",
    "audit-question": "{name} {reason} {due_on} {body} [Show]({link})",
    "audit-outcome": "{name} {outcome} {body} [Read]({link})",
    "audit-reminder": "{name} {entries} {due_on} {body} [Show]({link})",
    "audit-appeal": "{name} {what} {outcome} {reason} {body} [Read]({link})",
    "cosigning": "{name} {what} {on} {units} {body} [Say]({link})",
}


@pytest.fixture(autouse=True)
def letters(world):
    for key, text in BLANKS.items():
        LetterText.objects.create(
            body=world.guild, key=key, language="en", version=1, digest="0" * 64, subject=key, text=text
        )


@pytest.fixture
def certified(world):
    """``certified(person)``: a Product Owner of the guild."""

    def one(person):
        _ = world.policy
        return award(
            person,
            world.scheme,
            name=person.name,
            on=world.after_class.date(),
            by=world.bo.actor,
            now=world.after_class,
        )

    return one


@pytest.fixture
def wrote():
    """``wrote(person, "A talk")``: an entry on their own word."""

    def one(person, title="A talk", words=""):
        return report(
            person, title, on=date(2027, 1, 10), minutes=60, category="events", words=words, by=person.actor, now=LATER
        )

    return one


@pytest.fixture
def recorded():
    def one(person, key="1"):
        return credit(
            person,
            "An article",
            source="library",
            key=key,
            on=date(2027, 1, 11),
            minutes=30,
            category="learning",
            by=Actor.of_system("test"),
            now=LATER,
        )

    return one


@pytest.fixture
def audit(world, certified, wrote):
    """Ada has two entries, one of them with nothing to show, and both are asked for."""
    certified(world.ada)
    wrote(world.ada, "A talk")
    wrote(world.ada, "A book", words="Ask first.")
    return draw(world.guild, seed="s", percent=100, by=world.bo.actor, now=LATER).audits.get()
