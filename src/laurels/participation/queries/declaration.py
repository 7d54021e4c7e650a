from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q

from laurels.participation.models import Attendance, Line
from laurels.people.models import Address, Person
from laurels.programmes.models import Block
from laurels.workshops.models import Seat


@dataclass(frozen=True, slots=True)
class Presence:
    """One block of one's own attendance; ``minutes`` None: not noted yet."""

    block: Block
    minutes: int | None
    source: str = ""

    @property
    def is_full(self) -> bool:
        return self.minutes == self.block.minutes

    @property
    def is_counted(self) -> bool:
        """Whether the room's clock counted them, and nobody by hand."""
        return self.source == Attendance.Source.ROOM


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """What a learner sees of their own way to the certificate."""

    seat: Seat
    presences: list[Presence]
    trainers: list[Person]
    addresses: list[Address]
    signed_line: Line | None

    @property
    def minutes(self) -> int:
        return sum(presence.minutes or 0 for presence in self.presences)

    @property
    def minimum(self) -> int:
        return self.seat.workshop.curriculum.minimum_minutes


def own_seat(seat: Seat) -> OwnSeat:
    return OwnSeat(
        seat=seat,
        presences=presences_of(seat),
        trainers=list(seat.workshop.trainers.order_by("name", "pk")),
        addresses=list(Address.objects.verified().filter(person=seat.person_id).order_by("-is_primary", "email")),
        signed_line=Line.objects.live().filter(seat=seat).select_related("roster").first(),
    )


def presences_of(seat: Seat) -> list[Presence]:
    """Every block of the agenda with what was noted of this seat."""
    mine = FilteredRelation("attendances", condition=Q(attendances__seat=seat))
    agenda = Block.objects.filter(curriculum=seat.workshop.curriculum_id).counted().in_order()
    blocks: Any = agenda.annotate(mine=mine, present=F("mine__minutes"), source=F("mine__source"))
    return [Presence(block, block.present, block.source or "") for block in blocks]
