"""A class that was just held, and how its people come to their certificates."""

import re
from datetime import datetime, timedelta

import pytest

from laurels.credentials.actions import invite, redeem_invitation
from laurels.credentials.models import Certification, Credential, Invitation
from laurels.credentials.tasks import sign_credential
from laurels.mail.models import Letter
from laurels.participation.tests.conftest import Class
from laurels.workshops.models import Seat
from tests.world.cast import World


class Way(Class):
    def later(self, **delta: int) -> datetime:
        return self.world.after_class + timedelta(**delta)

    def invited(self, seat: Seat) -> Invitation:
        self.accept(seat)
        return invite(self.line_of(seat), by=self.world.bo.actor, now=self.world.after_class)

    def secret_of(self, seat: Seat) -> str:
        text = Letter.objects.filter(key="invitation", to=seat.person.email).latest("pk").text
        return re.search(r"/invitations/(\S+)", text)[1]

    def certified(self, seat: Seat) -> Certification:
        self.invited(seat)
        certification = redeem_invitation(
            self.secret_of(seat),
            person=seat.person,
            accepts_licence=True,
            by=seat.person.actor,
            now=self.world.after_class,
        )
        sign_credential.call(Credential.objects.get(term__certification=certification).pk)
        return certification


@pytest.fixture
def held(world: World) -> Way:
    return Way(world)
