from datetime import timedelta

import pytest
from django.test import Client

from laurels.credentials.actions import award, invite
from laurels.credentials.models import Credential
from laurels.credentials.tasks import publish_status_list, sign_credential


@pytest.fixture
def certified(world):
    """``certified(person)``: awarded on the last day of class, and signed."""

    def certify(person, **changes):
        fields = {"name": person.name, "on": world.after_class.date(), "by": world.bo.actor, "now": world.after_class}
        certification = award(person, world.scheme, **(fields | changes))
        return sign(certification)

    return certify


def sign(certification):
    """Let the worker do what waits: sign, and publish the lists."""
    for credential in Credential.objects.unsigned():
        sign_credential.call(credential.pk)
    for status_list in certification.scheme.body.status_lists.all():
        publish_status_list.call(status_list.pk)
    return certification


@pytest.fixture
def signing():
    return sign


@pytest.fixture
def invited(world):
    """``invited(person)``: the accepted line and the secret in its letter."""

    def send(person, *, now=None, **where):
        line = world.accepted_line(person, **where)
        invite(line, by=world.bo.actor, now=now or world.after_class)
        return line, world.invitation_secret_for(line.email)

    return send


@pytest.fixture
def now(world, monkeypatch):
    """The doors' clock: an hour after class."""
    at = world.after_class + timedelta(hours=1)
    monkeypatch.setattr("laurels.people.doors.timezone.now", lambda: at)
    return at


@pytest.fixture
def browser():
    """``browser(person)``: a client signed in as the person; without one, a stranger's."""

    def of(person=None):
        client = Client()
        if person:
            client.force_login(person)
        return client

    return of
