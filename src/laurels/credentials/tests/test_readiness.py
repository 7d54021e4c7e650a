"""What a higher certification needs before, and that it waits until everything is there."""

from datetime import UTC, date, datetime, timedelta

import pytest

from laurels.credentials import queries
from laurels.credentials.actions import (
    award,
    invite,
    invite_who_waited,
    redeem_invitation,
    reinstate,
    revoke,
    suspend,
    validate_experience,
)
from laurels.credentials.models import Certification, Invitation, Membership
from laurels.kernel.actor import ANONYMOUS, Actor
from laurels.kernel.refusal import Refused
from laurels.programmes.models import Course, Scheme

YEAR = date(2025, 1, 1), date(2025, 12, 31)
LAPSED = datetime(2028, 9, 1, 12, tzinfo=UTC)  # Two years, and ninety days of grace, after class.
SYSTEM = Actor.of_system("test")


@pytest.fixture
def invited_up(world, advanced):
    """The secret of Ada's invitation to A-CSPO, after a class of it."""
    course = Course.objects.create(scheme=advanced, slug="a-cspo", title="Advanced", summary="Two days.")
    line = world.accepted_line(world.ada, workshop=world.workshop_with(state="held", course=course))
    invite(line, by=world.bo.actor, now=world.after_class)
    return world.invitation_secret_for(line.email)


def accept(world, secret, *, person=None, now=None):
    by = person.actor if person else ANONYMOUS
    return redeem_invitation(secret, person=person, accepts_licence=True, by=by, now=now or world.after_class)


def ready(world, scheme, now=None):
    return queries.readiness(world.ada, scheme, now or world.after_class)


def asking(advanced, *lower):
    """The scheme, asking for one of ``lower`` (code and standing) and no experience."""
    advanced.prerequisites = {"requires": [{"scheme": code, "standing": standing} for code, standing in lower]}
    advanced.save()
    return advanced


@pytest.mark.parametrize(("until", "is_ready"), [(date(2025, 11, 30), False), (date(2025, 12, 31), True)])
def test_eleven_months_wait_and_twelve_are_enough(world, advanced, certified, worked, until, is_ready):
    certified(world.ada)
    worked(date(2025, 1, 1), until)

    found = ready(world, advanced)

    assert found.is_ready is is_ready
    assert found.missing == ("" if is_ready else "1 more month of validated experience")


def test_work_before_the_window_does_not_count(world, advanced, certified, worked):
    certified(world.ada)
    worked(date(2018, 1, 1), date(2019, 12, 31))

    assert ready(world, advanced).missing == "12 more months of validated experience"


def test_work_in_another_role_does_not_count(world, advanced, certified, worked):
    csm = {"experience": {"months": 3, "within_months": 60, "role": "Scrum Master"}}
    Scheme.objects.create(body=world.guild, code="A-CSM", track="scrummaster", level="advanced", prerequisites=csm)
    certified(world.ada)
    worked(*YEAR, role="Scrum Master")

    assert ready(world, advanced).months_validated == 0


@pytest.mark.parametrize(
    ("standing", "now", "is_ready"),
    [
        ("active", None, True),
        ("active", LAPSED, False),
        ("active", datetime(2028, 5, 1, 12, tzinfo=UTC), False),  # in grace: it has ended
        ("active-or-lapsed", LAPSED, True),
        ("active-or-lapsed", datetime(2028, 5, 1, 12, tzinfo=UTC), True),
    ],
)
def test_a_lapsed_one_is_enough_only_where_the_scheme_says_so(world, advanced, certified, standing, now, is_ready):
    certified(world.ada)

    assert ready(world, asking(advanced, ("CSPO", standing)), now).is_ready is is_ready


@pytest.mark.parametrize("standing", ["active", "active-or-lapsed"])
def test_suspended_waits_until_it_is_lifted_and_revoked_never_counts(world, advanced, certified, standing):
    scheme = asking(advanced, ("CSPO", standing))
    cspo, told = certified(world.ada), {"by": world.bo.actor, "now": world.after_class}

    suspend(cspo, "Under review.", **told)
    assert ready(world, scheme).needs[0].progress == "CSPO: Suspended"
    assert not ready(world, scheme).is_ready
    reinstate(cspo, **told)
    assert ready(world, scheme).is_ready
    revoke(cspo, "Not earned.", **told)
    assert not ready(world, scheme).is_ready


def test_one_of_several_is_enough_and_another_track_is_not(world, advanced, certified):
    certified(world.ada)

    assert not ready(world, asking(advanced, ("CSM", "active"))).is_ready
    either = ready(world, asking(advanced, ("CSM", "active"), ("CSPO", "active-or-lapsed")))
    assert either.is_ready
    assert either.needs[0].words == "CSM (active) or CSPO (active or lapsed)"


def test_the_award_itself_refuses_while_something_is_missing(world, advanced, certified, worked):
    fields = {"name": "Ada Lovelace", "on": world.after_class.date(), "by": world.bo.actor, "now": world.after_class}
    with pytest.raises(Refused, match=r"waits for: CSPO \(active or lapsed\); 12 more months"):
        award(world.ada, advanced, **fields)

    certified(world.ada)
    worked(*YEAR)

    assert award(world.ada, advanced, **fields).scheme == advanced


def test_accepting_before_it_is_ready_changes_nothing_and_works_afterwards(
    world, advanced, invited_up, certified, worked
):
    for person in (None, world.ada):
        with pytest.raises(Refused, match="Nothing is lost"):
            accept(world, invited_up, person=person)
    assert (Certification.objects.count(), Membership.objects.count()) == (0, 0)

    certified(world.ada)
    worked(*YEAR)

    assert accept(world, invited_up).scheme == advanced


def test_a_newcomer_with_the_link_has_nothing_yet(world, advanced, invited_up):
    world.ada.addresses.update(verified_at=None)

    with pytest.raises(Refused, match="waits for"):
        accept(world, invited_up)


def test_the_page_says_what_is_missing_and_offers_no_button(world, advanced, invited_up, told, browser, now):
    told(*YEAR)

    page = browser(world.ada).get(f"/invitations/{invited_up}").content.decode()

    assert "waits for: CSPO (active or lapsed); 12 more months of validated experience" in page
    assert "0 of 12 months validated" in page
    assert 'href="/experience"' in page
    assert "Accept my certificate" not in page
    stranger = browser().get(f"/invitations/{invited_up}").content.decode()
    assert "Sign in" in stranger


def test_once_nothing_is_missing_a_new_letter_comes(world, advanced, invited_up, certified, told):
    later = world.after_class + timedelta(days=90)  # the first link has ended meanwhile
    line = told(*YEAR)
    certified(world.ada)
    assert invite_who_waited(world.ada, scheme="CSPO", by=SYSTEM, now=later) == []
    validate_experience(line, by=world.bo.actor, now=later)

    [sent] = invite_who_waited(world.ada, role="Product Owner", by=SYSTEM, now=later)

    assert Invitation.objects.waiting().get() == sent
    assert accept(world, world.invitation_secret_for(sent.email), now=later).scheme == advanced
    assert invite_who_waited(world.ada, role="Product Owner", by=SYSTEM, now=later) == []


def test_what_was_not_waited_for_sends_no_letter(world, advanced, invited_up, certified, worked):
    certified(world.ada)
    worked(*YEAR)

    assert invite_who_waited(world.ada, scheme="CSM", by=SYSTEM, now=world.after_class) == []
    assert invite_who_waited(world.grace, scheme="CSPO", by=SYSTEM, now=world.after_class) == []
