"""Loading seats with everything that has happened to them since: two queries, however many seats."""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, StringAgg, Subquery, Value
from django.shortcuts import get_object_or_404

from laurels.credentials.models import Certification, Credential
from laurels.credentials.queries import readiness_of
from laurels.credentials.rules import Readiness
from laurels.journey.models import Nudge
from laurels.journey.rules import NUDGE_REST, Holder, Parcel, State, Step, steps_of
from laurels.journey.rules.nudging import is_askable, is_overdue
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.participation.models import Attendance, Attestation, Line, Roster
from laurels.people.models import Person
from laurels.workshops.models import Seat, Workshop


@dataclass(frozen=True, slots=True)
class Nudgeable:
    """An open step with its age, and whether this reader may remind its holder."""

    step: Step
    days: int
    is_overdue: bool
    may_nudge: bool
    nudged_on: date | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One seat on its way."""

    seat: Seat
    line: Line | None
    steps: list[Step]
    today: date
    now: datetime
    nudged: tuple[str, datetime | None]

    @property
    def is_complete(self) -> bool:
        return self.steps[-1].state is State.DONE

    @property
    def is_stopped(self) -> bool:
        return any(step.state is State.STOPPED for step in self.steps)

    @property
    def credential(self) -> str:
        """The public id of the signed credential, empty before."""
        return getattr(self.line, "credential_id", None) or ""

    def step(self, key: str) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    def open(self, readers: Set[Holder]) -> list[Nudgeable]:
        """Steps that somebody holds, as they look to a reader who is ``readers`` on this way."""
        return [self._nudgeable(step, readers) for step in self.steps if step.is_open]

    def _nudgeable(self, step: Step, readers: Set[Holder]) -> Nudgeable:
        key, at = self.nudged
        latest = at if key == step.key else None
        has_rest = latest is not None and self.now < latest + NUDGE_REST
        return Nudgeable(
            step,
            step.days(self.today),
            is_overdue(step, self.today),
            not has_rest and is_askable(step, self.today, readers),
            latest.date() if latest and has_rest else None,
            step.holder in readers,
        )


def ways_of(seats: QuerySet[Seat], now: datetime, *, held: Collection[Certification] | None = None) -> list[Way]:
    """The ways of these seats, in their order. ``held``: what their people hold, where it is known already."""
    rows = list(_with_story(seats))
    ready = _readiness(rows, now, held)
    lines: dict[int, Any] = {}
    for line in _lines(rows):
        lines.setdefault(line.seat_id, line)
    return [_way(seat, lines.get(seat.pk), ready.get(seat.pk), now) for seat in rows]


def way_of(seat: Seat, now: datetime) -> Way:
    return ways_of(Seat.objects.filter(pk=seat.pk), now)[0]


def seat_to_nudge(public_id: str, actor: Actor) -> Seat:
    """A seat the actor may know of: their own, of a workshop they run, or on a roster at their body. Raises Http404."""
    rosters = Roster.objects.received_by(actor).order_by()
    known = Q(pk__in=Seat.objects.visible_to(actor).values("pk")) | Q(lines__roster__in=rosters.values("pk"))
    seats = Seat.objects.filter(known).distinct().select_related("workshop__course__scheme")
    return get_object_or_404(seats, public_id=public_id)


def _with_story(seats: QuerySet[Seat]) -> QuerySet[Any]:
    latest = Attestation.objects.filter(seat=OuterRef("pk")).order_by("-pk")
    nudges = Nudge.objects.filter(seat=OuterRef("pk")).order_by("-pk")
    trained: Any = Person.objects.filter(workshops_trained=OuterRef("workshop")).order_by()
    names = trained.values("workshops_trained").annotate(names=StringAgg("name", Value(", "), order_by="name"))
    return seats.select_related(
        "workshop__course__scheme__body",
        "workshop__provider",
        "workshop__cancellation",
        "order__payment",
        "declaration",
    ).annotate(
        decision=Subquery(latest.values("decision")[:1]),
        decided_at=Subquery(latest.values("decided_at")[:1]),
        decision_reason=Subquery(latest.values("reason")[:1]),
        was_present=Exists(Attendance.objects.filter(seat=OuterRef("pk"), minutes__gt=0)),
        trainer_names=Subquery(names.values("names")),
        nudged_step=Subquery(nudges.values("step")[:1]),
        nudged_at=Subquery(nudges.values("at")[:1]),
    )


def _lines(seats: Iterable[Seat]) -> QuerySet[Any]:
    """The newest line first, with its roster's hand-over, its live invitation and its credential."""
    current = Credential.objects.current().filter(term__certification__line=OuterRef("pk"), signed_at__isnull=False)
    lines: Any = (
        Line.objects.filter(seat__in=[seat.pk for seat in seats])
        .annotate(
            live_invitation=FilteredRelation("invitations", condition=Q(invitations__withdrawn_at=None)),
            issued_at=Subquery(current.values("signed_at")[:1]),
            credential_id=Subquery(current.values("public_id")[:1]),
        )
        .order_by("-pk")
    )
    return lines.select_related("roster__signature", "roster__submission", "live_invitation")  # type: ignore[no-any-return]


