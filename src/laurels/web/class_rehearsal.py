"""A whole class without people: robots go through the agenda, and everybody's dossier is written at the end.

For trainers who want to see what a class leaves behind, and for us: every exercise of a pack is played as it would be.
"""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from django.utils.translation import gettext as _

from laurels.journal.worker import drain
from laurels.kernel.refusal import require
from laurels.participation.queries import dossier_table
from laurels.people import actions as people
from laurels.programmes.queries import exercises_of
from laurels.rooms import actions as rooms
from laurels.rooms import queries
from laurels.rooms.cases import Case, case_of, document, markdown, paper, table
from laurels.rooms.models import Activity, Room
from laurels.web.demo import cast
from laurels.web.rehearsal import REHEARSER, Crew, Progress, announce, crew_of_rehearsal, why_not_rehearse_here
from laurels.web.robots import Clock, Tally, come_in, conduct
from laurels.workshops import actions as workshops
from laurels.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Report:
    """What a rehearsed class came to: its dossiers, one row a person after the head, and what the robots did."""

    room: Room
    table: Sequence[Sequence[str]]
    exercises: int
    acts: int
    refused: Sequence[str]
    levels: Counter[str]


def rehearse_class(
    *, people_count: int, teams: int, seed: int, held_on: date, now: datetime, progress: Progress
) -> Report:
    """Conduct the CSPO agenda with ``people_count`` robots in ``teams`` teams; ``held_on`` is its last day.

    Raises Refused when the database is somebody's.
    """
    require(why_not_rehearse_here())
    crew = crew_of_rehearsal(now - timedelta(days=60))
    workshop = announce(crew, held_on, now=now - timedelta(days=40))
    for number in range(people_count):
        name, email = cast.guest(number)
        guest = people.meet(email, name, by=REHEARSER, now=now - timedelta(days=30))
        workshops.book(workshop, guest, name=name, by=REHEARSER, now=now - timedelta(days=30))
    workshop = workshops.start(workshop, by=crew.trainer.actor, now=_at(workshop, 1, time(8)))
    room, tally = _conducted(workshop, crew, people_count, teams, Random(seed), progress)
    drain(is_strict=True)
    lines = room.activities.exclude(exercise="").filter(state=Activity.State.ENDED)
    levels = Counter(level for line in lines for level in queries.levels(line).values())
    return Report(room, dossier_table(workshop), lines.count(), tally.acts, tally.refused, levels)


def write_report(report: Report, out: Path) -> None:
    """dossier.csv, summary.json and each team's product case below ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "dossier.csv").open("w", encoding="utf-8-sig", newline="") as sheet:
        csv.writer(sheet).writerows(report.table)
    summary = {
        "people": len(report.table) - 1,
        "exercises": report.exercises,
        "acts": report.acts,
        "refused": list(report.refused),
        "took_part": dict(report.levels),
    }
    (out / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False), encoding="utf-8")
    (out / "cases").mkdir(exist_ok=True)
    for team in report.room.teams.order_by("number"):
        _write_case(case_of(report.room, team), out / "cases", f"team-{team.number}", at=report.room.opened_at)


def _write_case(case: Case, out: Path, name: str, *, at: datetime) -> None:
    (out / f"{name}.md").write_text(markdown.write(case), encoding="utf-8")
    (out / f"{name}.csv").write_text(table.write(case), encoding="utf-8")
    (out / f"{name}.json").write_text(document.write(case), encoding="utf-8")
    (out / f"{name}.pdf").write_bytes(paper.write(case, at=at))


def _conducted(
    workshop: Workshop, crew: Crew, people_count: int, teams: int, luck: Random, progress: Progress
) -> tuple[Room, Tally]:
    by, tally = crew.trainer.actor, Tally()
    exercises = {pk: [each.plan for each in found] for pk, found in exercises_of(workshop.curriculum).items()}
    begins = _at(workshop, 1, time(8, 15))
    room = rooms.open_room(workshop, exercises, by=by, now=begins)
    come_in(room, people_count, by=by, now=begins)
    rooms.make_teams(room, teams, seed=luck.randrange(2**31), by=by, now=begins)
    lines = queries.run_sheet(room)
    step, clock, day = progress(_("Conducting the class"), len(lines)), Clock(room, begins), 1
    for line in lines:
        if line.block:
            is_night, day = line.block.day != day, line.block.day
            clock.until(_at(workshop, day, line.block.starts), present=not is_night)
        conduct(room, clock, line, luck, tally, by=by)
        step()
    clock.until(clock.now + timedelta(minutes=30))
    rooms.close_room(room, by=by, now=clock.until(clock.now, present=False))
    return room, tally


def _at(workshop: Workshop, day: int, clock: time) -> datetime:
    return datetime.combine(workshop.starts_on + timedelta(days=day - 1), clock, tzinfo=UTC)
