"""Reading ``course/*.toml``: what is taught, and when in the two days (or one, or ten)."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from laurels.programmes.rules.contents import PackBlock, PackCourse, PackObjective, PackScheme
from laurels.programmes.rules.schemes import SLUG, check_schemes
from laurels.programmes.rules.tables import Table, digest_of

BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
CODE = r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*"


def read_courses(tables: list[Table], known: tuple[PackScheme, ...]) -> tuple[PackCourse, ...]:
    found: dict[str, PackCourse] = {}
    for table in tables:
        course = _read_course(table, known)
        if course.slug in found:
            table.say("slug", f"Another course has the slug “{course.slug}”. Give each its own.")
        found.setdefault(course.slug, course)
    return tuple(found.values())


def _read_course(table: Table, known: tuple[PackScheme, ...]) -> PackCourse:
    scheme = table.text("scheme")
    check_schemes(table, "scheme", [scheme] if scheme else [], known)
    slug = table.text("slug", limit=60, pattern=SLUG, like="cspo")
    title = table.text("title", limit=160)
    summary = table.text("summary")
    minimum = table.whole("minimum_minutes", least=1)
    objectives = _read_objectives(table)
    blocks = _read_blocks(table)
    _check_agenda(table, objectives, blocks)
    digest = digest_of([minimum, [asdict(row) for row in objectives], [_digested(row) for row in blocks]])
    course = PackCourse(slug, title, summary, scheme, minimum, objectives, blocks, digest)
    if blocks and course.net_minutes < minimum:
        message = (
            f"The agenda has {course.net_minutes} minutes without breaks, fewer than {minimum}. Change one of them."
        )
        table.say("minimum_minutes", message)
    table.close()
    return course


def _digested(block: PackBlock) -> dict[str, Any]:
    """What a block adds to the digest. Blocks without exercises count as they did before there were any."""
    return {key: value for key, value in asdict(block).items() if key != "exercises" or value}


def _read_objectives(table: Table) -> tuple[PackObjective, ...]:
    found: dict[str, PackObjective] = {}
    for category in table.tables("category"):
        title = category.text("title", limit=120)
        for row in category.tables("objective"):
            objective = _read_objective(row, title)
            if objective.code in found:
                row.say("code", f"The objective “{objective.code}” stands here twice. Give each a code of its own.")
            found.setdefault(objective.code, objective)
        category.close()
    return tuple(found.values())


def _read_objective(row: Table, category: str) -> PackObjective:
    objective = PackObjective(
        code=row.text("code", limit=12, pattern=CODE, like="2.1 or F3.4"),
        category=category,
        text=row.text("text", limit=300),
        bloom=row.choice("bloom", BLOOM),
    )
    row.close()
    return objective


def _read_blocks(table: Table) -> tuple[PackBlock, ...]:
    found: list[PackBlock] = []
    for row in table.tables("block"):
        latest = found[-1] if found else None
        block = _read_block(row, latest)
        if any(block.key == other.key for other in found):
            row.say(
                "key", f"The block “{block.key}” stands here twice. Give each a key of its own, and keep it for ever."
            )
        if latest:
            _check_order(row, latest, block)
        row.close()
        found.append(block)
    return tuple(found)


def _read_block(row: Table, latest: PackBlock | None) -> PackBlock:
    day = row.whole("day", least=1, most=30)
    is_break = row.flag("is_break")
    return PackBlock(
        key=row.text("key", limit=60, pattern=SLUG, like="product-goal"),
        day=day,
        position=latest.position + 1 if latest and latest.day == day else 1,
        starts=row.clock("starts"),
        minutes=row.whole("minutes", least=1, most=600),
        title=row.text("title", limit=200),
        product=row.text("product", limit=200, default=""),
        objectives=tuple(row.texts("objectives", required=not is_break)),
        is_break=is_break,
        exercises=tuple(row.texts("exercises", required=False)),
    )


def _check_order(row: Table, latest: PackBlock, block: PackBlock) -> None:
    if block.day < latest.day or (block.day == latest.day and block.starts < latest.starts):
        row.say("starts", f"This block begins before “{latest.title}” above it. Put the blocks in their order.")
    elif block.day == latest.day and block.starts < _end(latest):
        ends = f"{_end(latest):%H:%M}"
        row.say("starts", f"“{latest.title}” lasts until {ends} and overlaps this block. Change a start or a length.")


def _end(block: PackBlock) -> time:
    """When the block is over; a block beyond midnight ends with the day."""
    ends = datetime.combine(date.min, block.starts) + timedelta(minutes=block.minutes)
    return ends.time() if ends.date() == date.min else time.max


def _check_agenda(table: Table, objectives: tuple[PackObjective, ...], blocks: tuple[PackBlock, ...]) -> None:
    codes = {objective.code for objective in objectives}
    covered = {code for block in blocks for code in block.objectives}
    rows = table.tables("block", required=False)
    for row, block in zip(rows, blocks, strict=False):
        for code in block.objectives:
            if code not in codes:
                row.say("objectives", f"No objective has the code “{code}”. Add it to a category or correct it.")
        if block.is_break and block.objectives:
            row.say("objectives", "A break teaches nothing. Take the objectives out, or is_break.")
    for row in [row for category in table.tables("category", required=False) for row in category.tables("objective")]:
        code = row.text("code", default="")
        if code and code in codes - covered:
            row.say("code", f"No block of the agenda covers “{code}”. Add it to the objectives of one.")
