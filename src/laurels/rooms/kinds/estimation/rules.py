"""What may be done in an estimation, and what it changes."""

from collections.abc import Sequence
from dataclasses import replace as with_fields

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.estimation.state import (
    UNSURE,
    WHY_MOST,
    Act,
    Add,
    Again,
    Agree,
    Choose,
    Estimate,
    Place,
    Reveal,
    Round,
    Settings,
    State,
)
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene


def check(plan: Plan) -> list[tuple[str, str]]:
    settings: Settings = plan.settings
    found = []
    if len(settings.sizes) < 2 or len(set(settings.sizes)) < len(settings.sizes):
        found.append(("settings.sizes", _("Give at least two sizes, each once, the smallest first.")))
    if any(brings.into for brings in plan.brings):
        found.append(("brings.into", _("There is one stack: leave “into” out.")))
    return found


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    return State(items=[card.id for card, _into in brought][: plan.settings.items_most])


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    return Outcome(with_(state, table=[hand.id for hand in hands]), touched=("canvas",))


def total(name: str, state: State) -> int:
    return len(state.rounds) if name == "rounds" else 0


# Why not


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    match act:
        case Add(text=text):
            return why_not_add(text, state, scene)
        case Edit(card=card, text=text):
            return cards.why_not_change(card, scene) or cards.why_not_words(text, most=scene.settings.card_most)
        case Withdraw(card=card):
            return cards.why_not_change(card, scene)
        case Place():
            return why_not_place(act, state, scene)
        case Choose(card=card):
            return why_not_mode("poker", scene) or why_not_item(card, state, scene)
        case Estimate(size=size):
            return why_not_round(state, scene) or why_not_size(size, scene, is_unsure_fine=True)
        case Reveal():
            return why_not_reveal(state, scene)
        case Again():
            return why_not_mode("poker", scene) or why_not_shown(state)
        case Agree():
            return why_not_agree(act, state, scene)


def why_not_mode(mode: str, scene: Scene) -> Refusal | None:
    if scene.settings.mode != mode:
        return Refusal("mode", _("That is not done in this exercise. Reload the page."))
    return None


def why_not_add(text: str, state: State, scene: Scene) -> Refusal | None:
    if len(state.items) >= scene.settings.items_most:
        return Refusal("full", _("%s items are enough for one sitting.") % scene.settings.items_most)
    return cards.why_not_words(text, most=scene.settings.card_most)


def why_not_item(id_: str, state: State, scene: Scene) -> Refusal | None:
    if id_ not in state.items:
        return Refusal("no-card", _("This item is not here any more. Somebody may have withdrawn it."))
    return cards.why_not_this_card(id_, scene)


def why_not_size(size: str, scene: Scene, *, is_unsure_fine: bool = False) -> Refusal | None:
    allowed = (*scene.settings.sizes, *(UNSURE if is_unsure_fine else ()))
    if size not in allowed:
        return Refusal("size", _("Choose one of these sizes: %s.") % ", ".join(allowed), "size")
    return None


def why_not_place(act: Place, state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_mode("magic", scene) or why_not_item(act.card, state, scene):
        return refusal
    if state.sizes.get(act.card) == act.size:
        return Refusal("same", _("It lies there already. Choose another size, or another item."), "size")
    if scene.settings.turns and not is_turn_of(scene.by.id, state):
        return Refusal("turn", _("It is somebody else's turn. Yours comes soon."))
    return why_not_size(act.size, scene)


def is_turn_of(hand: int, state: State) -> bool:
    """One after the other, in the order of the table; who came later places when they like."""
    if hand not in state.table:
        return True
    return state.table[sum(state.moves.values()) % len(state.table)] == hand


def why_not_round(state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_mode("poker", scene):
        return refusal
    if not state.card:
        return Refusal("no-item", _("Put an item on the table first."))
    if state.is_shown:
        return Refusal("shown", _("This round is shown already. Begin another one to say something else."))
    return None


def why_not_reveal(state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_round(state, scene):
        return refusal
    if not state.said:
        return Refusal("nothing", _("Nobody has said anything yet."))
    return None


def why_not_shown(state: State) -> Refusal | None:
    if not state.is_shown:
        return Refusal("hidden", _("First everybody says their size, then all are shown."))
    return None


def why_not_agree(act: Agree, state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_mode("poker", scene) or why_not_shown(state) or why_not_size(act.size, scene):
        return refusal
    return cards.why_not_words(act.why, most=WHY_MOST) if act.why else None


# What changes


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case Add(text=text):
            made = cards.new_card(scene, text, sort="item")
            state = with_(state, items=[*state.items, made.id])
            return Outcome(state, cards=(made,), touched=("list", "own"), deeds=(("add", made.id),))
        case Edit(card=card, text=text):
            changed = cards.reworded(scene.cards[card], text)
            return Outcome(state, cards=(changed,), touched=("list", "table", "own"), deeds=(("edit", card),))
        case Withdraw(card=card):
            return withdraw(card, state)
        case Place():
            return place(act, state, scene)
        case Choose(card=card):
            return round_of(card, state)
        case Estimate(size=size):
            return estimate(size, state, scene)
        case Reveal():
            return revealed(state)
        case Again():
            return round_of(state.card, state)
        case Agree():
            return agree(act, state, scene)


def withdraw(id_: str, state: State) -> Outcome:
    items = [each for each in state.items if each != id_]
    state = with_(state, items=items, **({"card": "", "said": {}, "is_shown": False} if state.card == id_ else {}))
    return Outcome(state, gone=(id_,), touched=("list", "table", "own"))


def place(act: Place, state: State, scene: Scene) -> Outcome:
    count = state.moves.get(act.card, 0) + 1
    state = with_(state, sizes=state.sizes | {act.card: act.size}, moves=state.moves | {act.card: count})
    deeds = (("place", f"{act.card}/{count}"),)
    return Outcome(state, cards=(sized(act.card, act.size, scene),), touched=("list", "own"), deeds=deeds)


def sized(id_: str, size: str, scene: Scene) -> Card:
    card = scene.cards[id_]
    return with_fields(card, fields={**card.fields, "size": size})


def round_of(id_: str, state: State) -> Outcome:
    return Outcome(with_(state, card=id_, said={}, is_shown=False), touched=("table", "own"))


def number_of_round(state: State) -> int:
    """Of the one that is being played or was just shown, from 1."""
    return sum(each.card == state.card for each in state.rounds) + (0 if state.is_shown else 1)


def estimate(size: str, state: State, scene: Scene) -> Outcome:
    """The last one of the table to say theirs turns all of them over."""
    deeds = (("estimate", f"{state.card}/{number_of_round(state)}"),)
    state = with_(state, said=state.said | {scene.by.id: size})
    if state.table and set(state.table) <= state.said.keys():
        shown = revealed(state)
        return Outcome(shown.state, touched=shown.touched, deeds=deeds)
    return Outcome(state, touched=("table",), deeds=deeds)


def revealed(state: State) -> Outcome:
    number = number_of_round(state)
    said = sorted(state.said.values())
    state = with_(state, is_shown=True, rounds=[*state.rounds, Round(state.card, number, said)])
    return Outcome(state, touched=("table", "own"))


def agree(act: Agree, state: State, scene: Scene) -> Outcome:
    card, whys = sized(state.card, act.size, scene), state.whys | ({state.card: act.why} if act.why else {})
    deeds = (("agree", state.card),)
    state = with_(state, sizes=state.sizes | {state.card: act.size}, whys=whys, card="", said={}, is_shown=False)
    return Outcome(state, cards=(card,), touched=("list", "table", "own"), deeds=deeds)
