from datetime import timedelta

import pytest
from django.test import Client

from laurels.credentials.actions import award, claim_experience, invite, validate_experience
from laurels.credentials.models import Credential
from laurels.credentials.tasks import publish_status_list, sign_credential
from laurels.programmes.models import CertificateLayout, Scheme


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


ASKED = {
    "requires": [{"scheme": "CSPO", "standing": "active-or-lapsed"}],
    "experience": {"months": 12, "within_months": 60, "role": "Product Owner"},
}


@pytest.fixture
def advanced(world):
    """A-CSPO of the same body: needs CSPO, active or lapsed, and twelve months as a Product Owner in five years."""
    _ = world.scheme
    scheme = Scheme.objects.create(
        body=world.guild,
        code="A-CSPO",
        name="Advanced Certified Scrum Product Owner",
        track="productowner",
        level="advanced",
        description="Leads discovery.",
        criteria="A course, CSPO and a year of work.",
        prerequisites=ASKED,
    )
    CertificateLayout.objects.create(scheme=scheme, version=1, parameters={}, digest="0" * 64)
    return scheme


@pytest.fixture
def told(world, advanced):
    """``told(since, until)``: Ada's work as a Product Owner, as she told the body before class."""

    def tell(since, until=None, *, person=None, now=None, **changes):
        person = person or world.ada
        fields = {"organisation": "Analytical Engines", "did": "I led the product.", **changes}
        role = fields.pop("role", "Product Owner")
        now = now or world.after_class
        return claim_experience(person, world.guild, role, since=since, until=until, by=person.actor, now=now, **fields)

    return tell


@pytest.fixture
def worked(world, told):
    """``worked(since, until)``: the same, validated by Bo."""

    def work(since, until=None, **changes):
        experience = told(since, until, **changes)
        validate_experience(experience, by=world.bo.actor, now=changes.get("now") or world.after_class)
        return experience

    return work
