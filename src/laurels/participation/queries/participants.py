"""People of a workshop with everything that decides about them, in few statements however many they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    StringAgg,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Concat

from laurels.participation.models import Attendance, Attestation, Declaration, HeldExercise, Line, Remark
from laurels.participation.rules import Covered, Declared, Participant
from laurels.payments.models import Payment
from laurels.people.models import Address
from laurels.workshops.models import Seat, Workshop

DECISION_COLUMNS = (
    "seat_id",
    "pk",
    "decision",
    "reason",
    "minutes_present",
    "exercises_missed",
    "decided_at",
    "decided_by__public_id",
    "decided_by__name",
    "lines__pk",
    "lines__state",
    "lines__return_reason",
    "lines__roster__version",
)
# A page's worth of ids goes into the statement; more than this, and the workshop itself is the filter.
FEW = 500


def trainers_of(workshop: Workshop) -> frozenset[int]:
    """Person ids of the workshop's trainers."""
    return frozenset(workshop.trainers.values_list("pk", flat=True))


def signed_versions(workshop: Workshop, seats: Collection[int]) -> dict[int, int]:
    """seat → version of the roster that speaks for it, for those under a signature."""
    lines = Line.objects.live().filter(**on_seats(workshop, seats))
    return dict(lines.values_list("seat_id", "roster__version"))


def participants(workshop: Workshop, *, seats: Collection[int] | None = None) -> list[Participant]:
    """Those on taken seats (or on the given ones of them), by name."""
    rows = workshop.seats.filled()
    if seats is not None and len(seats) <= FEW:
        rows = rows.filter(pk__in=seats)
    people = participants_on(workshop, rows.by_name())
    return people if seats is None else [someone for someone in people if someone.seat_id in set(seats)]


def participants_on(workshop: Workshop, rows: "QuerySet[Seat]") -> list[Participant]:
    """The participants on these seats of the workshop, in the order of ``rows``."""
    taken = list(_with_flags(workshop, rows))
    ids = [seat.pk for seat in taken]
    coverage = _coverage(workshop, ids)
    decisions = _decisions(workshop, ids)
    return [
        _participant(seat, _by_key(seat.minutes_said), coverage[seat.pk], decisions.get(seat.pk, {})) for seat in taken
    ]


def _with_flags(workshop: Workshop, rows: "QuerySet[Seat]") -> Any:
    return rows.select_related("declaration").annotate(
        minutes_said=_minutes(),
        is_verified=Exists(Address.objects.verified().filter(email=OuterRef("declaration__email"))),
        is_paid=Exists(Payment.objects.filter(order=OuterRef("order"))),
        is_listed_elsewhere=Exists(
            Line.objects.live()
            .filter(seat__person=OuterRef("person"), roster__scheme=workshop.course.scheme_id)
            .exclude(seat__workshop=OuterRef("workshop"))
        ),
        has_open_remark=Exists(Remark.objects.open().filter(seat=OuterRef("pk"))),
    )


def on_seats(workshop: Workshop, seats: Collection[int]) -> dict[str, Any]:
    """The filter for what is known of these seats."""
    return {"seat__in": list(seats)} if len(seats) <= FEW else {"seat__workshop": workshop}


def _minutes() -> Subquery:
    """A seat's minutes by block key as one text, "open 30,vision 45": one row a person, not one a cell."""
    said = Concat("block__key", Value(" "), Cast("minutes", CharField()), output_field=CharField())
    noted: Any = Attendance.objects.filter(seat=OuterRef("pk")).order_by().values("seat")
    return Subquery(noted.annotate(said=StringAgg(said, Value(","))).values("said"))


def _by_key(said: str | None) -> dict[str, int]:
    pairs = (cell.split(" ") for cell in said.split(",")) if said else ()
    return {key: int(minutes) for key, minutes in pairs}


def _coverage(workshop: Workshop, seats: Collection[int]) -> dict[int, tuple[Covered, ...]]:
    """seat → how they took part in each exercise that was held. Equal ones are one object: they may be 250,000."""
    held = HeldExercise.objects.filter(workshop=workshop).in_order()
    condition = Q(coverages__seat__in=list(seats)) if len(seats) <= FEW else Q(coverages__isnull=False)
    rows = held.annotate(of_them=FilteredRelation("coverages", condition=condition)).values_list(
        "pk", "key", "title", "is_required", "of_them__seat_id", "of_them__level", "of_them__source"
    )
    none: dict[int, Covered] = {}
    found: dict[int, dict[int, Covered]] = defaultdict(dict)
    kinds: dict[tuple[int, str, str], Covered] = {}
    for pk, key, title, is_required, seat, level, source in rows.iterator(chunk_size=10_000):
        none.setdefault(pk, Covered(key, title, is_required))
        if seat is not None:
            kind = (pk, level, source)
            found[seat][pk] = kinds.get(kind) or kinds.setdefault(kind, Covered(key, title, is_required, level, source))
    return {seat: tuple(found[seat].get(pk, absent) for pk, absent in none.items()) for seat in seats}


def _decisions(workshop: Workshop, seats: Collection[int]) -> dict[int, dict[str, Any]]:
    """seat → the newest decision, and what rosters made of this and earlier ones."""
    rows = (
        Attestation.objects.filter(**on_seats(workshop, seats))
        .order_by("pk", "lines__pk")
        .values_list(*DECISION_COLUMNS)
    )
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in rows.iterator(chunk_size=10_000):
        _fold(found[row[0]], row)
    return found


def _fold(fields: dict[str, Any], row: Iterable[Any]) -> None:
    (_seat, pk, decision, reason, minutes, missed, at, by, by_name, line, state, return_reason, version) = row
    fields |= {"attestation_id": pk, "decision": decision, "reason": reason, "decided_minutes": minutes}
    fields["decided_missed"] = missed
    fields |= {"decided_at": at.astimezone(UTC), "decided_by": by or "", "decided_by_name": by_name or ""}
    if state in Line.LIVE:
        fields["signed_version"] = version
    elif state == Line.State.RETURNED:
        fields |= {"returned_line_id": line, "return_reason": return_reason, "returned_attestation_id": pk}


def _participant(
    seat: Any, minutes: dict[str, int], coverage: tuple[Covered, ...], decided: dict[str, Any]
) -> Participant:
    return Participant(
        seat_id=seat.pk,
        public_id=seat.public_id,
        person_id=seat.person_id,
        name=seat.name,
        minutes=minutes,
        coverage=coverage,
        declared=declared_of(seat),
        is_verified=seat.is_verified,
        is_paid=seat.order_id is None or seat.is_paid,
        is_listed_elsewhere=seat.is_listed_elsewhere,
        has_open_remark=seat.has_open_remark,
        **decided,
    )


def declared_of(seat: Seat) -> Declared | None:
    declaration: Declaration | None = getattr(seat, "declaration", None)
    if declaration is None:
        return None
    return Declared(
        declaration.certificate_name,
        declaration.email,
        declaration.is_member_already,
        declaration.member_email,
    )
