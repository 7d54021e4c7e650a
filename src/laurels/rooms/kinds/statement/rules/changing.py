"""What acts change on statements."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from msgspec.structs import replace as with_

from laurels.rooms.kinds import cards
from laurels.rooms.kinds.cards import Withdraw
from laurels.rooms.kinds.scene import Outcome, Scene
from laurels.rooms.kinds.statement.rules.reading import (
    card_of,
    filled,
    given_words,
    is_overtaken,
    is_proposal,
    offered_words,
    path,
    slot_part,
    slot_parts,
    statement_of,
    words_of,
)
from laurels.rooms.kinds.statement.state import Act, Draft, Save, State, Take, Unvote, Vote, Write


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case Write():
            return write(act, state, scene)
        case Draft():
            return draft(act, state, scene)
        case Take():
            return take(act, state, scene)
        case Save(statement=key):
            return save(key, state, scene)
        case Withdraw(card=card):
            return withdraw(card, state, scene)
        case Vote(card=card):
            votes = state.votes | {scene.by.id: [*state.votes.get(scene.by.id, []), card]}
            return Outcome(with_(state, votes=votes), touched=("tally",), deeds=(("vote", card),))
        case Unvote(card=card):
            votes = state.votes | {scene.by.id: [id_ for id_ in state.votes.get(scene.by.id, []) if id_ != card]}
            return Outcome(with_(state, votes=votes), touched=("tally",))


def write(act: Write, state: State, scene: Scene) -> Outcome:
    """The words stand in the slot; or beside it, when the slot changed since the writer saw it."""
    where = path(act.statement, act.slot)
    if is_overtaken(act, state, scene):
        card = cards.new_card(scene, act.text, sort="proposal")
        state = with_(state, proposals=state.proposals | {where: [*state.proposals.get(where, []), card.id]})
        return Outcome(state, cards=(card,), touched=(slot_part(where),), deeds=(("slot", where),))
    outcome = _filled(act.statement, {act.slot: act.text}, state, scene)
    return replace(outcome, deeds=(("slot", where),) if outcome.cards else ())


def _filled(key: str, given: Mapping[str, Any], state: State, scene: Scene) -> Outcome:
    """The shared card with these words in it; unchanged words change nothing."""
    before = card_of(key, state, scene.cards) or cards.new_card(scene, "", sort=scene.settings.sort)
    changed = {slot: text for slot, text in given.items() if before.fields.get(slot) != text}
    if not changed:
        return Outcome(state)
    paths = [path(key, slot) for slot in changed]
    state = with_(
        state,
        statements=state.statements | {key: before.id},
        revisions=state.revisions | {where: state.revisions.get(where, 0) + 1 for where in paths},
    )
    parts = (*map(slot_part, paths), f"sentence:{key}")
    return Outcome(state, cards=(filled(before, changed, scene.plan),), touched=parts)


def draft(act: Draft, state: State, scene: Scene) -> Outcome:
    """One's own draft takes the place of one's earlier one."""
    mine = state.drafts.get(scene.by.id, {})
    known = scene.cards.get(mine.get(act.statement, ""))
    blank = replace(known, fields={}) if known else cards.new_card(scene, "", sort="draft")
    card = filled(blank, given_words(act), scene.plan)
    state = with_(state, drafts=state.drafts | {scene.by.id: mine | {act.statement: card.id}})
    slots = {*card.fields, *(known.fields if known else ())}
    seen = () if scene.now_step.hidden else (f"drafts:{act.statement}", *slot_parts(act.statement, slots))
    return Outcome(state, cards=(card,), touched=("tally", *seen), deeds=(("draft", act.statement),))


def take(act: Take, state: State, scene: Scene) -> Outcome:
    """The words become the shared ones. What they push out, and nobody else has, stays beside the slot."""
    key = statement_of(act.card, state) or ""
    fields = words_of(act.card, state, scene.cards)
    given = {act.slot: fields[act.slot]} if act.slot else fields
    before = card_of(key, state, scene.cards)
    outcome = _filled(key, given, state, scene)
    state, proposals, made = outcome.state, dict(outcome.state.proposals), list(outcome.cards)
    for nth, slot in enumerate(given, start=1):
        where, old = path(key, slot), before.fields.get(slot, "") if before else ""
        left = [id_ for id_ in proposals.get(where, []) if id_ != act.card]
        if old and old != given[slot] and old not in offered_words(key, slot, state, scene.cards):
            card = cards.new_card(scene, old, sort="proposal", nth=nth)
            left, made = [*left, card.id], [*made, card]
        proposals[where] = left
    gone = (act.card,) if is_proposal(act.card, state) else ()
    parts = (*slot_parts(key, given), f"sentence:{key}")
    return Outcome(with_(state, proposals=proposals), tuple(made), gone, parts, (("take", act.card),))


def save(key: str, state: State, scene: Scene) -> Outcome:
    now = scene.cards[state.statements[key]]
    card = cards.new_card(scene, now.text, sort="version", origin=now.id, **now.fields)
    ids = [*state.versions.get(key, []), card.id]
    state = with_(state, versions=state.versions | {key: ids})
    return Outcome(state, (card,), (), (f"versions:{key}",), (("version", f"{key}.{len(ids)}"),))


def withdraw(card_id: str, state: State, scene: Scene) -> Outcome:
    key = statement_of(card_id, state) or ""
    slots = words_of(card_id, state, scene.cards)
    proposals = {where: [id_ for id_ in ids if id_ != card_id] for where, ids in state.proposals.items()}
    drafts = {hand: {k: id_ for k, id_ in mine.items() if id_ != card_id} for hand, mine in state.drafts.items()}
    votes = {hand: [id_ for id_ in ids if id_ != card_id] for hand, ids in state.votes.items()}
    state = with_(state, proposals=proposals, drafts=drafts, votes=votes)
    return Outcome(state, (), (card_id,), ("tally", f"drafts:{key}", *slot_parts(key, slots)))


def total(name: str, state: State) -> int:
    """``statements``: how many have words."""
    return {"statements": len(state.statements)}.get(name, 1)
