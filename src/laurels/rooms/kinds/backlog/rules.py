"""What may be done with items, and what it changes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.backlog.state import (
    INVEST,
    Act,
    AddCheck,
    AddCriterion,
    Check,
    DropCriterion,
    Item,
    Refine,
    Shift,
    Split,
    State,
)
from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene


def check(plan: Plan) -> list[tuple[str, str]]:
    return [
        (f"step.{number}.hidden", _("Items are made in the open. Take “hidden” out."))
        for number, step in enumerate(plan.steps)
        if step.hidden
    ]


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    return State(items=[card.id for card, _into in brought])


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    return Outcome(state, touched=("canvas",))


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    if isinstance(act, Item):
        return _first_fault(scene, act.text, act.outcome, act.criterion)
    if refusal := cards.why_not_this_card(act.card, scene) or why_not_listed(act.card, state):
        return refusal
    match act:
        case Refine(outcome=text):
            return _first_fault(scene, text)
        case AddCriterion(card=card, text=text):
            return _first_fault(scene, text) or why_not_more(card, scene)
        case DropCriterion(card=card, text=text) if text not in criteria(scene.cards[card]):
            return Refusal("no-criterion", _("This criterion is not here any more. Reload the page."))
        case AddCheck():
            return why_not_check(act, scene)
        case Split(text=text):
            return _first_fault(scene, text)
        case Edit(card=card, text=text):
            return cards.why_not_change(card, scene) or _first_fault(scene, text)
        case Withdraw(card=card):
            return cards.why_not_change(card, scene) or why_not_without(card, state)
    return None


def _first_fault(scene: Scene, *texts: str) -> Refusal | None:
    faults = (cards.why_not_words(text, most=scene.settings.card_most) for text in texts)
    return next((fault for fault in faults if fault is not None), None)


def why_not_listed(card: str, state: State) -> Refusal | None:
    if card not in state.items:
        return Refusal("elsewhere", _("This item does not stand in the backlog. Reload the page."))
    return None


def why_not_more(card: str, scene: Scene) -> Refusal | None:
    if len(criteria(scene.cards[card])) >= scene.settings.criteria_most:
        return Refusal("many", _("That is as many criteria as one item carries. Split the item instead."))
    return None


def why_not_check(act: AddCheck, scene: Scene) -> Refusal | None:
    if scene.cards[act.card].by == scene.by.id:
        return Refusal("own", _("You wrote this item. Ask somebody else to check it."))
    if set(act.tick) - set(INVEST):
        return Refusal("tick", _("There is no such tick. Reload the page."), "tick")
    return None


def why_not_without(card: str, state: State) -> Refusal | None:
    if state.children.get(card):
        return Refusal("children", _("This item was split. Withdraw the smaller ones first."))
    return None


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case Item(text=text, outcome=outcome, measure=measure, criterion=first):
            card = cards.new_card(scene, text, sort="item", outcome=outcome, measure=measure, criteria=[first])
            return _kept(with_(state, items=[*state.items, card.id]), card, deeds=(("item", card.id),))
        case Refine(card=id_, outcome=outcome, measure=measure):
            return _kept(state, _filled(scene.cards[id_], outcome=outcome, measure=measure))
        case AddCriterion(card=id_, text=text):
            lines = list(dict.fromkeys([*criteria(scene.cards[id_]), text]))
            return _kept(state, _filled(scene.cards[id_], criteria=lines), deeds=(("criterion", id_),))
        case DropCriterion(card=id_, text=text):
            lines = [line for line in criteria(scene.cards[id_]) if line != text]
            return _kept(state, _filled(scene.cards[id_], criteria=lines))
        case AddCheck(card=id_, tick=ticks, remark=remark):
            given = {**state.checks.get(id_, {}), scene.by.id: Check(ticks, remark)}
            return _kept(with_(state, checks={**state.checks, id_: given}), deeds=(("check", id_),))
        case Split():
            return _split(act, state, scene)
        case Shift(card=id_, way=way):
            return _kept(with_(state, items=_shifted(state, id_, -1 if way == "up" else 1)))
        case Edit(card=id_, text=text):
            return _kept(state, cards.reworded(scene.cards[id_], text))
        case Withdraw(card=id_):
            return _withdrawn(id_, state)


def _kept(state: State, *changed: Card, deeds: tuple[tuple[str, str], ...] = ()) -> Outcome:
    return Outcome(state, cards=changed, touched=("canvas",), deeds=deeds)


def _filled(card: Card, **fields: Any) -> Card:
    return replace(card, sort="item", fields={**card.fields, **fields})


def _split(act: Split, state: State, scene: Scene) -> Outcome:
    parent = scene.cards[act.card]
    fields = {"outcome": parent.fields.get("outcome", ""), "measure": parent.fields.get("measure", "")}
    lines = [act.criterion] if act.criterion else []
    child = cards.new_card(
        scene, act.text, sort="item", origin=parent.id, criteria=lines, reason=act.reason, parent=parent.id, **fields
    )
    brood = [*state.children.get(parent.id, []), child.id]
    at = max(state.items.index(id_) for id_ in [parent.id, *brood[:-1]] if id_ in state.items) + 1
    items = [*state.items[:at], child.id, *state.items[at:]]
    split = with_(state, items=items, children={**state.children, parent.id: brood})
    return _kept(split, child, deeds=(("child", child.id),))


def _shifted(state: State, card: str, by: int) -> list[str]:
    items = [id_ for id_ in state.items if id_ != card]
    at = max(0, state.items.index(card) + by)
    return [*items[:at], card, *items[at:]]


def _withdrawn(card: str, state: State) -> Outcome:
    left = {parent: [id_ for id_ in ids if id_ != card] for parent, ids in state.children.items()}
    children = {parent: ids for parent, ids in left.items() if ids}
    checks = {id_: given for id_, given in state.checks.items() if id_ != card}
    items = [id_ for id_ in state.items if id_ != card]
    return Outcome(State(items, checks, children), gone=(card,), touched=("canvas",))


def total(name: str, state: State) -> int:
    return len(state.items) if name == "items" else 0


def criteria(card: Card) -> list[str]:
    return list(card.fields.get("criteria", ()))


def is_ready(card: Card, state: State) -> bool:
    """An outcome, a criterion, and all six letters ticked by one peer."""
    checked = any(len(set(given.ticks)) == len(INVEST) for given in state.checks.get(card.id, {}).values())
    return bool(card.fields.get("outcome")) and bool(criteria(card)) and checked
