"""What of statements is drawn, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage
from laurels.rooms.kinds.statement.rules import reading
from laurels.rooms.kinds.statement.state import Form, Settings, Slot, State

FOLDER = "statement/parts"


@dataclass(frozen=True, slots=True)
class Gap:
    """A slot of one statement: what stands in it, and what else could."""

    form: Form
    slot: Slot
    words: str
    seen: int
    proposals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A draft or version in one piece; ``fields`` are (label, words)."""

    card: Card
    number: int
    text: str
    fields: tuple[tuple[str, str], ...]
    votes: int
    author: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One statement with everything that belongs to it."""

    form: Form
    text: str
    is_begun: bool
    filled: int
    needed: int
    gaps: tuple[Gap, ...]
    drafts: tuple[Piece, ...]
    versions: tuple[Piece, ...]


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    what, _colon, key = name.partition(":")
    key, _colon, slot_key = key.partition(":")
    if what in {"canvas", "tally"}:
        return Part(f"{FOLDER}/{what}.html", {**_whole(stage, eyes), **_tally(stage)})
    form = next((each for each in reading.forms(stage.plan) if each.key == key), None)
    slot = reading.slot_named(slot_key, stage.settings)
    if form is None:
        return None
    if what == "slot" and slot is not None:
        return Part(f"{FOLDER}/slot.html", {"gap": gap_of(form, slot, stage), "may": may(stage, eyes)})
    if what in {"sentence", "drafts", "versions"}:
        return Part(f"{FOLDER}/{what}.html", {"sheet": sheet_of(form, stage, eyes), "may": may(stage, eyes)})
    return None


def own(stage: Stage, hand: Hand) -> Part:
    """One's own drafts, which nobody else sees until the reveal, and one's own votes."""
    state: State = stage.state
    voted = [stage.cards[id_] for id_ in state.votes.get(hand.id, []) if id_ in stage.cards]
    drafts = [(form, _my_draft(form, stage, hand)) for form in reading.forms(stage.plan)]
    context = {
        "forms": [(form, card, *_filled_in(card, stage.settings)) for form, card in drafts],
        "can_draft": stage.allows("draft"),
        "can_withdraw": stage.allows("withdraw"),
        "is_many": len(drafts) > 1,
        "voted": voted,
        "votes_left": max(0, stage.now_step.votes - len(state.votes.get(hand.id, []))),
    }
    return Part(f"{FOLDER}/own.html", context)


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    """The words in full, and what this person can do with them."""
    card, key = stage.cards.get(card_id), reading.statement_of(card_id, stage.state)
    if card is None or key is None or (stage.is_hidden and card.by != hand.id and card.sort != stage.settings.sort):
        return None
    is_shared = card_id in stage.state.statements.values()
    is_saved = any(card_id in ids for ids in stage.state.versions.values())
    context = {
        "card": card,
        "fields": _labelled(card, stage.settings),
        "can_take": stage.allows("take") and not is_shared and not stage.is_hidden,
        "can_withdraw": stage.allows("withdraw")
        and not is_shared
        and not is_saved
        and (card.by == hand.id or hand.is_trainer),
    }
    return Part(f"{FOLDER}/sheet.html", context)


def offers(stage: Stage) -> list[Offer]:
    """Statements with words in them, each under its key; those that are whole also as ``finished``."""
    made = [(form, card) for form in reading.forms(stage.plan) if (card := _card(form, stage))]
    finished = [card for _form, card in made if reading.is_finished(card, stage.settings)]
    return [Offer(card.id, form.key) for form, card in made] + [Offer(card.id, "finished") for card in finished]


def outline(stage: Stage) -> list[Section]:
    shown = [(form, card) for form in reading.forms(stage.plan) if (card := _card(form, stage))]
    pieces = tuple(_section(form, card, stage) for form, card in shown)
    if len(reading.forms(stage.plan)) > 1:
        return [Section(stage.plan.title, sections=pieces)]
    return list(pieces)


def _section(form: Form, card: Card, stage: Stage) -> Section:
    rows = _labelled(card, stage.settings)
    if not stage.settings.sentence:
        return Section(form.title, columns=("", ""), rows=rows)
    versions = [stage.cards[id_] for id_ in stage.state.versions.get(form.key, []) if id_ in stage.cards]
    said = [reading.said(each.fields, stage.settings) for each in versions]
    points = tuple(f"v{nth}: {words}" for nth, words in enumerate(said, start=1))
    return Section(form.title, (reading.said(card.fields, stage.settings),), points, ("", ""), rows)


def sheet_of(form: Form, stage: Stage, eyes: Eyes) -> Sheet:
    settings: Settings = stage.settings
    card = _card(form, stage)
    fields = card.fields if card else {}
    needed = [slot for slot in settings.slots if slot.needed]
    drafts = [mine[form.key] for mine in stage.state.drafts.values() if form.key in mine]
    return Sheet(
        form=form,
        text=reading.said(fields, settings),
        is_begun=card is not None,
        filled=sum(bool(fields.get(slot.key)) for slot in needed),
        needed=len(needed),
        gaps=tuple(gap_of(form, slot, stage) for slot in settings.slots),
        drafts=() if stage.is_hidden else _pieces(sorted(drafts), stage, eyes),
        versions=_pieces(stage.state.versions.get(form.key, []), stage, eyes),
    )


def gap_of(form: Form, slot: Slot, stage: Stage) -> Gap:
    """With what is offered for it, except the words that stand in it already."""
    card = _card(form, stage)
    words = str(card.fields.get(slot.key, "")) if card else ""
    offered = {} if stage.is_hidden else reading.offered_words(form.key, slot.key, stage.state, stage.cards)
    seen = stage.state.revisions.get(reading.path(form.key, slot.key), 0)
    return Gap(form, slot, words, seen, tuple((id_, text) for text, id_ in offered.items() if text != words))


def may(stage: Stage, eyes: Eyes) -> dict[str, bool]:
    """What the step allows; the presenter's wall has no forms."""
    verbs = ("write", "take", "save", "vote")
    return {verb: stage.allows(verb) and not eyes.is_presenter for verb in verbs} | {"draft": stage.allows("draft")}


