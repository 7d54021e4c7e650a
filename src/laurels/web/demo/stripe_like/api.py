"""The addresses of the API, who may ask there, and the memory for answers already given."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from laurels.web.demo.stripe_like import accounts, disputes, expansion, intents, refunds, sessions
from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.errors import Thing, Wrong
from laurels.web.demo.stripe_like.ids import new_id
from laurels.web.demo.stripe_like.lists import listed
from laurels.web.demo.stripe_like.parameters import Parameters, parse
from laurels.web.demo.stripe_like.state import State

type Verb = Callable[[Call], Thing]

# Kind of thing, where its list is, and by what the list can be narrowed.
LISTED = {
    sessions.KIND: ("/v1/checkout/sessions", ("payment_intent", "status")),
    intents.KIND: ("/v1/payment_intents", ()),
    "charge": ("/v1/charges", ("payment_intent",)),
    "balance_transaction": ("/v1/balance_transactions", ("type", "source", "currency")),
    refunds.KIND: ("/v1/refunds", ("payment_intent", "charge")),
    disputes.KIND: ("/v1/disputes", ("payment_intent", "charge")),
    "event": ("/v1/events", ("type", "types")),
}
MENDED = {sessions.KIND, intents.KIND, refunds.KIND, "charge"}  # their metadata can be changed later


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    encoded: str  # the query of a GET, the body of a POST
    key: str = ""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    request_id: str = ""
    is_replayed: bool = False


def answer(state: State, request: Request, public_url: str) -> Answer:
    """Do what is asked, once: the answer is kept with what it did, in one transaction."""
    request_id = new_id("req", 14)
    try:
        with state.change():
            account = accounts.of_key(state, request.key)["id"]
            given = _given_before(state, account, request, request_id)
            return given or _do(state, account, request, request_id, public_url)
    except Wrong as wrong:
        return Answer(wrong.status, json.dumps(wrong.body, indent=2), request_id)


def _given_before(state: State, account: str, request: Request, request_id: str) -> Answer | None:
    key = request.idempotency_key
    if not key or request.method != "POST":
        return None
    found = state.run("SELECT * FROM answer WHERE account = ? AND key = ?", account, key)
    if not found:
        return None
    if found[0]["request"] != _fingerprint(request):
        raise Wrong(
            f"The idempotency key {key} was used for another request, with other parameters or another address.",
            kind="idempotency_error",
        )
    return Answer(found[0]["status"], found[0]["body"], request_id, is_replayed=True)


def _do(state: State, account: str, request: Request, request_id: str, public_url: str) -> Answer:
    verb, names = _verb(request)
    call = Call(
        state,
        account,
        public_url,
        Parameters(parse(request.encoded)),
        names,
        request_id,
        request.idempotency_key if request.method == "POST" else None,
    )
    try:
        with state.change():
            status, body = 200, expansion.expanded(call, _public(verb(call)))
    except Wrong as wrong:
        if wrong.came_before_any_work:
            raise
        status, body = wrong.status, wrong.body
    told = Answer(status, json.dumps(body, indent=2), request_id)
    if call.idempotency_key:
        values = (account, call.idempotency_key, _fingerprint(request), status, told.body)
        state.run("INSERT INTO answer VALUES (?, ?, ?, ?, ?)", *values)
    return told


def _fingerprint(request: Request) -> str:
    asked = json.dumps(parse(request.encoded), sort_keys=True)
    return hashlib.sha256(f"{request.method} {request.path} {asked}".encode()).hexdigest()


def _public(thing: Thing) -> Thing:
    if thing.get("object") == "list":
        return {**thing, "data": [_public(item) for item in thing["data"]]}
    return sessions.shown(thing) if thing.get("object") == sessions.KIND else dict(thing)


def _verb(request: Request) -> tuple[Verb, tuple[str, ...]]:
    for method, pattern, verb in ROUTES:
        found = re.fullmatch(pattern, request.path) if method == request.method else None
        if found:
            return verb, found.groups()
    raise Wrong(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)


def _account(call: Call) -> Thing:
    return accounts.shown(call.get(accounts.KIND, call.account))


def _named_account(call: Call) -> Thing:
    if call.names[0] != call.account:
        raise Wrong("This key does not have access to that account.", status=403, code="account_invalid")
    return _account(call)


def _lines(call: Call) -> Thing:
    call.asked.know_only({"limit"})
    return expansion.lines_of(call.get(sessions.KIND, call.names[0], param="session"))


def _list(kind: str) -> Verb:
    url, filters = LISTED[kind]
    return lambda call: listed(call.state, call.account, kind, call.asked, url, *filters)


def _one(kind: str) -> Verb:
    def retrieve(call: Call) -> Thing:
        call.asked.know_only(())
        return call.get(kind, call.names[0])

    return retrieve


def _mend(kind: str) -> Verb:
    def mend(call: Call) -> Thing:
        call.asked.know_only({"metadata"})
        thing = call.get(kind, call.names[0])
        return call.state.save(thing | {"metadata": call.asked.metadata(thing["metadata"])})

    return mend


ROUTES: list[tuple[str, str, Verb]] = [
    ("GET", "/v1/account", _account),
    ("GET", r"/v1/accounts/(\w+)", _named_account),
    ("POST", "/v1/checkout/sessions", sessions.create),
    ("POST", r"/v1/checkout/sessions/(\w+)/expire", sessions.expire),
    ("GET", r"/v1/checkout/sessions/(\w+)/line_items", _lines),
    ("POST", "/v1/payment_intents", intents.create),
    ("POST", r"/v1/payment_intents/(\w+)/confirm", intents.confirm),
    ("POST", r"/v1/payment_intents/(\w+)/cancel", intents.cancel),
    ("POST", "/v1/refunds", refunds.create),
    *(("GET", url, _list(kind)) for kind, (url, _filters) in LISTED.items()),
    *(("GET", rf"{url}/(\w+)", _one(kind)) for kind, (url, _filters) in LISTED.items()),
    *(("POST", rf"{LISTED[kind][0]}/(\w+)", _mend(kind)) for kind in sorted(MENDED)),
]
