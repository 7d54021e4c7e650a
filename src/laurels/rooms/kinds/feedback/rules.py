"""What may be done at a feedback wall, and what it changes."""

from collections.abc import Sequence
from typing import assert_never

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.feedback.state import (
    Act,
    Answer,
    Change,
    Decide,
    Move,
    Note,
    Settings,
    Show,
    State,
)
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene

OF_THE_TEAM = {"show", "sort", "answer", "change", "decide"}


def check(plan: Plan) -> list[tuple[str, str]]:
    settings: Settings = plan.settings
    found = [] if settings.sorts else [("settings.sorts", _("Feedback needs at least one sort of note."))]
    shelves = {shelf.key for shelf in settings.shelves}
    found += [
        ("brings", _("There is no shelf “%s”.") % brings.into)
        for brings in plan.brings
        if brings.into and brings.into not in shelves
    ]
    found += [
        (f"step.{number}.allow", _("Guests do not answer or decide: move “%s” to a step without visitors.") % verb)
        for number, step in enumerate(plan.steps)
        for verb in step.allow
        if step.visitors and verb in OF_THE_TEAM
    ]
    if not settings.choices and any("decide" in step.allow for step in plan.steps):
        found.append(("settings.choices", _("To decide there must be something to choose from.")))
    return found


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    settings: Settings = plan.settings
    stand: dict[str, list[str]] = {shelf.key: [] for shelf in settings.shelves}
    for card, into in brought:
        stand[into or settings.shelves[0].key].append(card.id)
    return State(stand=stand, notes={sort.key: [] for sort in settings.sorts})


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    return Outcome(state, touched=("canvas",))


# Why not


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    match act:
        case Show():
            return why_not_shelf(act.shelf, state) or why_not_words(act.text, scene)
        case Note():
            return why_not_sort(act.sort, state) or why_not_words(act.text, scene)
        case Edit():
            return why_not_made_here(act.card, state, scene) or why_not_words(act.text, scene)
        case Withdraw():
            return why_not_made_here(act.card, state, scene) or why_not_withdraw(act.card, state)
        case Move():
            return why_not_note(act.card, state, scene) or why_not_sort(act.sort, state)
        case Answer():
            return why_not_note(act.card, state, scene) or why_not_words(act.text, scene)
        case Change():
            return why_not_change(act.card, state, scene) or why_not_words(act.text, scene)
        case Decide():
            return why_not_choice(act.choice, scene) or why_not_words(act.text, scene)
    assert_never(act)


def why_not_words(text: str, scene: Scene) -> Refusal | None:
    return cards.why_not_words(text, most=scene.settings.card_most)


def why_not_shelf(shelf: str, state: State) -> Refusal | None:
    if shelf and shelf not in state.stand:
        return Refusal("shelf", _("There is no such place on this stand. Reload the page."), "shelf")
    return None


def why_not_sort(sort: str, state: State) -> Refusal | None:
    if sort not in state.notes:
        return Refusal("sort", _("There is no such sort of note here. Choose one from the list."), "sort")
    return None


def why_not_choice(choice: str, scene: Scene) -> Refusal | None:
    if choice not in {each.key for each in scene.settings.choices}:
        return Refusal("choice", _("That is not among the choices. Choose one from the list."), "choice")
    return None


def why_not_note(card_id: str, state: State, scene: Scene) -> Refusal | None:
    if refusal := cards.why_not_this_card(card_id, scene):
        return refusal
    if sort_of(state, card_id) is None:
        return Refusal("no-note", _("This is no note. Choose one of the notes that guests left."))
    return None


def why_not_made_here(card_id: str, state: State, scene: Scene) -> Refusal | None:
    if refusal := cards.why_not_change(card_id, scene):
        return refusal
    if card_id not in state.written and card_id not in state.changes.values() and sort_of(state, card_id) is None:
        return Refusal("brought", _("This comes from an earlier exercise and is only shown here."))
    return None


def why_not_withdraw(card_id: str, state: State) -> Refusal | None:
    if card_id in state.answers or card_id in state.changes:
        return Refusal("answered", _("The team has already worked with this note. Talk to them about it."))
    return None


