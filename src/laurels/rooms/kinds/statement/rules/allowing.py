"""What may be done with statements: every rule answers why not."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.cards import Withdraw
from laurels.rooms.kinds.scene import Scene
from laurels.rooms.kinds.statement.rules.reading import (
    candidates,
    card_of,
    forms,
    given_words,
    is_overtaken,
    mine_of,
    path,
    slot_named,
    statement_of,
    words_of,
)
from laurels.rooms.kinds.statement.state import Act, Draft, Save, Settings, Slot, State, Take, Unvote, Vote, Write


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    match act:
        case Write():
            return why_not_write(act, state, scene)
        case Draft():
            return why_not_draft(act, state, scene)
        case Take():
            return why_not_take(act, state, scene)
        case Save():
            return why_not_save(act.statement, state, scene)
        case Withdraw(card=card):
            return why_not_withdraw(card, state, scene)
        case Vote():
            return why_not_vote(act.card, state, scene)
        case Unvote(card=card):
            return cards.why_not_this_card(card, scene)


def why_not_write(act: Write, state: State, scene: Scene) -> Refusal | None:
    card = card_of(act.statement, state, scene.cards)
    return (
        why_not_statement(act.statement, state, scene)
        or why_not_fills(act.slot, act.text, card.fields if card else {}, scene)
        or why_not_propose(act, state, scene)
    )


def why_not_propose(act: Write, state: State, scene: Scene) -> Refusal | None:
    """Only words that were overtaken need a place beside the slot; there are not endlessly many."""
    where = path(act.statement, act.slot)
    if is_overtaken(act, state, scene) and len(state.proposals.get(where, [])) >= scene.settings.proposals_most:
        now = scene.cards[state.statements[act.statement]].fields.get(act.slot, "")
        message = _("Somebody changed this to “%(now)s” while you wrote “%(yours)s”. Choose together first.")
        return Refusal("overtaken", message % {"now": now, "yours": act.text}, "text")
    return None


def why_not_draft(act: Draft, state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_form(act.statement, scene):
        return refusal
    if len(act.slot) != len(act.text):
        return Refusal("values", _("Something is missing in this form. Reload the page."))
    given = given_words(act)
    if not given:
        return Refusal("empty", _("There are no words in it yet. Fill at least one."), "text")
    faults = (why_not_fills(key, text, given, scene) for key, text in given.items())
    return next((fault for fault in faults if fault is not None), None)


def why_not_statement(key: str, state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_form(key, scene):
        return refusal
    card_id = state.statements.get(key)
    if card_id and card_id not in scene.cards:
        return Refusal("no-card", _("The trainer has put this one aside. Ask them to bring it back."))
    return None


def why_not_form(key: str, scene: Scene) -> Refusal | None:
    if key not in {form.key for form in forms(scene.plan)}:
        return Refusal("statement", _("There is no such statement here. Reload the page."), "statement")
    return None


def why_not_fills(key: str, text: str, beside: Mapping[str, Any], scene: Scene) -> Refusal | None:
    """Why these words do not fit into the slot, next to what stands ``beside`` it."""
    slot = slot_named(key, scene.settings)
    if slot is None:
        return Refusal("slot", _("There is no such gap here. Reload the page."), "slot")
    return (
        cards.why_not_words(text, most=slot.letters)
        or why_not_count(slot, text)
        or why_not_sort(slot, text)
        or why_not_more(slot, text, beside, scene.settings)
    )


def why_not_count(slot: Slot, text: str) -> Refusal | None:
    count = len(text.split())
    if slot.words and count > slot.words:
        message = _("“%(slot)s” is %(count)s words; %(most)s fit. Which can go?")
        return Refusal("words", message % {"slot": slot.label, "count": count, "most": slot.words}, "text")
    return None


def why_not_sort(slot: Slot, text: str) -> Refusal | None:
    if measured(slot, text) is not None:
        return None
    messages = {
        "choice": _("“%s” has no such choice. Take one of the list."),
        "number": _("“%s” is a number, such as 12 or 3.5."),
        "date": _("“%s” is a date, such as 2026-09-30."),
    }
    return Refusal(slot.sort, messages[slot.sort] % slot.label, "text")


def why_not_more(slot: Slot, text: str, beside: Mapping[str, Any], settings: Settings) -> Refusal | None:
    """A range has two ends, and they stand in order, whichever is written first."""
    for low, high in ((slot_named(slot.more_than, settings), slot), *((slot, s) for s in settings.slots)):
        if low is None or high.more_than != low.key:
            continue
        values = {**beside, slot.key: text}
        first, second = (measured(each, str(values.get(each.key, ""))) for each in (low, high))
        if first is not None and second is not None and not first < second:
            message = _("“%(high)s” has to be more than “%(low)s”: a range has two ends.")
            return Refusal("range", message % {"high": high.label, "low": low.label}, "text")
    return None


def measured(slot: Slot, text: str) -> Any:
    """What the words are worth in a slot of this sort; None when they do not fit."""
    try:
        match slot.sort:
            case "number":
                number = Decimal(text.replace(",", "."))
                return number if number.is_finite() else None
            case "date":
                return date.fromisoformat(text)
            case "choice":
                return text if text in slot.choices else None
    except (InvalidOperation, ValueError):
        return None
    return text


def why_not_take(act: Take, state: State, scene: Scene) -> Refusal | None:
    if refusal := cards.why_not_this_card(act.card, scene):
        return refusal
    key = statement_of(act.card, state)
    fields = words_of(act.card, state, scene.cards)
    given = {act.slot: fields[act.slot]} if act.slot in fields else {} if act.slot else fields
    if key is None or not given or (scene.now_step.hidden and act.card not in mine_of(state, scene.by)):
        return Refusal("nothing", _("There are no words here that you could take. Reload the page."))
    now = card_of(key, state, scene.cards)
    beside = {**(now.fields if now else {}), **given}
    faults = (why_not_fills(slot, str(text), beside, scene) for slot, text in given.items())
    return why_not_statement(key, state, scene) or next((fault for fault in faults if fault is not None), None)


def why_not_save(key: str, state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_statement(key, state, scene):
        return refusal
    card = card_of(key, state, scene.cards)
    if card is None:
        return Refusal("empty", _("Nothing is written yet. Fill the gaps first, then save."))
    versions = [scene.cards[id_] for id_ in state.versions.get(key, []) if id_ in scene.cards]
    if versions and versions[-1].fields == card.fields:
        return Refusal("same", _("Nothing has changed since version %s.") % len(state.versions[key]))
    return None


def why_not_withdraw(card_id: str, state: State, scene: Scene) -> Refusal | None:
    is_saved = any(card_id in ids for ids in state.versions.values()) or card_id in state.statements.values()
    if is_saved or statement_of(card_id, state) is None:
        return Refusal("shared", _("This belongs to the whole team. Change its words instead."))
    return cards.why_not_change(card_id, scene)


def why_not_vote(card_id: str, state: State, scene: Scene) -> Refusal | None:
    if refusal := cards.why_not_this_card(card_id, scene):
        return refusal
    given = state.votes.get(scene.by.id, [])
    if card_id not in candidates(state):
        return Refusal("no-choice", _("Votes go to drafts and versions. Choose one of those."))
    if card_id in given:
        return Refusal("one-card", _("Your vote is on this one already. Choose another one."))
    if len(given) >= scene.now_step.votes:
        message = _("You have given all %s votes. Take one back to give it elsewhere.")
        return Refusal("spent", message % scene.now_step.votes)
    return None
