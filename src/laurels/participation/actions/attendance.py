from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.journal.actions import record_all
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal, Refused, require
from laurels.participation import facts, rules
from laurels.participation.actions.remarks import answer_open
from laurels.participation.models import Attendance, Remark
from laurels.participation.queries import signed_versions, trainers_of
from laurels.participation.queries.participants import on_seats
from laurels.programmes.models import Block
from laurels.workshops.models import Seat, Workshop

Place = tuple[int, int]
# Cells per journal entry: a whole class is one entry, a big import some hundreds.
ENTRY = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell left as it is because somebody else noted ``minutes`` after the page was shown."""

    seat: Seat
    block: Block
    minutes: int


@dataclass(frozen=True, slots=True)
class Noting:
    changed: dict[Place, int]
    kept: list[Kept]


@transaction.atomic
def note_attendance(
    workshop: Workshop,
    minutes: Mapping[Place, int],
    *,
    seen: Mapping[Place, int | None] | None = None,
    source: Attendance.Source = Attendance.Source.GRID,
    by: Actor,
    now: datetime,
) -> Noting:
    """Write minutes per (seat, block); what already stands so is no change. All or nothing; raises ``Refused``.

    With ``seen`` (what the writer was shown), a cell that changed meanwhile keeps the newer entry and is reported. A
    correction answers what the learner has remarked on their minutes.
    """
    workshop = Workshop.objects.lock(workshop.pk)
    require(rules.why_not_note(workshop, trainers=trainers_of(workshop), by=by))
    seats, blocks = _places(workshop, minutes)
    current = _current(workshop, seats)
    differing = {place: new for place, new in minutes.items() if current.get(place) != new}
    stale = {place for place in differing if seen is not None and current.get(place) != seen.get(place)}
    changed = {place: new for place, new in differing.items() if place not in stale}
    _require_writable(workshop, changed, seats, blocks)
    write_minutes(changed, source, by, now)
    if changed:
        record_all(workshop.topic, cells_noted(workshop, changed), by=by, at=now)
        _answer_remarks(workshop, {seat for seat, block in changed if (seat, block) in current}, by, now)
    kept = [Kept(seats[seat], blocks[block], current[seat, block]) for seat, block in sorted(stale)]
    return Noting(changed, kept)


def _places(workshop: Workshop, minutes: Mapping[Place, int]) -> tuple[dict[int, Seat], dict[int, Block]]:
    wanted = {seat for seat, _block in minutes}
    taken = workshop.seats.filled()
    seats = {seat.pk: seat for seat in taken if seat.pk in wanted}
    blocks = {block.pk: block for block in Block.objects.filter(curriculum=workshop.curriculum_id)}
    if wanted - seats.keys() or {block for _seat, block in minutes} - blocks.keys():
        raise Refused(Refusal("no-such-place", _("That person or block does not belong to this workshop.")))
    return seats, blocks


def _current(workshop: Workshop, seats: Collection[int]) -> dict[Place, int]:
    noted = Attendance.objects.filter(seat__workshop=workshop)
    if len(seats) == 1:
        noted = noted.filter(seat__in=seats)
    return {(seat, block): minutes for seat, block, minutes in noted.values_list("seat_id", "block_id", "minutes")}


def _require_writable(
    workshop: Workshop, changed: Mapping[Place, int], seats: Mapping[int, Seat], blocks: Mapping[int, Block]
) -> None:
    signed = signed_versions(workshop, {seat for seat, _block in changed})
    for (seat, block), minutes in changed.items():
        require(rules.why_not_note_for(seats[seat].name, signed.get(seat)))
        require(rules.why_not_these_minutes(blocks[block], minutes))


def _answer_remarks(workshop: Workshop, corrected: Collection[int], by: Actor, now: datetime) -> None:
    """Whose minutes were noted already and are other ones now has been answered."""
    if corrected:
        open_ones = Remark.objects.open().filter(exercise=None, **on_seats(workshop, corrected)).oldest_first()
        answered = [remark for remark in open_ones if remark.seat_id in corrected]
        answer_open(workshop, answered, _("The minutes were corrected."), by=by, now=now)


def cells_noted(workshop: Workshop, changed: Mapping[Place, int]) -> list[facts.AttendanceNoted]:
    cells = [(seat, block, new) for (seat, block), new in changed.items()]
    batches = [tuple(cells[start : start + ENTRY]) for start in range(0, len(cells), ENTRY)]
    return [facts.AttendanceNoted(workshop.pk, batch) for batch in batches]


def write_minutes(changed: Mapping[Place, int], source: Attendance.Source, by: Actor, now: datetime) -> None:
    """Minutes per (seat, block), over whatever stood there; the rules have been asked before."""
    Attendance.objects.bulk_create(
        [
            Attendance(
                seat_id=seat, block_id=block, minutes=minutes, source=source, noted_by_id=by.person_id, noted_at=now
            )
            for (seat, block), minutes in changed.items()
        ],
        batch_size=5000,
        update_conflicts=True,
        unique_fields=["seat", "block"],
        update_fields=["minutes", "source", "noted_by", "noted_at"],
    )
