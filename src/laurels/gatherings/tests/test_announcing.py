"""Single gatherings and series, with their dates in the right hour."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from laurels.gatherings import actions
from laurels.gatherings.models import Gathering, SignUp
from laurels.gatherings.rules.dates import ahead, instant, nth_of
from laurels.gatherings.tests.conftest import EVENING, ON, STARTS, TERMS
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter


def series(world, **more):
    given = {"rhythm": "monthly", "first_on": ON, "starts": STARTS, "by": world.bo.actor, "now": world.noon} | more
    return actions.begin_series(world.guild, TERMS, **given)


def test_staff_of_the_body_announce_and_host(world, announced):
    gathering = announced()

    assert (gathering.starts_at, gathering.ends_at) == (EVENING, EVENING + timedelta(hours=1))
    assert list(gathering.hosts.all()) == [world.bo]
    with pytest.raises(Refused, match="organisers of a group"):
        announced(by=world.ada.actor)
    with pytest.raises(Refused, match="This time is over"):
        announced(on=date(2026, 3, 1))
    with pytest.raises(Refused, match="not a time zone"):
        announced(TERMS.__class__(title="x", zone="Mars/Base"))


def test_a_group_announces_through_its_organisers(world, announced):
    group = actions.found(world.guild, world.ada, "Lisbon", kind="place", by=world.ada.actor, now=world.noon)
    actions.join_group(group, world.grace, by=world.grace.actor, now=world.noon)

    assert announced(group=group, by=world.ada.actor).group == group
    with pytest.raises(Refused, match="organisers of a group"):
        announced(group=group, by=world.grace.actor)


def test_the_second_thursday_stays_the_second_thursday_and_six_in_the_evening(world, letters):
    found = series(world)

    days = list(found.gatherings.order_by("on").values_list("on", "starts_at"))
    assert [day for day, _at in days] == [date(2026, 3, 12), date(2026, 4, 9), date(2026, 5, 14)]
    # Lisbon keeps winter time until 29 March: six there is another hour of UTC before and after.
    assert [at.astimezone(UTC).hour for _day, at in days] == [18, 17, 17]


def test_planning_ahead_adds_what_is_new_once(world, letters):
    found = series(world)
    later = world.noon + timedelta(days=30)

    assert actions.plan_ahead(by=world.bo.actor, now=later) == 1
    assert actions.plan_ahead(by=world.bo.actor, now=later) == 0
    assert found.gatherings.count() == 4
    actions.end_series(found, by=world.bo.actor, now=later)
    assert actions.plan_ahead(by=world.bo.actor, now=later + timedelta(days=90)) == 0


@pytest.mark.parametrize(
    ("day", "nth"), [(date(2026, 3, 12), 2), (date(2026, 3, 1), 1), (date(2026, 3, 28), 4), (date(2026, 3, 31), -1)]
)
def test_which_of_its_weekday_a_day_is(day, nth):
    assert nth_of(day) == nth


def test_the_last_friday_and_every_other_week(world, letters):
    last = series(world, first_on=date(2026, 3, 27), rhythm="monthly")
    assert ahead(last, date(2026, 3, 1))[:3] == [date(2026, 3, 27), date(2026, 4, 24), date(2026, 5, 22)]
    fifth = series(world, first_on=date(2026, 5, 29), rhythm="monthly")
    assert ahead(fifth, date(2026, 5, 1))[:3] == [date(2026, 5, 29), date(2026, 6, 26), date(2026, 7, 31)]
    fortnight = series(world, first_on=ON, rhythm="fortnightly", until=date(2026, 4, 9))
    assert ahead(fortnight, ON) == [date(2026, 3, 12), date(2026, 3, 26), date(2026, 4, 9)]


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        # Skipped: half past two on the night the clocks go forward is half past three.
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # Twice: the first of the two.
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 7, 1), time(18), datetime(2026, 7, 1, 16, tzinfo=UTC)),
    ],
)
def test_hours_that_clocks_skip_or_repeat(day, clock, utc):
    assert instant(day, clock, "Europe/Berlin") == utc


def test_changing_counts_a_version_and_cancelling_tells_everybody(world, announced, drained):
    gathering = announced()
    actions.sign_up(gathering, world.ada, by=world.ada.actor, now=world.noon)
    changed = actions.change(gathering, TERMS, on=ON, starts=time(19), by=world.bo.actor, now=world.noon)
    assert (changed.version, changed.local_start.hour) == (1, 19)

    actions.cancel(gathering, "The host is ill.", by=world.bo.actor, now=world.noon)
    drained()

    assert Gathering.objects.get().state == Gathering.State.CANCELLED
    assert [letter.key for letter in Letter.objects.order_by("pk")] == ["gathering-place", "gathering-cancelled"]
    with pytest.raises(Refused, match="cannot be changed any more"):
        actions.change(gathering, TERMS, on=ON, starts=time(19), by=world.bo.actor, now=world.noon)


def test_who_comes_hears_of_another_time_and_is_reminded_of_that_one(world, announced, drained):
    gathering = announced()
    signup = actions.sign_up(gathering, world.ada, by=world.ada.actor, now=world.noon)
    SignUp.objects.filter(pk=signup.pk).update(reminded_at=world.noon)
    other = TERMS.__class__(**(TERMS.fields | {"about": "Other words"}))
    actions.change(gathering, other, on=ON, starts=STARTS, by=world.bo.actor, now=world.noon)
    drained()
    assert not Letter.objects.filter(key="gathering-moved").exists()

    actions.change(gathering, other, on=ON, starts=time(19), by=world.bo.actor, now=world.noon)
    actions.change(gathering, other, on=ON, starts=time(20), by=world.bo.actor, now=world.noon)
    drained()

    # Of two changes at once only the later one is told.
    letter = Letter.objects.get(key="gathering-moved")
    assert (letter.to, SignUp.objects.get().reminded_at) == ("ada@people.example", None)
    file = bytes(letter.attachments.get().content).decode()
    assert "SEQUENCE:3" in file
    assert "T200000" in file
    assert TERMS.link in file


def test_more_places_go_to_those_who_wait(world, announced, drained):
    few, more = (TERMS.__class__(**(TERMS.fields | {"capacity": places})) for places in (2, 3))
    gathering = announced(few)
    for person in (world.ada, world.grace, world.tess, world.mallory):
        actions.sign_up(gathering, person, by=person.actor, now=world.noon)
    drained()
    actions.change(gathering, more, on=ON, starts=STARTS, by=world.bo.actor, now=world.noon)
    drained()

    assert list(gathering.signups.going().values_list("person", flat=True)) == [
        world.ada.pk,
        world.grace.pk,
        world.tess.pk,
    ]
    assert Letter.objects.filter(key="gathering-place").count() == 3


def test_the_address_of_the_call_is_only_for_who_has_a_place(world, announced, client):
    gathering = announced()
    signup = actions.sign_up_guest(gathering, "Noor", "noor@people.example", by=ANONYMOUS, now=world.noon)
    page = f"/gatherings/{gathering.public_id}"
    for path in ("/gatherings.ics", f"{page}/calendar.ics", page):
        assert TERMS.link not in client.get(path).content.decode()
    assert TERMS.link in client.get(f"/signups/{signup.public_id}/calendar.ics").content.decode()
    actions.sign_off(signup, by=ANONYMOUS, now=world.noon)
    assert TERMS.link not in client.get(f"/signups/{signup.public_id}/calendar.ics").content.decode()
