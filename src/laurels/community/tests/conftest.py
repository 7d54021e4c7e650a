import re

import pytest
from django.test import Client

from laurels.community.actions import publish, save_profile
from laurels.credentials.actions import award
from laurels.credentials.tests.conftest import sign
from laurels.programmes.models import LetterText

BLANKS = {
    "message-waiting": "{name} {writer} {body} [Read]({link})",
    "report-outcome": "{name} {outcome} {body} [Read]({link})",
    "conduct-ruling": "{name} {outcome} {reason} {body} [Read]({link})",
    "conduct-appeal": "{name} {outcome} {reason} {body} [Read]({link})",
}


@pytest.fixture
def letters(world):
    for key, text in BLANKS.items():
        LetterText.objects.create(
            body=world.guild, key=key, language="en", version=1, digest="0" * 64, subject=key, text=text
        )


def put_up(person, *, now, **fields):
    """The person's profile, up, listed, for everybody and taking letters, unless ``fields`` say otherwise."""
    given = {"audience": "everybody", "is_listed": True, "takes_letters": True, **fields}
    return publish(save_profile(person, **given, by=person.actor, now=now), by=person.actor, now=now)


@pytest.fixture
def up(world):
    """``up(person, place="Lisbon")``: see ``put_up``."""
    return lambda person, **fields: put_up(person, now=world.morning, **fields)


@pytest.fixture
def certified(world):
    """``certified(person)``: a Product Owner of the guild, signed."""

    def one(person, **changes):
        fields = {"name": person.name, "on": world.after_class.date(), "by": world.bo.actor, "now": world.after_class}
        return sign(award(person, world.scheme, **(fields | changes)))

    return one


@pytest.fixture
def browser():
    """``browser(person)``: a client signed in as the person; without one, a stranger's."""

    def open_for(person=None):
        client = Client()
        if person:
            client.force_login(person)
        return client

    return open_for


@pytest.fixture
def clock(world, monkeypatch):
    """The doors' clock: the day after class; ``clock(later)`` moves it."""

    def at(moment):
        monkeypatch.setattr("laurels.people.doors.timezone.now", lambda: moment)
        return moment

    at(world.after_class)
    return at


def plain(response):
    """A page without what differs at every look."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
