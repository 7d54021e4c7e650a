"""What a learner sees of their own taking part."""

from dataclasses import dataclass

from laurels.participation.models import Line, Remark
from laurels.participation.queries.declaration import Presence, presences_of
from laurels.participation.queries.marks import Mark, marks_of
from laurels.participation.rules.attendance import NOTED_IN
from laurels.workshops.models import Seat


@dataclass(frozen=True, slots=True)
class OwnMark:
    """One exercise, and what the learner has remarked on it."""

    mark: Mark
    remarks: list[Remark]


@dataclass(frozen=True, slots=True)
class OwnParticipation:
    seat: Seat
    presences: list[Presence]
    marks: list[OwnMark]
    on_minutes: list[Remark]
    signed_version: int | None

    @property
    def minutes(self) -> int:
        return sum(presence.minutes or 0 for presence in self.presences)

    @property
    def minimum(self) -> int:
        return self.seat.workshop.curriculum.minimum_minutes

    @property
    def is_empty(self) -> bool:
        return not self.marks and all(presence.minutes is None for presence in self.presences)

    @property
    def took_part(self) -> int:
        return sum(not one.mark.is_none for one in self.marks)

    @property
    def may_remark(self) -> bool:
        return self.seat.workshop.state in NOTED_IN


def own_participation(seat: Seat) -> OwnParticipation:
    remarks = list(seat.remarks.select_related("answer__by").oldest_first())
    return OwnParticipation(
        seat=seat,
        presences=presences_of(seat),
        marks=[
            OwnMark(mark, [remark for remark in remarks if remark.exercise_id == mark.exercise.pk])
            for mark in marks_of(seat.workshop, [seat.pk])[seat.pk]
        ],
        on_minutes=[remark for remark in remarks if remark.exercise_id is None],
        signed_version=Line.objects.live().filter(seat=seat).values_list("roster__version", flat=True).first(),
    )
