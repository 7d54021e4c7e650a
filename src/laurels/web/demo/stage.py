"""What the scenes of the demo share: the organisations, their people, and how a workshop is offered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.periods import day_in
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Course
from laurels.workshops import actions as workshops
from laurels.workshops.models import Sale, Workshop
from laurels.workshops.rules import Step, Terms

DEMO = Actor.of_system("demo")
REMARKS = "Ill on the day itself? Write to us before class begins, and we look for another date with you."
# Ten working days: everything; five: half; another date until five working days before, for nothing.
TERMS = Terms((Step(10, 100), Step(5, 50)), move_days=5, counts="business")


@dataclass(frozen=True, slots=True)
class Stage:
    now: datetime
    body: Organisation
    harbour: Organisation
    maple: Organisation
    tess: Person
    kenji: Person
    sam: Person
    bo: Person

    @property
    def today(self) -> date:
        return day_in(self.body.zone, self.now)

    @property
    def course(self) -> Course:
        return Course.objects.get(slug="cspo")


@dataclass(frozen=True, slots=True)
class Offer:
    """A workshop to announce; ``booked`` is how many guests already have a seat."""

    provider: str
    starts_on: date
    mode: str
    place: str
    zone: str
    capacity: int
    price: Money
    booked: int


def offer_workshop(stage: Stage, offer: Offer, *, written: datetime) -> Workshop:
    """Draft and announce it, as of ``written``."""
    provider, trainer = (stage.harbour, stage.tess) if offer.provider == "harbour" else (stage.maple, stage.kenji)
    workshop = workshops.draft(
        provider,
        stage.course,
        mode=offer.mode,
        place=offer.place,
        zone=offer.zone,
        language="en",
        starts_on=offer.starts_on,
        ends_on=offer.starts_on + timedelta(days=1),
        capacity=offer.capacity,
        price=offer.price,
        trainers=[trainer],
        other_remarks=REMARKS,
        by=DEMO,
        now=written,
    )
    if not offer.price.is_free:
        decide_on = offer.starts_on - timedelta(days=10)
        Sale.objects.create(workshop=workshop, terms=TERMS.as_data(), minimum=5, decide_on=decide_on)
    return workshops.announce(workshop, by=DEMO, now=written)


def next_workday(day: date) -> date:
    """The first Monday to Thursday from ``day`` on, so that a two-day class ends by Friday."""
    while day.weekday() > 3:
        day += timedelta(days=1)
    return day