def why_not_change(card_id: str, state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_note(card_id, state, scene):
        return refusal
    if card_id in state.changes:
        return Refusal("changed", _("There is a change from this note already. Open it to word it better."))
    return None


# What changes


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case Show():
            return show(act, state, scene)
        case Note():
            return note(act, state, scene)
        case Edit():
            changed = cards.reworded(scene.cards[act.card], act.text)
            return Outcome(state, cards=(changed,), touched=parts_of(state, act.card))
        case Withdraw():
            return withdraw(act.card, state)
        case Move():
            return move(act, state)
        case Answer():
            return answer(act, state, scene)
        case Change():
            card = cards.new_card(scene, act.text, sort=scene.settings.change_sort, origin=act.card)
            state = with_(state, changes=state.changes | {act.card: card.id})
            deeds = (("change", card.id),)
            return Outcome(state, cards=(card,), touched=(f"note:{act.card}", "progress"), deeds=deeds)
        case Decide():
            return decide(act, state, scene)
    assert_never(act)


def show(act: Show, state: State, scene: Scene) -> Outcome:
    card = cards.new_card(scene, act.text, sort="shown")
    shelf = act.shelf if act.shelf in state.stand else next(iter(state.stand))
    stand = state.stand | {shelf: [*state.stand[shelf], card.id]}
    state = with_(state, stand=stand, written=(*state.written, card.id))
    return Outcome(state, cards=(card,), touched=("stand",), deeds=(("show", card.id),))


def note(act: Note, state: State, scene: Scene) -> Outcome:
    card = cards.new_card(scene, act.text, sort="note", kind=act.sort)
    state = with_(state, notes=state.notes | {act.sort: [*state.notes[act.sort], card.id]})
    touched = (f"note:{card.id}", f"count:{act.sort}", "progress")
    return Outcome(state, cards=(card,), touched=touched, deeds=(("note", act.sort),))


def withdraw(card_id: str, state: State) -> Outcome:
    touched = parts_of(state, card_id)
    state = with_(
        state,
        stand=_without(state.stand, card_id),
        notes=_without(state.notes, card_id),
        changes={note: made for note, made in state.changes.items() if made != card_id},
        written=tuple(id_ for id_ in state.written if id_ != card_id),
    )
    return Outcome(state, gone=(card_id,), touched=touched)


def move(act: Move, state: State) -> Outcome:
    origin = sort_of(state, act.card)
    notes = _without(state.notes, act.card)
    state = with_(state, notes=notes | {act.sort: [*notes[act.sort], act.card]})
    touched = (f"note:{act.card}", f"count:{origin}", f"count:{act.sort}")
    return Outcome(state, touched=touched, deeds=(("sort", act.card),))


def answer(act: Answer, state: State, scene: Scene) -> Outcome:
    """A later answer takes the place of an earlier one."""
    card = cards.new_card(scene, act.text, sort="answer", origin=act.card)
    earlier = state.answers.get(act.card)
    state = with_(state, answers=state.answers | {act.card: card.id})
    gone = (earlier,) if earlier else ()
    touched = (f"note:{act.card}", "progress")
    return Outcome(state, cards=(card,), gone=gone, touched=touched, deeds=(("answer", act.card),))


def decide(act: Decide, state: State, scene: Scene) -> Outcome:
    card = cards.new_card(scene, act.text, sort="decision", choice=act.choice)
    gone = (state.reason,) if state.reason else ()
    state = with_(state, choice=act.choice, reason=card.id)
    return Outcome(state, cards=(card,), gone=gone, touched=("decision",), deeds=(("decide", act.choice),))


def total(name: str, state: State) -> int:
    """``sorts`` and ``notes``: how many there are."""
    return {"sorts": len(state.notes), "notes": sum(map(len, state.notes.values()))}.get(name, 1)


def sort_of(state: State, card_id: str) -> str | None:
    return next((key for key, ids in state.notes.items() if card_id in ids), None)


def parts_of(state: State, card_id: str) -> tuple[str, ...]:
    """Every part in which this card stands."""
    if sort := sort_of(state, card_id):
        return (f"note:{card_id}", f"count:{sort}", "progress")
    origins = [note for note, made in state.changes.items() if made == card_id]
    return tuple(f"note:{each}" for each in origins) or ("stand",)


def _without(places: dict[str, list[str]], card_id: str) -> dict[str, list[str]]:
    return {key: [id_ for id_ in ids if id_ != card_id] for key, ids in places.items()}
