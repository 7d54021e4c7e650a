"""Lists as the API gives them: newest first, so many at a time, going on after or before one that is known."""

import json
from typing import Any

from laurels.web.demo.stripe_like.errors import Thing, missing
from laurels.web.demo.stripe_like.parameters import Parameters
from laurels.web.demo.stripe_like.state import State

COMPARED = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
PAGING = ("limit", "starting_after", "ending_before", "created")


def listed(state: State, account: str, kind: str, asked: Parameters, url: str, *filters: str) -> Thing:
    """One page. A filter is the name of a text that must be equal."""
    asked.know_only({*PAGING, *filters})
    limit = asked.whole("limit", least=1, most=100) or 10
    where, values = _narrowed(asked, filters)
    rows, backwards = _rows(state, account, kind, asked, where, values, limit + 1)
    page = [json.loads(row["body"]) for row in rows[:limit]]
    return {
        "object": "list",
        "url": url,
        "has_more": len(rows) > limit,
        "data": page[::-1] if backwards else page,
    }


def _narrowed(asked: Parameters, filters: tuple[str, ...]) -> tuple[str, list[Any]]:
    where: str = ""
    values: list[Any] = []
    for name in filters:
        given = asked.texts(name)
        if given:
            column = "type" if name == "types" else name
            marks = ", ".join("?" for _one in given)
            where += f" AND json_extract(body, '$.{column}') IN ({marks})"
            values += given
    created = asked.values.get("created")
    exactly = asked.whole("created") if isinstance(created, str) else None
    if exactly is not None:
        return f"{where} AND json_extract(body, '$.created') = ?", [*values, exactly]
    within = asked.group("created")
    within.know_only(COMPARED)
    for name in within.values:
        where += f" AND json_extract(body, '$.created') {COMPARED[name]} ?"
        values.append(within.whole(name))
    return where, values


def _rows(
    state: State, account: str, kind: str, asked: Parameters, where: str, values: list[Any], most: int
) -> tuple[list[Any], bool]:
    backwards = bool(asked.text("ending_before"))
    for name, sign in [("starting_after", "<"), ("ending_before", ">")]:
        mark = asked.text(name)
        if mark:
            if state.look_up(mark, account) is None:
                raise missing(kind, mark, name, status=400)
            where += f" AND seq {sign} (SELECT seq FROM thing WHERE id = ?)"
            values.append(mark)
    order = "ASC" if backwards else "DESC"
    sql = f"SELECT body FROM thing WHERE account = ? AND kind = ?{where} ORDER BY seq {order} LIMIT ?"
    return state.run(sql, account, kind, *values, most), backwards
