from datetime import UTC, date, datetime

import pytest

from laurels.journal.models import Entry
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.payments.models import Order
from laurels.workshops import actions
from laurels.workshops.actions import announce, book, cancel, change, close, confirm, draft, hold, start
from laurels.workshops.models import Seat, Workshop

FIRST_DAY = datetime(2026, 4, 15, 6, 0, tzinfo=UTC)
State = Workshop.State
FREE = Money(0, "EUR")


def drafted(world, *, by=None, **changes):
    values = {
        "mode": "online",
        "place": "",
        "zone": "Europe/Berlin",
        "language": "en",
        "starts_on": date(2026, 4, 15),
        "ends_on": date(2026, 4, 16),
        "capacity": 12,
        "price": FREE,
        "trainers": [world.tess],
        **changes,
    }
    _ = world.curriculum
    return draft(world.harbour, world.course, **values, by=by or world.sam.actor, now=world.morning)


def facts_of(workshop):
    return [entry.fact.removeprefix("workshops.") for entry in Entry.objects.about(workshop.topic)]


def test_a_workshop_goes_its_whole_way(world):
    workshop = drafted(world)

    for verb, by, now in [
        (announce, world.sam, world.morning),
        (confirm, world.sam, world.noon),
        (start, world.tess, FIRST_DAY),
        (hold, world.tess, world.after_class),
        (close, world.sam, world.after_class),
    ]:
        workshop = verb(workshop, by=by.actor, now=now)

    assert workshop.state == State.CLOSED
    told = ["Drafted", "Announced", "Confirmed", "Started", "Held", "Closed"]
    assert facts_of(workshop) == [f"Workshop{fact}" for fact in told]


@pytest.mark.parametrize(
    ("verb", "state"),
    [("announce", "announced"), ("confirm", "confirmed"), ("start", "running"), ("hold", "held"), ("close", "closed")],
)
def test_a_move_asked_for_twice_happens_once(world, verb, state):
    workshop = world.workshop_with(state=state)

    again = getattr(actions, verb)(workshop, by=world.sam.actor, now=world.after_class)

    assert (again.state, facts_of(workshop)) == (state, [])


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize(
    ("verb", "target"),
    [("announce", "announced"), ("confirm", "confirmed"), ("start", "running"), ("hold", "held"), ("close", "closed")],
)
def test_only_the_moves_of_the_map_are_possible(world, state, verb, target):
    workshop = world.workshop_with(state=state)
    now = world.after_class if verb in {"start", "hold"} else world.morning

    if state == target or State(target) in Workshop.MOVES[State(state)]:
        assert getattr(actions, verb)(workshop, by=world.sam.actor, now=now).state == target
    else:
        with pytest.raises(Refused):
            getattr(actions, verb)(workshop, by=world.sam.actor, now=now)
        assert Workshop.objects.get(pk=workshop.pk).state == state


@pytest.mark.parametrize("somebody", ["ada", "mallory", "bo"])
@pytest.mark.parametrize(
    ("verb", "state"),
    [("announce", "draft"), ("confirm", "announced"), ("start", "announced"), ("hold", "running"), ("close", "held")],
)
def test_outsiders_move_nothing(world, somebody, verb, state):
    workshop = world.workshop_with(state=state)

    with pytest.raises(Refused, match="Only"):
        getattr(actions, verb)(workshop, by=getattr(world, somebody).actor, now=world.after_class)


def test_a_trainer_starts_and_holds_but_does_not_announce(world):
    with pytest.raises(Refused, match="provider's staff"):
        announce(drafted(world), by=world.tess.actor, now=world.morning)


def test_a_trainer_of_the_provider_who_is_not_assigned_starts_nothing(world):
    other = world.with_role(world.person("Otto Other"), "trainer", world.harbour)

    with pytest.raises(Refused, match="this workshop's trainers"):
        start(world.workshop, by=other.actor, now=FIRST_DAY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"trainers": []}, "at least one trainer"),
        ({"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 3)}, "not in the future"),
        ({"ends_on": date(2026, 4, 17)}, "takes 2 days and the dates make 3"),
        ({"mode": "in-person"}, "where it is held"),
    ],
)
def test_announcing_asks_for_everything_a_visitor_needs(world, changes, words):
    with pytest.raises(Refused, match=words):
        announce(drafted(world, **changes), by=world.sam.actor, now=world.morning)


