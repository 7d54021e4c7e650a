from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from laurels.credentials.actions import award
from laurels.education.actions import report
from laurels.programmes.models import CertificateLayout, Policy, Scheme
from laurels.programmes.rules import read_pack

SOON = datetime(2028, 2, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def rules(world):
    """The body lives by the rules of 2024, and knows two more tracks."""
    _ = world.scheme
    pack = {one.key: one for one in read_pack(settings.PACKS / "cspo").policies}
    Policy.objects.filter(pk=world.policy.pk).update(parameters=pack["SA-2024"].parameters)
    fields = {"description": "x", "criteria": "x", "body": world.guild}
    others = [("CSM", "Certified ScrumMaster", "scrummaster"), ("CSD", "Certified Scrum Developer", "developer")]
    schemes = {"CSPO": world.scheme}
    for code, name, track in others:
        schemes[code] = Scheme.objects.create(code=code, name=name, track=track, level="foundational", **fields)
        CertificateLayout.objects.create(scheme=schemes[code], version=1, parameters={}, digest="0" * 64)
    return schemes


@pytest.fixture
def holder(world, rules):
    """``holder("CSPO", "CSM")``: Ada, certified on 16 April 2026, valid until 16 April 2028."""

    def certified(*codes):
        for code in codes:
            award(
                world.ada,
                rules[code],
                name="Ada Lovelace",
                on=world.after_class.date(),
                by=world.bo.actor,
                now=world.after_class,
            )
        return world.ada

    return certified


@pytest.fixture
def learnt(world):
    """``learnt(20)``: so many units of Ada's, one a day in 2027."""

    def add(units, year=2027):
        for number in range(units):
            report(
                world.ada,
                f"Hour {number}",
                on=date(year, 1 + number // 28, 1 + number % 28),
                minutes=60,
                category="learning",
                by=world.ada.actor,
                now=SOON,
            )

    return add
