"""Many people's steps as a table: of a workshop for its trainer, of all rosters for the body."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from laurels.journey.queries.parcels import Nudgeable, Way, ways_of
from laurels.journey.rules import Holder, Key, Step
from laurels.journey.rules.steps import TITLES
from laurels.kernel.actor import Actor
from laurels.participation.models import Line, Roster
from laurels.people.models import Organisation
from laurels.workshops.models import Seat, Workshop

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    way: Way
    cells: list[Step | None]
    open: list[Nudgeable]

    @property
    def own_turn(self) -> str:
        """Where the reader does what this way waits for."""
        workshop = self.way.seat.workshop
        match next((item.step.key for item in self.open if item.is_own), None):
            case Key.ATTENDED:
                return f"/desk/workshops/{workshop.public_id}/attendance"
            case Key.ATTESTED:
                return f"/desk/workshops/{workshop.public_id}/decisions"
            case Key.SIGNED | Key.RECEIVED:
                return f"/desk/workshops/{workshop.public_id}/roster"
            case Key.READY:
                return "/body/experience"
            case Key.INVITED if self.way.line:
                return f"/body/rosters/{self.way.line.roster.public_id}"
        return ""

    @property
    def is_overdue(self) -> bool:
        return any(item.is_overdue for item in self.open)


@dataclass(frozen=True, slots=True)
class Tracking:
    """``older`` is the public id to continue after; empty at the end."""

    titles: list[Any]
    rows: list[Row]
    older: str


def workshop_tracking(workshop: Workshop, actor: Actor, now: datetime, after: str = "") -> Tracking:
    """Everybody in a workshop, by name, a page at a time."""
    is_trainer = workshop.trainers.filter(pk=actor.person_id or 0).exists()
    seats = workshop.seats.filled().by_name()
    if above := workshop.seats.filter(public_id=after).first() if after else None:
        seats = seats.filter(Q(name__gt=above.name) | Q(name=above.name, pk__gt=above.pk))
    ways = ways_of(seats[: PAGE + 1], now)
    older = ways[PAGE - 1].seat.public_id if len(ways) > PAGE else ""
    return _table(ways[:PAGE], _keys(ways), older, {Holder.TRAINER} if is_trainer else set())


def body_tracking(actor: Actor, now: datetime, *, provider: str = "", workshop: str = "", after: str = "") -> Tracking:
    """Everybody on rosters at the actor's bodies: who waits longest first, who is done last."""
    lines = _lines_of(actor)
    if provider:
        lines = lines.filter(roster__workshop__provider__slug=provider)
    if workshop:
        lines = lines.filter(roster__workshop__public_id=workshop)
    if above := lines.filter(public_id=after).first() if after else None:
        lines = lines.filter(_below(above))
    found = list(lines.order_by("is_done", "waiting_since", "pk").values_list("public_id", "seat_id")[: PAGE + 1])
    order = {seat: place for place, (_line, seat) in enumerate(found[:PAGE])}
    ways = sorted(ways_of(Seat.objects.filter(pk__in=order), now), key=lambda way: order[way.seat.pk])
    older = found[PAGE - 1][0] if len(found) > PAGE else ""
    keys = _keys(ways, without=(Key.BOOKED, Key.PAID))
    return _table(ways, keys, older, {Holder.BODY})


def providers_of(actor: Actor) -> list[Organisation]:
    """Providers that have handed rosters to the actor's bodies."""
    rosters = Roster.objects.received_by(actor).order_by()
    return list(Organisation.objects.providers().filter(pk__in=rosters.values("workshop__provider")))


def _lines_of(actor: Actor) -> QuerySet[Any]:
    """Lines that speak for their seat, with the moment since which somebody has been waiting."""
    rosters = Roster.objects.received_by(actor).order_by()
    answered = Coalesce("live_invitation__redeemed_at", "live_invitation__opened_at", "live_invitation__sent_at")
    return (
        Line.objects.filter(roster__in=rosters.values("pk"))
        .exclude(state=Line.State.AMENDED)
        .annotate(live_invitation=FilteredRelation("invitations", condition=Q(invitations__withdrawn_at=None)))
        .annotate(
            is_done=Case(
                When(certification__isnull=False, then=Value(True)), default=Value(False), output_field=BooleanField()
            ),
            waiting_since=Coalesce(answered, F("ruled_at"), F("roster__submission__at")),
        )
    )


def _below(above: Any) -> Q:
    same = Q(is_done=above.is_done, waiting_since=above.waiting_since, pk__gt=above.pk)
    later = Q(is_done=above.is_done, waiting_since__gt=above.waiting_since)
    return same | later | (Q() if above.is_done else Q(is_done=True))


def _keys(ways: list[Way], without: tuple[Key, ...] = ()) -> list[Key]:
    """The columns: what some way pays for or needs beside the class has one only there."""
    sometimes = (Key.PAID, Key.READY)
    found = [key for key in Key if key not in sometimes or any(way.step(key) for way in ways)]
    return [key for key in found if key not in without]


def _table(ways: list[Way], keys: list[Key], older: str, readers: Set[Holder]) -> Tracking:
    rows = [Row(way, [way.step(key) for key in keys], way.open(readers)) for way in ways]
    return Tracking([TITLES[key] for key in keys], rows, older)