def _whole(stage: Stage, eyes: Eyes) -> dict[str, object]:
    beside = dict.fromkeys(id_ for id_, into in stage.state.brought if not into)
    brought = [stage.cards[id_] for id_ in beside if id_ in stage.cards]
    sheets = [sheet_of(form, stage, eyes) for form in reading.forms(stage.plan)]
    return {"sheets": sheets, "brought": brought, "may": may(stage, eyes), "is_many": len(sheets) > 1}


def _tally(stage: Stage) -> dict[str, object]:
    """How many have drafted or voted, never who or what."""
    state: State = stage.state
    drafted = sum(any(id_ in stage.cards for id_ in mine.values()) for mine in state.drafts.values())
    return {
        "is_drafting": stage.is_hidden and stage.allows("draft"),
        "drafted": drafted,
        "has_vote": bool(stage.now_step.votes),
        "voted": sum(bool(ids) for ids in state.votes.values()),
    }


def _pieces(ids: Sequence[str], stage: Stage, eyes: Eyes) -> tuple[Piece, ...]:
    votes = reading.counted(stage.state) if stage.now_step.results else {}
    is_named = stage.plan.names == "everybody" and not eyes.is_presenter
    return tuple(
        _piece(stage.cards[id_], nth, votes.get(id_, 0), stage, is_named)
        for nth, id_ in enumerate(ids, start=1)
        if id_ in stage.cards
    )


def _piece(card: Card, number: int, votes: int, stage: Stage, is_named: bool) -> Piece:
    author = stage.hands.get(card.by or 0) if is_named and card.sort == "draft" else None
    text = reading.said(card.fields, stage.settings) if stage.settings.sentence else ""
    return Piece(card, number, text, _labelled(card, stage.settings), votes, author.name if author else "")


def _card(form: Form, stage: Stage) -> Card | None:
    return reading.card_of(form.key, stage.state, stage.cards)


def _my_draft(form: Form, stage: Stage, hand: Hand) -> Card | None:
    return stage.cards.get(stage.state.drafts.get(hand.id, {}).get(form.key, ""))


def _filled_in(card: Card | None, settings: Settings) -> tuple[list[tuple[Slot, str]], str]:
    """Each slot with one's words in it, and all of it as a sentence."""
    fields = card.fields if card else {}
    said = reading.said(fields, settings) if card and settings.sentence else ""
    return [(slot, str(fields.get(slot.key, ""))) for slot in settings.slots], said


def _labelled(card: Card, settings: Settings) -> tuple[tuple[str, str], ...]:
    given = [(slot.label, str(card.fields.get(slot.key, ""))) for slot in settings.slots]
    return tuple((label, words) for label, words in given if words)
