"""What a buyer sees: the page to pay on, and the bank's question for cards that ask their owner first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from laurels.web.demo.stripe_like import intents, sessions
from laurels.web.demo.stripe_like.calls import Call
from laurels.web.demo.stripe_like.cards import DECLINED, GOOD, card_of
from laurels.web.demo.stripe_like.drawing import bank_page, closed_page, nothing_here, pay_page
from laurels.web.demo.stripe_like.errors import Thing, Wrong
from laurels.web.demo.stripe_like.state import State

STYLES = Path(__file__).with_name("till.css")
UNKNOWN_CARD = "This till knows test cards only; never type a real one. The list below has them all."

type Typed = Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    body: str = ""
    location: str = ""


def answer(state: State, path: str, typed: Typed, public_url: str) -> Page:
    """The page at ``path``; ``typed`` is what a form brought, None when somebody only looks."""
    if path == "/till.css":
        return Page(200, STYLES.read_text(encoding="utf-8"))
    found = re.fullmatch(r"/(pay|owner)/(\w+)", path)
    try:
        if found and found[1] == "pay":
            return _pay(state, found[2], typed, public_url)
        if found:
            return _owner(state, found[2], typed, public_url)
    except Wrong:
        return Page(404, nothing_here())
    return Page(404, nothing_here())


def _pay(state: State, name: str, typed: Typed, public_url: str) -> Page:
    session = state.get(sessions.KIND, name)
    if typed is None:
        return _shown(state, session)
    card = DECLINED if typed.get("act") == "decline" else card_of(typed.get("number", ""))
    if card is None:
        return _shown(state, session, problem=UNKNOWN_CARD, number=typed.get("number", ""))
    with state.change():
        # Read again: somebody may have paid meanwhile.
        session = state.get(sessions.KIND, name)
        call = Call(state, state.owner(name), public_url)
        return _onward(call, sessions.pay(call, session, card, typed.get("email")))


def _shown(state: State, session: Thing, *, problem: str = "", number: str = GOOD.number) -> Page:
    seller, over = sessions.seller(state, session), sessions.why_not_pay(state, session)
    if over:
        back = sessions.way_back(session) if session["status"] == "complete" else session["cancel_url"]
        return Page(200, closed_page(seller, over, back))
    told = problem or _latest_problem(state, session)
    return Page(422 if problem else 200, pay_page(seller, session, problem=told, number=number))


def _latest_problem(state: State, session: Thing) -> str:
    if not session["payment_intent"]:
        return ""
    error = state.get(intents.KIND, session["payment_intent"])["last_payment_error"]
    return f"{error['message']} Nothing was taken; try another card." if error else ""


def _onward(call: Call, session: Thing) -> Page:
    """Where the browser goes after an attempt: back to the seller, to the bank, or to this page again."""
    if session["status"] == "complete":
        return Page(303, location=sessions.way_back(session))
    if session["status"] == "open" and session["payment_intent"]:
        intent = call.get(intents.KIND, session["payment_intent"])
        if intent["status"] == "requires_action":
            return Page(303, location=f"{call.public_url}/owner/{intent['id']}")
    return Page(303, location=f"{call.public_url}/pay/{session['id']}")


def _owner(state: State, name: str, typed: Typed, public_url: str) -> Page:
    with state.change():
        call = Call(state, state.owner(state.get(intents.KIND, name)["id"]), public_url)
        intent = call.get(intents.KIND, name)
        session = next(iter(state.find(sessions.KIND, "json_extract(body, '$.payment_intent') = ?", name)), None)
        if typed is None and intent["status"] == "requires_action":
            leave = session["cancel_url"] if session else _return_url(intent)
            return Page(200, bank_page(intent, leave))
        before = _return_url(intent)
        if typed is not None:
            intents.answer_of_owner(call, intent, confirms=typed.get("act") == "confirm")
        if session:
            return _onward(call, sessions.go_on(call, session))
    if not before:
        return Page(200, closed_page("", f"The payment is now: {intent['status']}.", None))
    status = "succeeded" if intent["status"] == "succeeded" else "failed"
    more = urlencode({"payment_intent": name, "redirect_status": status})
    return Page(303, location=f"{before}{'&' if '?' in before else '?'}{more}")


def _return_url(intent: Thing) -> str | None:
    redirect = (intent["next_action"] or {}).get("redirect_to_url") or {}
    return redirect.get("return_url") or None
