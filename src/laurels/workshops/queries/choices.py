"""What a buyer chooses between when a workshop was called off, and how the answers stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest
from laurels.kernel.money import Money
from laurels.workshops.models import Choice, ChoiceQuerySet, Place, Seat, Workshop
from laurels.workshops.queries.after import OtherDate, other_dates
from laurels.workshops.queries.prices import price_of
from laurels.workshops.queries.terms import cheaper_by, stakes, worth_of
from laurels.workshops.queries.words import dates_in_words


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """``others`` are dates with room for all of them, each with what it saves: that goes back.

    ``costs`` says by date what is to be paid for it, where nothing was paid and nothing is given.
    """

    choice: Choice
    workshop: Workshop
    dates: str
    names: list[str]
    unnamed: int
    back: Money
    others: list[tuple[OtherDate, Money]]
    costs: dict[int, Money]
    moved_dates: str


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    choice: Choice
    buyer: str
    people: int


@dataclass(frozen=True, slots=True)
class Choices:
    """How the answers to a called-off workshop stand, for its desk."""

    rows: list[ChoiceRow]
    answered: int
    counts: list[tuple[str, int]]


def choice_with_secret(secret: str) -> Choice | None:
    """The choice whose letter carried the secret."""
    return _loaded().filter(links__secret_digest=digest(secret)).first()


def choice_seen_by(actor: Actor, public_id: str) -> Choice | None:
    """The choice by its name, for the buyer and the provider's staff who are signed in."""
    return _loaded().visible_to(actor).filter(public_id=public_id).first()


def choice_page(choice: Choice, *, now: datetime) -> ChoicePage:
    workshop, seats, places = choice.workshop, released_seats(choice), released_places(choice)
    others = [] if choice.is_final else other_dates(workshop, len(seats) + len(places), now=now)
    return ChoicePage(
        choice=choice,
        workshop=workshop,
        dates=dates_in_words(workshop),
        names=[seat.name for seat in seats],
        unnamed=len(places),
        back=at_stake(choice),
        others=[(one, _saved(one.workshop, workshop, seats, places)) for one in others],
        costs=_costs(choice, others, len(seats) + len(places), now=now),
        moved_dates=dates_in_words(choice.moved_to) if choice.moved_to else "",
    )


def _costs(choice: Choice, others: Sequence[OtherDate], seats: int, *, now: datetime) -> dict[int, Money]:
    if not choice.has_to_pay or choice.order is None:
        return {}
    bill_to = choice.order.bill_to
    return {one.workshop.pk: price_of(one.workshop, seats, bill_to=bill_to, now=now) for one in others}


def choices_of(workshop: Workshop) -> Choices:
    loaded = workshop.choices.select_related("order__buyer", "order__payment", "person", "moved_to")
    found = list(loaded.order_by("asked_at", "pk"))
    rows = [ChoiceRow(one, str(one.chooser), len(released_seats(one)) + len(released_places(one))) for one in found]
    counts = Counter((one.answer, one.answer_in_words) for one in found if one.answer)
    order = [value for value, _label in Choice.Answer.choices]
    answers = [(words, n) for (_value, words), n in sorted(counts.items(), key=lambda one: order.index(one[0][0]))]
    return Choices(rows, sum(counts.values()), answers)


def at_stake(choice: Choice) -> Money:
    """What goes back when the money is chosen."""
    if choice.order is None or not choice.has_money:
        return Money(0, choice.workshop.currency)
    lost: list[Seat | Place] = [*released_seats(choice), *released_places(choice)]
    return Money(sum(one.minor for each in lost for one in stakes(each, with_fees=True)), choice.order.currency)


def released_seats(choice: Choice) -> list[Seat]:
    """The seats of the order, or of the person, that fell away with the workshop and are not given elsewhere."""
    workshop = choice.workshop
    lost = workshop.all_seats.filter(state=Seat.State.CANCELLED, cancelled_at=workshop.cancellation.at)
    if choice.order_id:
        meant = lost.filter(Q(order=choice.order_id) | Q(surcharges__order=choice.order_id))
    else:
        meant = lost.filter(person=choice.person_id)
    return list(meant.filter(replaced_by=None).select_related("person", "order").distinct().order_by("pk"))


def released_places(choice: Choice) -> list[Place]:
    """The same of places that had no name yet."""
    if choice.order is None:
        return []
    released = choice.order.places.filter(workshop=choice.workshop_id, state=Place.State.RELEASED, worth_minor__gt=0)
    return list(released.order_by("pk"))


def _saved(other: Workshop, workshop: Workshop, seats: Sequence[Seat], places: Sequence[Place]) -> Money:
    """Nobody pays more because the provider called it off; what a cheaper date saves goes back."""
    of_seats = (cheaper_by(workshop, other, seat.order, worth_of(seat, workshop).minor) for seat in seats)
    of_places = (cheaper_by(workshop, other, place.order, place.worth_minor) for place in places)
    return Money(sum(of_seats) + sum(of_places), workshop.currency)


def _loaded() -> ChoiceQuerySet:
    return Choice.objects.select_related(
        "order__buyer",
        "order__payment",
        "person",
        "moved_to",
        "workshop__course",
        "workshop__provider",
        "workshop__cancellation",
    )
