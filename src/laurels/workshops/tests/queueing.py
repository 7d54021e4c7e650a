"""A full class and people who wait for it, for the tests of the queue."""

from datetime import date

from laurels.workshops.actions import book, join_queue
from laurels.workshops.models import Offer


def full_class(world, *, capacity=1, day=15, **more):
    """A class in April whose seats Grace and others have; returns it with its seats."""
    start = date(2026, 4, day)
    workshop = world.workshop_with(capacity=capacity, starts_on=start, ends_on=start.replace(day=day + 1), **more)
    holders = [
        world.grace,
        *(world.person(f"Holder {day} {n}", f"h{day}-{n}@people.example") for n in range(1, capacity)),
    ]
    seats = [book(workshop, person, by=person.actor, now=world.morning) for person in holders]
    return workshop, seats


def waiting(world, *names, now=None, **wish):
    """These people join in this order; their places."""
    people = [world.person(name, f"{name.lower()}@queue.example") for name in names]
    at = now or world.morning
    return [join_queue(world.harbour, world.course, one, **wish, by=one.actor, now=at) for one in people]


def offers(workshop):
    """Who has an open offer for it."""
    open_ones = Offer.objects.open().filter(workshop=workshop).order_by("queue_place__turn")
    return [offer.person.name for offer in open_ones]
