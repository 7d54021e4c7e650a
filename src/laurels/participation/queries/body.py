from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from laurels.kernel.actor import Actor
from laurels.participation.models import Line, Roster, RosterQuerySet
from laurels.participation.queries.decisions import Missing, counted_blocks
from laurels.participation.queries.dossier import signed_marks
from laurels.participation.queries.marks import Mark, columns_of
from laurels.participation.queries.roster import seal_of
from laurels.programmes.models import Block

PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A roster in the body's list, with its age in whole days and how its lines stand."""

    roster: Roster
    days: int
    lines: int
    open: int
    returned: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A line with its evidence."""

    line: Line
    missing: list[Missing]
    marks: list[Mark]
    is_certified_elsewhere: bool

    @property
    def missed(self) -> list[str]:
        """Required exercises that the person had no part in, by the signed evidence."""
        return [mark.exercise.title for mark in self.marks if mark.exercise.is_required and mark.is_none]

    @property
    def took_part(self) -> int:
        return sum(not mark.is_none for mark in self.marks)


@dataclass(frozen=True, slots=True)
class RosterPage:
    roster: Roster
    rows: list[Ruled]
    counts: dict[str, int]
    minimum: int
    is_intact: bool
    page: int
    has_more: bool

    @property
    def open(self) -> int:
        return self.counts.get(Line.State.RECEIVED, 0)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def queue(actor: Actor, now: datetime) -> list[Waiting]:
    """Submitted rosters with lines to rule on, oldest first."""
    return _waiting(Roster.objects.received_by(actor).unsettled(), now)


def settled(actor: Actor, now: datetime) -> list[Waiting]:
    """The rosters settled most lately."""
    return _waiting(Roster.objects.received_by(actor).filter(state=Roster.State.SETTLED).order_by("-pk"), now)


def _waiting(rosters: RosterQuerySet, now: datetime) -> list[Waiting]:
    rows: Any = rosters.select_related("workshop__provider", "workshop__course", "scheme", "submission").annotate(
        total=Count("lines"),
        still_open=Count("lines", filter=Q(lines__state__in=["listed", "received"])),
        sent_back=Count("lines", filter=Q(lines__state__in=["returned", "amended"])),
    )
    return [
        Waiting(roster, (now - roster.submission.at).days, roster.total, roster.still_open, roster.sent_back)
        for roster in rows[:PAGE]
    ]


def roster_page(roster: Roster, *, page: int = 1) -> RosterPage:
    """All of a roster: its lines by name with their evidence, and whether they still match the signature."""
    elsewhere = Line.objects.filter(
        state=Line.State.ACCEPTED, seat__person=OuterRef("seat__person"), roster__scheme=OuterRef("roster__scheme")
    ).exclude(pk=OuterRef("pk"))
    lines: list[Any] = list(
        roster.lines.select_related("seat", "attestation__decided_by", "ruled_by")
        .annotate(is_certified_elsewhere=Exists(elsewhere))
        .by_name()
    )
    blocks, columns = counted_blocks(roster.workshop), columns_of(roster.workshop)
    start = (max(page, 1) - 1) * PAGE
    return RosterPage(
        roster=roster,
        rows=[
            Ruled(x, missing_in(x, blocks), list(signed_marks(x, columns).values()), x.is_certified_elsewhere)
            for x in lines[start : start + PAGE]
        ],
        counts=Counter(line.state for line in lines),
        minimum=roster.workshop.curriculum.minimum_minutes,
        is_intact=roster.signature.digest == seal_of(roster, lines),
        page=max(page, 1),
        has_more=len(lines) > start + PAGE,
    )


def missing_in(line: Line, blocks: list[Block]) -> list[Missing]:
    """What the signed evidence lacks."""
    return [
        Missing(block, line.evidence.get(block.key))
        for block in blocks
        if line.evidence.get(block.key) != block.minutes
    ]
