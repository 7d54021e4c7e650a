"""Reading ``exercises/*.toml``: what a class does in its live room, step by step.

What a kind of exercise wants (its settings, further keys of a step) only the kind knows. The stage of the rooms fills
``kinds`` at start-up; while it is empty, kinds are not judged.
"""

import math
from collections.abc import Callable, Collection, Mapping
from datetime import date, time
from pathlib import PurePosixPath
from typing import Any

from laurels.programmes.rules.contents import PackCourse, PackExercise
from laurels.programmes.rules.problems import Problem
from laurels.programmes.rules.schemes import SLUG
from laurels.programmes.rules.tables import Table, digest_of, read_table

# kind → what is wrong with a plan: pairs of a key such as "settings.zones" or "step.0.votes" and a sentence.
kinds: dict[str, Callable[[Mapping[str, Any]], list[tuple[str, str]]]] = {}

PER = ("team", "class")
NAMES = ("nobody", "everybody")
WORD = r"[a-z][a-z0-9_-]*"


def read_exercises(
    texts: Mapping[str, str],
    problems: list[Problem],
    *,
    codes: Collection[str] | None,
    others: Mapping[str, str] | None,
) -> tuple[PackExercise, ...]:
    """The exercises in ``texts`` (file → TOML).

    ``codes`` are the objectives there are and ``others`` the exercises (key → kind) beside these; None of either
    leaves references to them unjudged.
    """
    tables = {file: read_table(file, text, problems) for file, text in texts.items()}
    here = {str(table.values.get("key")): str(table.values.get("kind")) for table in tables.values() if table}
    known = None if others is None else {**others, **here}
    return tuple(_read_exercise(table, texts[file], codes, known) for file, table in tables.items() if table)


def check_agendas(tables: list[Table], courses: tuple[PackCourse, ...], exercises: tuple[PackExercise, ...]) -> None:
    """Say of each block that its exercises are unknown, stand elsewhere too, or take longer than the block."""
    minutes = {exercise.key: exercise.minutes for exercise in exercises}
    for table, course in zip(tables, courses, strict=False):
        seen: dict[str, str] = {}
        for row, block in zip(table.tables("block", required=False), course.blocks, strict=False):
            for key in block.exercises:
                if key not in minutes:
                    row.say("exercises", f"There is no exercise “{key}”. Write exercises/{key}.toml or take it out.")
                if key in seen:
                    row.say("exercises", f"“{key}” stands in the block “{seen[key]}” already. Keep it in one of them.")
                seen[key] = block.key
            if block.is_break and block.exercises:
                row.say("exercises", "Nobody works in a break. Take the exercises out, or is_break.")
            needed = sum(minutes.get(key, 0) for key in block.exercises)
            if needed > block.minutes:
                message = f"The exercises take {needed} minutes, the block has {block.minutes}. Shorten or move one."
                row.say("exercises", message)


def _read_exercise(
    table: Table, text: str, codes: Collection[str] | None, known: Mapping[str, str] | None
) -> PackExercise:
    plan = _read_plan(table)
    table.close()
    _check_key(table, plan["key"])
    _check_objectives(table, plan["objectives"], codes)
    if known is not None:
        _check_references(table, plan, known)
    _check_kind(table, plan)
    return PackExercise(
        key=plan["key"],
        title=plan["title"],
        kind=plan["kind"],
        minutes=plan["minutes"],
        objectives=tuple(plan["objectives"]),
        plan=plan,
        text=text,
        digest=digest_of(plan),
    )


def _read_plan(table: Table) -> dict[str, Any]:
    """The whole exercise with every key in its place, as rooms and kinds take it."""
    plan: dict[str, Any] = {
        "key": table.text("key", limit=60, pattern=SLUG, like="vision-board"),
        "title": table.text("title", limit=120),
        "kind": table.text("kind", limit=40, pattern=WORD, like="board"),
        "per": table.choice("per", PER),
        "minutes": table.whole("minutes", least=1, most=600),
        "objectives": table.texts("objectives", required=False),
        "about": table.text("about", limit=20_000, default=""),
        "names": table.choice("names", NAMES, "nobody"),
        "continues": table.text("continues", limit=60, default=""),
        "brings": [_read_brought(row) for row in table.tables("brings", required=False)],
        "settings": _read_rest(table.table("settings", required=False)),
        "step": [_read_step(row) for row in table.tables("step")],
        "taking_part": _read_taking_part(table.table("taking_part")),
    }
    _check_steps(table, plan)
    return plan


def _read_brought(row: Table) -> dict[str, Any]:
    brought = {
        "from": row.text("from", limit=60),
        "place": row.text("place", limit=60, default=""),
        "into": row.text("into", limit=60, default=""),
        "unless": row.text("unless", limit=60, default=""),
        "most": row.whole("most", least=1, most=500) if row.has("most") else None,
    }
    row.asked.add("most")
    row.close()
    return brought