def test_only_people_with_the_trainers_role_train(world):
    with pytest.raises(Refused, match="Grace Hopper is no trainer of Harbour"):
        announce(drafted(world, trainers=[world.tess, world.grace]), by=world.sam.actor, now=world.morning)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"zone": "Mars/Olympus"}, "not a time zone"),
        ({"ends_on": date(2026, 4, 14)}, "lies before the first"),
        ({"capacity": 0}, "at least one seat"),
        ({"capacity": 40_000}, "at least one seat"),
        ({"price": Money(1, "eur")}, "three letters"),
    ],
)
def test_a_draft_must_make_sense(world, changes, words):
    with pytest.raises(Refused, match=words):
        drafted(world, **changes)
    assert Workshop.objects.count() == 0


def test_only_staff_draft_and_only_at_a_provider(world):
    for somebody in (world.tess, world.mallory, world.ada):
        with pytest.raises(Refused, match="provider's staff"):
            drafted(world, by=somebody.actor)
    world.harbour.is_provider, world.harbour.is_body = False, True
    with pytest.raises(Refused, match="Only training providers"):
        drafted(world)


def test_whether_it_has_begun_is_asked_where_it_is_held(world):
    workshop = world.workshop_with(zone="Pacific/Auckland")
    evening_before_in_utc = datetime(2026, 4, 14, 20, 0, tzinfo=UTC)

    assert start(workshop, by=world.tess.actor, now=evening_before_in_utc).state == State.RUNNING
    with pytest.raises(Refused, match="first day is 15 April 2026"):
        start(world.workshop, by=world.tess.actor, now=evening_before_in_utc)


def test_it_cannot_be_ended_before_the_final_day(world):
    with pytest.raises(Refused, match="final day"):
        hold(world.workshop_with(state=State.RUNNING), by=world.tess.actor, now=FIRST_DAY)


def test_cancelling_releases_every_seat_and_every_debt(world):
    workshop = world.workshop_with(price_minor=90_000)
    seat = book(workshop, world.ada, by=world.ada.actor, now=world.morning)

    cancelled = cancel(workshop, " The trainer is ill. ", by=world.sam.actor, now=world.noon)

    seat.refresh_from_db()
    assert (seat.state, seat.cancelled_at) == (Seat.State.CANCELLED, world.noon)
    assert list(Order.objects.due()) == []
    assert cancelled.cancellation.reason == "The trainer is ill."
    assert cancelled.cancellation.by == world.sam
    assert cancel(workshop, "again", by=world.sam.actor, now=world.after_class).cancellation.at == world.noon
    assert facts_of(workshop) == ["SeatTaken", "WorkshopCancelled"]


def test_cancelling_needs_a_reason_and_staff(world):
    with pytest.raises(Refused, match="Say why"):
        cancel(world.workshop, "  ", by=world.sam.actor, now=world.noon)
    with pytest.raises(Refused, match="provider's staff"):
        cancel(world.workshop, "No", by=world.tess.actor, now=world.noon)
    with pytest.raises(Refused, match="running"):
        cancel(world.workshop_with(state="running"), "No", by=world.sam.actor, now=world.noon)


def values_of(workshop, **changes):
    names = ("mode", "place", "zone", "language", "starts_on", "ends_on", "capacity", "price", "other_remarks")
    return {name: getattr(workshop, name) for name in names} | {"trainers": list(workshop.trainers.all())} | changes


def test_an_announced_workshop_can_be_moved_but_not_below_its_seats(world):
    book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    book(world.workshop, world.grace, by=world.grace.actor, now=world.morning)
    later = values_of(world.workshop, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 5), capacity=2)

    changed = change(world.workshop, **later, by=world.sam.actor, now=world.noon)

    assert (changed.starts_on, changed.capacity) == (date(2026, 5, 4), 2)
    with pytest.raises(Refused, match="2 seats are taken"):
        change(world.workshop, **values_of(changed, capacity=1), by=world.sam.actor, now=world.noon)
    with pytest.raises(Refused, match="at least one trainer"):
        change(world.workshop, **values_of(changed, trainers=[]), by=world.sam.actor, now=world.noon)


def test_changing_nothing_is_no_change(world):
    change(world.workshop, **values_of(world.workshop), by=world.sam.actor, now=world.noon)

    assert facts_of(world.workshop) == []


@pytest.mark.parametrize("state", ["running", "held", "closed", "cancelled"])
def test_once_begun_nothing_is_moved(world, state):
    workshop = world.workshop_with(state=state)

    with pytest.raises(Refused):
        change(workshop, **values_of(workshop, capacity=30), by=world.sam.actor, now=world.noon)
