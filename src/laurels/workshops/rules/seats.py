"""Who gets a seat, who may give one back, and who may bring a list."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person
from laurels.workshops.models import Workshop
from laurels.workshops.rules.moves import why_not_run, why_not_staff

State = Workshop.State
NOT_OPEN = {
    State.DRAFT: _("This workshop is not announced yet. Announce it first."),
    State.RUNNING: _("This workshop has begun. Choose another date."),
    State.HELD: _("This workshop has been held. Choose another date."),
    State.CLOSED: _("This workshop is over. Choose another date."),
    State.CANCELLED: _("This workshop is cancelled. Choose another date."),
}
# Staff also seat those who walked in, until the list of the class is closed.
OPEN_TO_STAFF = {State.ANNOUNCED, State.CONFIRMED, State.RUNNING, State.HELD}
NAME_LENGTH = 200


def why_not_book_for(workshop: Workshop, person: Person, *, by: Actor) -> Refusal | None:
    if by.person_id == person.pk or by.has("staff", at=workshop.provider_id):
        return None
    return Refusal("not-your-seat", _("You can take a seat for yourself; the provider's staff book for others."))


def why_not_book(workshop: Workshop, *, name: str | None = None, by: Actor, now: datetime) -> Refusal | None:
    """Without a ``name`` this is about the button, with one about the deed."""
    if refusal := why_not_open(workshop, by=by, now=now):
        return refusal
    if not workshop.seats_left():
        return Refusal("full", _("Every seat is taken. Join the queue, or choose another date."))
    if name is not None and not name:
        return Refusal("no-name", _("Tell the name of the person who takes the seat."), "name")
    if name is not None and len(name) > NAME_LENGTH:
        return Refusal("long-name", _("This name is too long. Write it with at most 200 letters."), "name")
    return None


def why_not_book_somebody(workshop: Workshop, *, by: Actor, now: datetime) -> Refusal | None:
    return why_not_staff(workshop, by=by) or why_not_book(workshop, by=by, now=now)


def why_not_import(workshop: Workshop, *, by: Actor) -> Refusal | None:
    if refusal := why_not_run(workshop, by=by):
        return refusal
    if workshop.state not in OPEN_TO_STAFF:
        return Refusal(f"workshop-is-{workshop.state}", NOT_OPEN[State(workshop.state)])
    return None


def why_not_seat_so_many(workshop: Workshop, people: int) -> Refusal | None:
    """``people`` are those on a list who have no seat yet; they come all or not at all."""
    surplus = people - workshop.seats_left()
    if surplus <= 0:
        return None
    words = ngettext_lazy(
        "The list has one person more than there are free seats. Offer more seats, or shorten the list.",
        "The list has %(n)d people more than there are free seats. Offer more seats, or shorten the list.",
        surplus,
    )
    return Refusal("too-many-people", words % {"n": surplus})


def why_not_open(workshop: Workshop, *, by: Actor, now: datetime) -> Refusal | None:
    state = State(workshop.state)
    if by.has("staff", at=workshop.provider_id) and state in OPEN_TO_STAFF:
        return None
    if state in NOT_OPEN:
        return Refusal(f"workshop-is-{state}", NOT_OPEN[state])
    if workshop.day_of(now) > workshop.starts_on:
        return Refusal("begun", NOT_OPEN[State.RUNNING])
    return None
