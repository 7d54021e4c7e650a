"""From a lapsed CSPO to an A-CSPO: the class first, a year of work after it, and everything valid until one day."""

import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core import mail

from laurels.credentials.actions import award, claim_experience, invite, redeem_invitation, validate_experience
from laurels.credentials.models import Certification, Invitation
from laurels.journal.worker import drain
from laurels.journey.queries import my_journey, way_of
from laurels.journey.queries.tracking import Row
from laurels.journey.rules import Holder, Key, State
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.participation.models import Declaration
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Course, Scheme
from laurels.programmes.queries import latest_curriculum
from laurels.workshops.actions import book
from tests.world.cast import World

FIRST = datetime(2021, 4, 16, 18, tzinfo=UTC)
LATER = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def pack(world):
    """The real pack, and the cast at its body."""
    world.guild = load_pack(settings.PACKS / "cspo", by=Actor.of_system("test"), now=World.morning).body
    world.scheme = Scheme.objects.get(code="CSPO")
    world.course = Course.objects.get(slug="a-cspo")
    world.curriculum = latest_curriculum(world.course)
    return world


@pytest.fixture
def clock(monkeypatch):
    """The reactions' clock."""
    monkeypatch.setattr("laurels.journey.reactions.timezone.now", lambda: LATER)


def test_a_workshop_of_the_higher_course_can_be_booked(pack):
    world = pack

    seat = book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)

    assert seat.workshop.course.scheme.code == "A-CSPO"


def test_the_certificate_waits_and_comes_by_itself_and_the_lower_one_renews_along(pack, clock):
    world = pack
    award(world.ada, world.scheme, name="Ada Lovelace", on=FIRST.date(), by=world.bo.actor, now=FIRST)
    drain(is_strict=True)
    line = world.accepted_line(world.ada)
    invite(line, by=world.bo.actor, now=world.after_class)
    with pytest.raises(Refused, match="waits for: 12 more months of validated experience"):
        accept(world, world.after_class)

    validate_experience(a_year_of_work(world), by=world.bo.actor, now=LATER)
    drain(is_strict=True)
    assert Invitation.objects.filter(line=line).count() == 2
    accept(world, LATER)
    drain(is_strict=True)

    newest = [one.terms.latest("ordinal") for one in Certification.objects.order_by("scheme__pk")]
    assert [(term.certification.scheme.code, term.valid_until) for term in newest] == [
        ("CSPO", date(2028, 4, 16)),
        ("A-CSPO", date(2028, 4, 16)),
    ]
    assert all(term.covers(LATER.date()) for term in newest)


def test_the_way_shows_what_is_missing_and_who_has_the_next_step(pack):
    world = pack
    award(world.ada, world.scheme, name="Ada Lovelace", on=FIRST.date(), by=world.bo.actor, now=FIRST)
    line = world.accepted_line(world.ada)
    invite(line, by=world.bo.actor, now=world.after_class)
    words = {"certificate_name": "Ada Lovelace", "email": line.email, "is_member_already": True}
    Declaration.objects.create(seat=line.seat, confirmed_at=world.after_class, **words)

    def ready(now):
        step = way_of(line.seat, now).step(Key.READY)
        return step.state, step.holder, step.note

    missing = "Waits for: 12 more months of validated experience."
    assert ready(world.morning) == (State.TODO, Holder.NOBODY, missing)
    assert ready(world.after_class) == (State.TURN, Holder.LEARNER, missing)
    [mine] = my_journey(world.ada, LATER).under_way
    assert (mine.next.url, mine.next.sentence) == ("/experience", missing)
    told = a_year_of_work(world)
    assert ready(LATER) == (State.WAIT, Holder.BODY, missing)
    way = way_of(line.seat, LATER)
    row = Row(way, [], way.open({Holder.BODY}))
    assert row.own_turn == "/body/experience"
    validate_experience(told, by=world.bo.actor, now=LATER)
    assert ready(LATER) == (State.DONE, Holder.NOBODY, "")
    assert way_of(line.seat, LATER).step(Key.OPENED).state is State.TURN


def test_a_class_of_the_first_level_has_no_such_step(world):
    line = world.accepted_line(world.ada)

    assert way_of(line.seat, LATER).step(Key.READY) is None


def test_workshop_page_and_catalogue_say_what_is_needed_and_the_page_whether_one_has_it(pack, client, monkeypatch):
    world = pack
    monkeypatch.setattr("laurels.people.doors.timezone.now", lambda: world.noon)
    award(world.ada, world.scheme, name="Ada Lovelace", on=FIRST.date(), by=world.bo.actor, now=FIRST)
    path = f"/workshops/{world.workshop.public_id}"

    for page in (client.get(path).content.decode(), client.get("/workshops").content.decode()):
        assert "CSPO (active or lapsed)" in page
        assert "12 months of work as a Product Owner in the last 5 years" in page
        assert "months validated" not in page
    client.force_login(world.ada)
    own = client.get(path).content.decode()
    assert "CSPO: Lapsed" in own
    assert "0 of 12 months validated" in own


def a_year_of_work(world):
    return claim_experience(
        world.ada,
        world.guild,
        "Product Owner",
        organisation="Analytical Engines",
        since=date(2025, 4, 1),
        until=date(2026, 3, 31),
        did="I led the product.",
        by=world.ada.actor,
        now=LATER,
    )


def accept(world, now):
    """With the link of the newest letter as it went out; the secret is not kept."""
    drain(is_strict=True)
    [*_, secret] = re.findall(
        r"/invitations/([\w-]+)\)?$", "\n".join(letter.body for letter in mail.outbox), re.MULTILINE
    )
    return redeem_invitation(secret, person=world.ada, accepts_licence=True, by=world.ada.actor, now=now)