def _read_step(row: Table) -> dict[str, Any]:
    step = {
        "title": row.text("title", limit=120),
        "minutes": row.whole("minutes", most=600),
        "say": row.text("say", limit=2000),
        "allow": row.texts("allow", required=False),
        "hidden": row.flag("hidden"),
    }
    return step | _read_rest(row)


def _read_rest(table: Table | None) -> dict[str, Any]:
    """What the kind will judge; here it must only be something that can be kept."""
    if table is None:
        return {}
    rest = table.rest()
    for key in rest:
        if not _is_storable(table.raw(key)):
            table.say(key, "Only words, numbers, true or false, lists and tables can stand here. Put it in quotes.")
    return {key: table.values[key] for key in rest if _is_storable(table.values[key])}


def _is_storable(value: object) -> bool:
    if isinstance(value, dict):
        return all(_is_storable(each) for each in value.values())
    if isinstance(value, list):
        return all(_is_storable(each) for each in value)
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, date | time)


def _read_taking_part(table: Table | None) -> dict[str, Any]:
    if table is None:
        return {}
    rule: dict[str, Any] = {"says": table.text("says", limit=300)}
    given = [key for key in ("all", "any") if table.has(key)]
    table.asked.update(("all", "any"))
    if len(given) != 1:
        message = "Write either all = [{deed = …, times = …}] (every line is needed) or any = […] (one is enough)."
        table.say(given[-1] if given else "", message)
    for key in given:
        rule[key] = [_read_deed(row) for row in table.tables(key)]
        if not rule[key]:
            table.say(key, 'This is empty. Write at least one line like {deed = "card", times = 1}.')
    table.close()
    return rule


def _read_deed(row: Table) -> dict[str, Any]:
    deed = {"deed": row.text("deed", limit=40, pattern=WORD, like="card"), "times": _read_times(row)}
    row.close()
    return deed


def _read_times(row: Table) -> int | str:
    """How many different ones; or the name of a total that the kind counts."""
    if isinstance(row.values.get("times"), str):
        return row.text("times", limit=40, pattern=WORD, like="rounds")
    return row.whole("times", least=1, most=1000)


def _check_steps(table: Table, plan: Mapping[str, Any]) -> None:
    if table.has("step") and not plan["step"]:
        table.say("step", "An exercise has at least one step. Write one, headed [[step]].")
    needed = sum(step["minutes"] for step in plan["step"])
    if needed > plan["minutes"]:
        message = f"The steps take {needed} minutes, the exercise has {plan['minutes']}. Change one of them."
        table.say("minutes", message)


def _check_key(table: Table, key: str) -> None:
    stem = PurePosixPath(table.file).stem
    if key and key != stem:
        table.say("key", f"The file is called “{stem}” and the key is “{key}”. Give both the same name.")


def _check_objectives(table: Table, objectives: list[str], codes: Collection[str] | None) -> None:
    for code in objectives if codes is not None else ():
        if code not in (codes or ()):
            table.say("objectives", f"No course of the pack has the objective “{code}”. Correct it or take it out.")


def _check_references(table: Table, plan: Mapping[str, Any], known: Mapping[str, str]) -> None:
    continues = plan["continues"]
    if continues and (continues == plan["key"] or continues not in known):
        table.say("continues", f"There is no other exercise “{continues}”. Write the key of one, or leave it out.")
    elif continues and known[continues] != plan["kind"]:
        message = f"“{continues}” is of the kind “{known[continues]}”. Only an exercise of the same kind goes on."
        table.say("continues", message)
    for row, brought in zip(table.tables("brings", required=False), plan["brings"], strict=True):
        if brought["from"] and (brought["from"] == plan["key"] or brought["from"] not in known):
            row.say("from", f"There is no other exercise “{brought['from']}”. Write the key of one.")
        if brought["unless"] and brought["unless"] not in known:
            row.say("unless", f"There is no exercise “{brought['unless']}”. Write the key of one, or leave it out.")


def _check_kind(table: Table, plan: Mapping[str, Any]) -> None:
    if not kinds or not plan["kind"]:
        return
    if plan["kind"] not in kinds:
        table.say("kind", f"There is no kind “{plan['kind']}”. Use one of: {', '.join(sorted(kinds))}.")
        return
    # A kind may trust what is judged here already, so it is asked only about an exercise in good order.
    if any(problem.file == table.file for problem in table.problems):
        return
    for place, sentence in kinds[plan["kind"]](plan):
        table.say_at(tuple(int(part) if part.isdigit() else part for part in place.split(".")), sentence)
