"""A class of robots through the whole agenda: everybody ends with a dossier, nobody was kept from taking part,
and every canvas is what the log of its acts makes it.
"""

import csv
import json
from datetime import UTC, date, datetime

import pytest

from laurels.kernel.refusal import Refused
from laurels.rooms import queries
from laurels.rooms.models import Canvas
from laurels.web.class_rehearsal import rehearse_class, write_report

NOW = datetime(2026, 4, 20, 9, tzinfo=UTC)


def silent(what, total):
    return lambda: None


def test_robots_leave_a_dossier_each(db, settings, tmp_path):
    settings.MODE = "rehearsal"

    report = rehearse_class(people_count=6, teams=2, seed=1, held_on=date(2026, 4, 16), now=NOW, progress=silent)
    write_report(report, tmp_path)

    with (tmp_path / "dossier.csv").open(encoding="utf-8-sig") as sheet:
        head, *rows = csv.reader(sheet)
    minutes = [int(row[head.index("Minutes")]) for row in rows]
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert len({row[0] for row in rows}) == 6
    assert minutes == [960] * 6
    assert set(summary["took_part"]) == {"met"}
    assert summary["exercises"] == int(rows[0][head.index("Exercises held")])
    every_canvas_is_what_its_acts_made()


def every_canvas_is_what_its_acts_made():
    canvases = list(Canvas.objects.with_activity())
    assert len({canvas.activity.plan["kind"] for canvas in canvases}) >= 10
    for canvas in canvases:
        desk, acts = queries.desk_of(canvas), list(canvas.acts.order_by("number").select_related("by"))
        assert queries.states(desk, acts)[0] == desk.state, canvas.activity.exercise


def test_robots_stay_out_of_a_database_with_people(world, settings):
    settings.MODE = "rehearsal"
    assert world.ada
    with pytest.raises(Refused, match="already holds people"):
        rehearse_class(people_count=6, teams=2, seed=1, held_on=date(2026, 4, 16), now=NOW, progress=silent)