def _way(seat: Any, line: Any, ready: Readiness | None, now: datetime) -> Way:
    zone = seat.workshop.zone
    parcel = Parcel(**_from_seat(seat, zone), **(_from_line(line, zone) if line else {}), **_from_readiness(ready))
    today = day_in(zone, now)
    nudged = (seat.nudged_step or "", seat.nudged_at)
    return Way(seat, line, steps_of(parcel, today), today, now, nudged)


def _readiness(seats: Iterable[Any], now: datetime, held: Collection[Certification] | None) -> dict[int, Readiness]:
    """By seat, where its scheme needs something beside the class; without such schemes no query."""
    schemes = {seat.pk: (seat.person_id, seat.workshop.course.scheme) for seat in seats if seat.person_id}
    found = readiness_of(list(schemes.values()), now, held=held)
    by_seat = {pk: found.get((person, scheme.pk)) for pk, (person, scheme) in schemes.items()}
    return {pk: ready for pk, ready in by_seat.items() if ready}


def _from_readiness(ready: Readiness | None) -> dict[str, Any]:
    if ready is None:
        return {}
    return {"needs_more": True, "waits_for": ready.missing, "waits_for_body": ready.waits_for_body}


def _day(zone: str, instant: datetime | None) -> date | None:
    return day_in(zone, instant) if instant else None


def _from_seat(seat: Any, zone: str) -> dict[str, Any]:
    workshop = seat.workshop
    declaration = getattr(seat, "declaration", None)
    payment = getattr(seat.order, "payment", None)
    return {
        "learner": seat.name,
        "trainers": seat.trainer_names or workshop.provider.name,
        "provider": workshop.provider.name,
        "body": workshop.course.scheme.body.name,
        "starts_on": workshop.starts_on,
        "ends_on": workshop.ends_on,
        "booked_on": day_in(zone, seat.taken_at),
        # What somebody else pays is not a step of the learner's way.
        "is_priced": seat.owes is not None,
        "paid_on": _day(zone, payment and payment.received_at),
        "is_off": workshop.state == Workshop.State.CANCELLED,
        "is_held": workshop.state in (Workshop.State.HELD, Workshop.State.CLOSED),
        "was_present": seat.was_present,
        "declared_on": _day(zone, declaration and declaration.confirmed_at),
        "decision": seat.decision or "",
        "decided_on": _day(zone, seat.decided_at),
        "reason": seat.decision_reason or "",
    }


def _from_line(line: Any, zone: str) -> dict[str, Any]:
    roster, invitation = line.roster, getattr(line, "live_invitation", None)
    is_returned = line.state in (Line.State.RETURNED, Line.State.AMENDED)
    signature, submission = getattr(roster, "signature", None), getattr(roster, "submission", None)
    return {
        "signed_on": _day(zone, signature and signature.at),
        "submitted_on": _day(zone, submission and submission.at),
        "is_accepted": line.state == Line.State.ACCEPTED,
        "returned_on": _day(zone, line.ruled_at) if is_returned else None,
        "return_reason": line.return_reason,
        "invited_on": _day(zone, invitation and invitation.sent_at),
        "expires_on": _day(zone, invitation and invitation.expires_at),
        "opened_on": _day(zone, invitation and invitation.opened_at),
        "redeemed_on": _day(zone, invitation and invitation.redeemed_at),
        "issued_on": _day(zone, line.issued_at),
    }
