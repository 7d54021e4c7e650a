"""The till's back door, for tests and the demo: bad days on demand. JSON in, JSON out, below ``/_control/``."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import fields
from urllib.parse import parse_qsl

from laurels.web.demo.stripe_like import accounts, disputes, events, intents, refunds, sessions
from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.cards import ASKING, DECLINED, GOOD, card_of
from laurels.web.demo.stripe_like.errors import Thing, Wrong
from laurels.web.demo.stripe_like.state import DIALS, State

type Lever = Callable[[State, Thing, str, tuple[str, ...]], object]


def pull(state: State, method: str, path: str, body: bytes, public_url: str) -> tuple[int, object]:
    """Do it, in one transaction, and answer with a status and what came out."""
    for wanted, pattern, lever in LEVERS:
        found = re.fullmatch(pattern, path) if wanted == method else None
        if not found:
            continue
        try:
            asked = json.loads(body or b"{}")
            with state.change():
                return 200, lever(state, asked, public_url, found.groups())
        except Wrong as wrong:
            return wrong.status, wrong.body
        except (KeyError, TypeError, ValueError) as problem:
            return 400, {"error": {"message": f"{type(problem).__name__}: {problem}"}}
    return 404, {"error": {"message": f"No such control: {method} {path}"}}


def turn_dials(state: State, asked: Thing, *_: object) -> Thing:
    unknown = asked.keys() - DIALS.keys()
    if unknown:
        raise Wrong(f"No such dial: {', '.join(sorted(unknown))}. There are: {', '.join(DIALS)}")
    for name, value in asked.items():
        state.turn(name, value)
    return {name: state.dial(name) for name in DIALS}


def open_account(state: State, asked: Thing, *_: object) -> Thing:
    known = {field.name for field in fields(accounts.Account)}
    wanted = accounts.Account(**{name: value for name, value in asked.items() if name in known})
    return accounts.open_account(state, wanted)


def roll_secret(state: State, asked: Thing, _url: str, names: tuple[str, ...]) -> Thing:
    keep_old = asked.get("keep_old", True)
    return accounts.roll_secret(state, names[0], asked.get("secret"), keep_old=keep_old)


def end_old_secret(state: State, _asked: Thing, _url: str, names: tuple[str, ...]) -> Thing:
    return accounts.end_old_secret(state, names[0])


def pay_session(state: State, asked: Thing, url: str, names: tuple[str, ...]) -> Thing:
    """What a buyer does on the page: ``outcome`` is paid, declined, confirmed, refused or left (3-D Secure)."""
    call = Call(state, state.owner(names[0]), url)
    session = call.get(sessions.KIND, names[0])
    outcome = asked.get("outcome", "paid")
    card = {"paid": GOOD, "declined": DECLINED}.get(outcome, ASKING)
    if "card" in asked:
        card = card_of(asked["card"]) or card
    sessions.pay(call, session, card, asked.get("email"))
    if outcome in {"confirmed", "refused"}:
        intent = call.get(intents.KIND, session["payment_intent"])
        intents.answer_of_owner(call, intent, confirms=outcome == "confirmed")
        sessions.go_on(call, session)
    return sessions.shown(session)


def dispute(state: State, asked: Thing, url: str, _names: tuple[str, ...]) -> Thing:
    name = asked.get("charge") or state.get(intents.KIND, asked["payment_intent"])["latest_charge"]
    call = Call(state, state.owner(name), url)
    charge = call.get("charge", name)
    return disputes.open_dispute(
        call, charge, amount=asked.get("amount"), reason=asked.get("reason", "product_not_received")
    )


def close_dispute(state: State, asked: Thing, url: str, names: tuple[str, ...]) -> Thing:
    call = Call(state, state.owner(names[0]), url)
    return disputes.close(call, call.get(disputes.KIND, names[0]), won=asked["outcome"] == "won")


def finish_refund(state: State, asked: Thing, url: str, names: tuple[str, ...]) -> Thing:
    call = Call(state, state.owner(names[0]), url)
    refund = call.get(refunds.KIND, names[0])
    return refunds.fail(call, refund) if asked["outcome"] == "failed" else refunds.settle(call, refund)


def invent_event(state: State, asked: Thing, url: str, _names: tuple[str, ...]) -> Thing:
    """Tell, well signed, of something that never happened so: another amount, another currency."""
    thing: Thing = asked.get("object") or {}
    if "like" in asked:
        thing = sessions.shown(state.get(asked["kind"], asked["like"])) | thing
    return events.tell(Call(state, asked["account"], url), asked["type"], thing)


def deliver_again(state: State, asked: Thing, *_: object) -> Thing:
    """One event, or without a name every event, ``times`` more."""
    names = [asked["event"]] if "event" in asked else [event["id"] for event in state.find("event")]
    for name in names:
        events.again(state, name, asked.get("times", 1))
    return {"events": len(names)}


def deliveries(state: State, *_: object) -> list[Thing]:
    attempts: dict[int, list[Thing]] = {}
    for row in state.run("SELECT * FROM attempt ORDER BY rowid"):
        told = {"at": row["at"], "status": row["status"], "error": row["error"]}
        attempts.setdefault(row["delivery"], []).append(told)
    return [
        {name: row[name] for name in ("id", "event", "type", "account", "state")}
        | {"attempts": attempts.get(row["id"], [])}
        for row in state.run("SELECT * FROM delivery ORDER BY id")
    ]


def settle(state: State, query: str) -> tuple[int, object]:
    """Wait until everything (of one account) is delivered; 200 when it is, 408 when the time is over."""
    asked = dict(parse_qsl(query))
    until = time.monotonic() + float(asked.get("seconds", 5))
    while (left := _waiting(state, asked.get("account") or None)) and time.monotonic() < until:
        time.sleep(0.01)
    return (408 if left else 200), {"waiting": left}


def _waiting(state: State, account: str | None) -> int:
    sql = "SELECT count(*) AS n FROM delivery WHERE state = 'waiting' AND account = ifnull(?, account)"
    return int(state.run(sql, account)[0]["n"])


LEVERS: list[tuple[str, str, Lever]] = [
    ("GET", "/_control/dials", turn_dials),
    ("POST", "/_control/dials", turn_dials),
    ("POST", "/_control/accounts", open_account),
    ("POST", r"/_control/accounts/(\w+)/secret", roll_secret),
    ("DELETE", r"/_control/accounts/(\w+)/old-secret", end_old_secret),
    ("POST", r"/_control/sessions/(\w+)/payment", pay_session),
    ("POST", "/_control/disputes", dispute),
    ("POST", r"/_control/disputes/(\w+)/closing", close_dispute),
    ("POST", r"/_control/refunds/(\w+)/finish", finish_refund),
    ("POST", "/_control/events", invent_event),
    ("GET", "/_control/deliveries", deliveries),
    ("POST", "/_control/deliveries", deliver_again),
]
