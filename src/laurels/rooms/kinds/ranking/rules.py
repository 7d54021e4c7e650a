"""What may be done in a ranking, and what it changes; what is special to a mode stands in ``modes``."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.ranking.modes import MODES, buy
from laurels.rooms.kinds.ranking.state import REASON_MOST, Act, Add, Explain, Move, Settings, State
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene


def check(plan: Plan) -> list[tuple[str, str]]:
    settings: Settings = plan.settings
    found = []
    if not settings.scale or min(settings.scale) < 1:
        found.append(("settings.scale", _("A scale has numbers from 1 up.")))
    if not 0 < settings.must_most <= 100:
        found.append(("settings.must_most", _("A share is from 1 to 100 per cent.")))
    if not 0 < settings.affords < 100:
        found.append(("settings.affords", _("Wallets afford a part of the list: from 1 to 99 per cent.")))
    if any(brings.into for brings in plan.brings):
        found.append(("brings.into", _("A ranking has one list: leave “into” out.")))
    return found


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    return State(items=[card.id for card, _into in brought][: plan.settings.items_most])


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    """Wallets are filled when the exercise begins; items take the order of their scores where a step says so."""
    settings: Settings = scene.settings
    if settings.mode == "buy" and not state.bids:
        state = with_(state, purse=buy.purse(state.items, scene.cards, settings, len(hands)))
    if scene.now_step.sorts:
        ranked = MODES[settings.mode].ranking(state, scene.cards, settings)
        state = with_(state, items=[rank.id for rank in ranked])
    return Outcome(state, touched=("canvas",))


def total(name: str, state: State) -> int:
    return len(state.items) if name == "items" else 0


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    if isinstance(act, Add):
        return why_not_add(act, state, scene)
    if refusal := why_not_item(act.card, state, scene):
        return refusal
    match act:
        case Edit(card=card, text=text):
            return cards.why_not_change(card, scene) or cards.why_not_words(text, most=scene.settings.card_most)
        case Withdraw(card=card):
            return cards.why_not_change(card, scene)
        case Explain(reason=reason):
            return why_not_reason(reason, is_needed=True)
    mode = MODES[scene.settings.mode]
    if not isinstance(act, mode.VERBS):
        return Refusal("mode", _("That is not done in this exercise. Reload the page."))
    reason = act.reason if isinstance(act, Move) else ""
    found: Refusal | None = mode.why_not(act, state, scene)
    return found or why_not_reason(reason, is_needed=False)


def why_not_add(act: Add, state: State, scene: Scene) -> Refusal | None:
    if len(state.items) >= scene.settings.items_most:
        message = _("%s items are enough to rank. Withdraw one before you add another.")
        return Refusal("full", message % scene.settings.items_most)
    return cards.why_not_words(act.text, most=scene.settings.card_most)


def why_not_item(id_: str, state: State, scene: Scene) -> Refusal | None:
    if id_ not in state.items:
        return Refusal("no-card", _("This item is not in the list any more. Somebody may have withdrawn it."))
    return cards.why_not_this_card(id_, scene)


def why_not_reason(reason: str, *, is_needed: bool) -> Refusal | None:
    if not reason:
        return Refusal("empty", _("Write the reason first."), "reason") if is_needed else None
    return cards.why_not_words(reason, most=REASON_MOST)


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case Add(text=text):
            return add(text, state, scene)
        case Edit(card=card, text=text):
            changed = cards.reworded(scene.cards[card], text)
            return Outcome(state, cards=(changed,), touched=("list", "own"), deeds=(("edit", card),))
        case Withdraw(card=card):
            return withdraw(card, state)
        case Explain(card=card, reason=reason):
            return Outcome(explained(card, reason, state), touched=("list",), deeds=(("explain", card),))
    outcome: Outcome = MODES[scene.settings.mode].apply(act, state, scene)
    if isinstance(act, Move) and act.reason:
        return _with(outcome, explained(act.card, act.reason, outcome.state))
    return outcome


def add(text: str, state: State, scene: Scene) -> Outcome:
    made = cards.new_card(scene, text, sort="item")
    state = with_(state, items=[*state.items, made.id])
    return Outcome(state, cards=(made,), touched=("list", "own"), deeds=(("add", made.id),))


def withdraw(id_: str, state: State) -> Outcome:
    """The item leaves; money that lay on it goes back by itself."""
    state = with_(
        state,
        items=[each for each in state.items if each != id_],
        bought=[each for each in state.bought if each != id_],
        bids={each: bids for each, bids in state.bids.items() if each != id_},
    )
    return Outcome(state, gone=(id_,), touched=("list", "own"))


def explained(id_: str, reason: str, state: State) -> State:
    """The newest reason last; the same words are said once."""
    reasons = [each for each in state.reasons.get(id_, []) if each != reason]
    return with_(state, reasons=state.reasons | {id_: [*reasons, reason]})


def _with(outcome: Outcome, state: State) -> Outcome:
    return Outcome(state, outcome.cards, outcome.gone, outcome.touched, outcome.deeds)
