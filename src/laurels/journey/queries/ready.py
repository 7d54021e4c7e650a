"""Getting ready for class: what is worth doing before it, what is done, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from laurels.journey.rules.readiness import Item, Known, items_of
from laurels.kernel.actor import Actor
from laurels.library.queries import path
from laurels.people.models import Person
from laurels.rooms.models import Room
from laurels.workshops.models import Confidence, Seat
from laurels.workshops.queries import dates_in_words, place_in_words
from laurels.workshops.rules import moment_of, why_not_tell


@dataclass(frozen=True, slots=True)
class Readiness:
    """``next`` is the first thing that is open; None when there is nothing left to do. ``code`` is the open room's."""

    seat: Seat
    dates: str
    place: str
    code: str
    items: list[Item]

    @property
    def next(self) -> Item | None:
        return next((item for item in self.items if item.is_open), None)

    @property
    def done(self) -> int:
        return sum(item.is_done for item in self.items)


def own_seat(public_id: str, actor: Actor) -> Seat:
    """A seat the actor holds themself. Raises Http404 for any other, like for none."""
    related = ("workshop__course", "workshop__provider", "order__payment", "declaration", "expectation")
    return get_object_or_404(Seat.objects.own(actor).select_related(*related), public_id=public_id)


def readiness(seat: Seat, person: Person, *, by: Actor, now: datetime) -> Readiness:
    """Four queries more than the seat, however many lessons there are."""
    workshop = seat.workshop
    learnt = path(person)
    room = Room.objects.filter(workshop=workshop, state=Room.State.OPEN).first()
    known = Known(
        seat=seat.public_id,
        workshop=workshop.public_id,
        order=seat.owes.public_id if seat.owes else "",
        is_paid=bool(seat.order and seat.order.is_paid),
        lessons=len(learnt.steps),
        read=learnt.done,
        minutes=learnt.minutes,
        next_lesson=learnt.next.key if learnt.next else "",
        has_told=hasattr(seat, "expectation"),
        may_tell=why_not_tell(seat, workshop, by=by, now=now) is None,
        has_said=Confidence.objects.filter(seat=seat, moment=Confidence.Moment.BEFORE).exists(),
        may_say=moment_of(workshop, now) == Confidence.Moment.BEFORE,
        name=seat.declaration.certificate_name if hasattr(seat, "declaration") else "",
    )
    return Readiness(
        seat, dates_in_words(workshop), place_in_words(workshop), room.code if room else "", items_of(known)
    )
