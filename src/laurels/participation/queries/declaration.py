from dataclasses import dataclass

from laurels.participation.models import Attendance, Line
from laurels.participation.queries.decisions import counted_blocks
from laurels.people.models import Address, Person
from laurels.programmes.models import Block
from laurels.workshops.models import Seat


@dataclass(frozen=True, slots=True)
class Presence:
    """One block of one's own attendance; ``minutes`` None: not noted yet."""

    block: Block
    minutes: int | None

    @property
    def is_full(self) -> bool:
        return self.minutes == self.block.minutes


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
    noted = dict(Attendance.objects.filter(seat=seat).values_list("block_id", "minutes"))
    return OwnSeat(
        seat=seat,
        presences=[Presence(block, noted.get(block.pk)) for block in counted_blocks(seat.workshop)],
        trainers=list(seat.workshop.trainers.order_by("name", "pk")),
        addresses=list(Address.objects.verified().filter(person=seat.person_id).order_by("-is_primary", "email")),
        signed_line=Line.objects.live().filter(seat=seat).select_related("roster").first(),
    )
