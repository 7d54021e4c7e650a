"""``expand[]=payment_intent.latest_charge``: an id replaced by the thing it names."""

from typing import Any

from laurels.web.demo.stripe_like import sessions
from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.errors import Thing, Wrong

DEEPEST = 4


def expanded(call: Call, answer: Thing) -> Thing:
    for path in call.asked.texts("expand"):
        steps = path.split(".")
        if len(steps) > DEEPEST:
            raise Wrong(f"One can expand {DEEPEST} levels at most.", param="expand")
        _open_up(call, answer, steps)
    return answer


def _open_up(call: Call, at: Thing, steps: list[str]) -> None:
    step, *rest = steps
    if step == "data" and at.get("object") == "list":
        for item in at["data"]:
            _open_up(call, item, rest)
        return
    at[step] = _thing(call, at, step)
    if rest and isinstance(at[step], dict):
        _open_up(call, at[step], rest)


def _thing(call: Call, at: Thing, step: str) -> Any:
    if step == "line_items" and at.get("object") == sessions.KIND:
        return lines_of(call.get(sessions.KIND, at["id"]))
    if step not in at:
        raise Wrong(f"This property cannot be expanded ({step}).", param="expand")
    found = call.state.look_up(at[step], call.account) if isinstance(at[step], str) else None
    return at[step] if found is None else found


def lines_of(session: Thing) -> Thing:
    url = f"/v1/checkout/sessions/{session['id']}/line_items"
    return {"object": "list", "url": url, "has_more": False, "data": session["line_items"]}
