"""Where things of a statement are, and how it reads in one piece."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from string import Formatter
from typing import Any

from laurels.rooms.kinds.scene import Card, Hand, Plan, Scene
from laurels.rooms.kinds.statement.state import ONLY, Draft, Form, Settings, Slot, State, Write


def forms(plan: Plan) -> tuple[Form, ...]:
    """The statements of an exercise; without a list of them there is one, called like the exercise."""
    statements: tuple[Form, ...] = plan.settings.statements
    return statements or (Form(ONLY, plan.title),)


def gaps(sentence: str) -> list[str]:
    """The slots a sentence names."""
    return [name for _words, name, _format, _conversion in Formatter().parse(sentence) if name]


def slot_named(key: str, settings: Settings) -> Slot | None:
    return next((slot for slot in settings.slots if slot.key == key), None)


def path(statement: str, slot: str) -> str:
    return f"{statement}.{slot}"


def card_of(key: str, state: State, among: Mapping[str, Card]) -> Card | None:
    """The shared card of a statement; None while nobody has written."""
    return among.get(state.statements.get(key, ""))


def statement_of(card_id: str, state: State) -> str | None:
    """The statement a draft, proposal, version or shared card belongs to."""
    kept = [(key, id_) for mine in state.drafts.values() for key, id_ in mine.items()]
    kept += [(where.partition(".")[0], id_) for where, ids in state.proposals.items() for id_ in ids]
    kept += [(key, id_) for key, ids in state.versions.items() for id_ in ids]
    kept += list(state.statements.items())
    return next((key for key, id_ in kept if id_ == card_id), None)


def is_overtaken(act: Write, state: State, scene: Scene) -> bool:
    now = card_of(act.statement, state, scene.cards)
    is_other = now is not None and now.fields.get(act.slot, "") != act.text
    return is_other and act.seen != state.revisions.get(path(act.statement, act.slot), 0)


def is_proposal(card_id: str, state: State) -> bool:
    return any(card_id in ids for ids in state.proposals.values())


def words_of(card_id: str, state: State, among: Mapping[str, Card]) -> dict[str, str]:
    """What a card would put into which slot."""
    where = next((where for where, ids in state.proposals.items() if card_id in ids), None)
    if where is not None:
        return {where.partition(".")[2]: among[card_id].text}
    return {slot: str(text) for slot, text in among[card_id].fields.items()}


def offered_words(key: str, slot: str, state: State, among: Mapping[str, Card]) -> dict[str, str]:
    """Words that could stand in a slot → the first card that has them: drafts, then proposals, then versions."""
    ids = [mine[key] for _hand, mine in sorted(state.drafts.items()) if key in mine]
    ids += [*state.proposals.get(path(key, slot), []), *reversed(state.versions.get(key, []))]
    found: dict[str, str] = {}
    for id_ in ids:
        if id_ in among and (words := words_of(id_, state, among).get(slot)):
            found.setdefault(words, id_)
    return found


def candidates(state: State) -> list[str]:
    """What can be voted on; the order of ids tells nothing about who wrote first."""
    drafts = [id_ for mine in state.drafts.values() for id_ in mine.values()]
    return sorted([*drafts, *(id_ for ids in state.versions.values() for id_ in ids)])


def counted(state: State) -> dict[str, int]:
    """Votes on each card."""
    given = [id_ for ids in state.votes.values() for id_ in ids]
    return {id_: given.count(id_) for id_ in given}


def filled(card: Card, given: Mapping[str, Any], plan: Plan) -> Card:
    """The card with these slots filled, and its text said anew."""
    fields = {**card.fields, **given}
    ordered = {slot.key: fields[slot.key] for slot in plan.settings.slots if slot.key in fields}
    return replace(card, fields=ordered, text=called(ordered, plan.settings))


def said(fields: Mapping[str, Any], settings: Settings) -> str:
    """A statement in one piece: its sentence, with dots in open gaps; without a sentence, what it is called."""
    if settings.sentence:
        words = {key: fields.get(key) or "…" for key in gaps(settings.sentence)}
        return settings.sentence.format_map(words).replace("….", "…")
    return called(fields, settings)


def called(fields: Mapping[str, Any], settings: Settings) -> str:
    """What a card says of it: the slot that names it, or its sentence, or its first words."""
    first = str(next(iter(fields.values()), ""))
    if settings.named_by:
        return str(fields.get(settings.named_by) or first)
    return said(fields, settings) if settings.sentence else first


def is_finished(card: Card, settings: Settings) -> bool:
    return all(card.fields.get(slot.key) for slot in settings.slots if slot.needed)


def given_words(act: Draft) -> dict[str, str]:
    return {slot: text for slot, text in zip(act.slot, act.text, strict=True) if text}


def mine_of(state: State, hand: Hand) -> set[str]:
    return set(state.drafts.get(hand.id, {}).values())


def slot_part(where: str) -> str:
    return f"slot:{where.replace('.', ':')}"


def slot_parts(key: str, slots: Iterable[str]) -> tuple[str, ...]:
    return tuple(slot_part(path(key, slot)) for slot in sorted(slots))
