"""What happened, as it was at that moment, and to whom it has to be told."""

import time

from laurels.web.demo.stripe_like import accounts
from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.errors import Thing
from laurels.web.demo.stripe_like.ids import new_id
from laurels.web.demo.stripe_like.state import State

API_VERSION = "2026-10-28.endive"


def tell(call: Call, kind: str, thing: Thing, before: Thing | None = None) -> Thing:
    """Write the event down with its deliveries, in the same transaction as what it tells of."""
    endpoints = call.state.get(accounts.KIND, call.account)["endpoints"]
    event = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": call.state.now(),
        "data": {"object": thing} | ({"previous_attributes": before} if before else {}),
        "livemode": False,
        "pending_webhooks": len(endpoints),
        "request": {"id": call.request_id, "idempotency_key": call.idempotency_key},
        "type": kind,
    }
    call.add(event)
    dropped = call.state.dial("drop")
    if dropped:
        call.state.turn("drop", dropped - 1)
    for endpoint in endpoints:
        for _copy in range(call.state.dial("copies")):
            deliver(call.state, event, call.account, endpoint["id"], is_dropped=bool(dropped))
    return event


def deliver(state: State, event: Thing, account: str, endpoint: str, *, is_dropped: bool = False) -> None:
    state.run(
        "INSERT INTO delivery (event, type, account, endpoint, due, state) VALUES (?, ?, ?, ?, ?, ?)",
        *(event["id"], event["type"], account, endpoint, time.time() + state.dial("delay")),
        "dropped" if is_dropped else "waiting",
    )


def again(state: State, name: str, times: int) -> None:
    """Tell an event ``times`` more to every endpoint of its account."""
    event, account = state.get("event", name), state.owner(name)
    for endpoint in state.get(accounts.KIND, account)["endpoints"]:
        for _copy in range(times):
            deliver(state, event, account, endpoint["id"])
