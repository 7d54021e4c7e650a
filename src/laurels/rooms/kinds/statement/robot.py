"""How a robot takes part in statements: it drafts, votes, takes words over, fills what is open and saves."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.scene import Hand, Stage
from laurels.rooms.kinds.statement.rules import reading
from laurels.rooms.kinds.statement.state import Form, Slot, State
from laurels.rooms.kinds.words import some_words

FIRST_DAY = 9


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """The first thing that is allowed now and still to be done."""
    doings = {"draft": draft, "vote": vote, "take": take, "write": write, "save": save}
    found = (do(stage, hand, luck) for verb, do in doings.items() if stage.allows(verb))
    return next((each for each in found if each is not None), None)


def draft(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """An own wording of each statement, once."""
    mine = stage.state.drafts.get(hand.id, {})
    form = next((each for each in reading.forms(stage.plan) if each.key not in mine), None)
    if form is None:
        return None
    slots = stage.settings.slots
    texts = [words_for(slot, nth, luck) for nth, slot in enumerate(slots)]
    return "draft", {"statement": form.key, "slot": [slot.key for slot in slots], "text": texts}


def vote(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    given = stage.state.votes.get(hand.id, [])
    choice = [id_ for id_ in reading.candidates(stage.state) if id_ in stage.cards and id_ not in given]
    if len(given) >= stage.now_step.votes or not choice:
        return None
    return "vote", {"card": luck.choice(choice)}


def take(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """The draft with most votes becomes the statement, where nothing is written yet."""
    state: State = stage.state
    votes = reading.counted(state)
    for form in reading.forms(stage.plan):
        drafts = sorted(mine[form.key] for mine in state.drafts.values() if form.key in mine)
        drafts = [id_ for id_ in drafts if id_ in stage.cards]
        if not stage.is_hidden and drafts and form.key not in state.statements:
            return "take", {"card": max(drafts, key=lambda id_: votes.get(id_, 0)), "slot": ""}
    return None


def write(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """The next open gap; and once a version is saved, better words for one, so that the next version is another."""
    open_gaps = [(form, nth) for form in reading.forms(stage.plan) for nth in _open(form, stage) if not stage.is_hidden]
    if open_gaps:
        form, nth = open_gaps[0]
        return _written(form, stage.settings.slots[nth], nth, stage, luck)
    return improve(stage, luck)


def improve(stage: Stage, luck: Random) -> Turn | None:
    for form in reading.forms(stage.plan):
        kept, now = stage.state.versions.get(form.key, []), reading.card_of(form.key, stage.state, stage.cards)
        is_same = kept and now and kept[-1] in stage.cards and stage.cards[kept[-1]].fields == now.fields
        nth = next((nth for nth, slot in enumerate(stage.settings.slots) if slot.sort == "text"), None)
        if is_same and nth is not None and len(kept) < _saving_steps(stage):
            return _written(form, stage.settings.slots[nth], nth, stage, luck)
    return None


def save(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """One version in every step that allows it."""
    for form in reading.forms(stage.plan):
        is_begun = form.key in stage.state.statements and not _open(form, stage)
        if is_begun and len(stage.state.versions.get(form.key, [])) < _saving_steps(stage):
            return "save", {"statement": form.key}
    return None


def words_for(slot: Slot, nth: int, luck: Random) -> str:
    """Words that fit; later slots get larger numbers and dates, so that ranges have two ends."""
    match slot.sort:
        case "choice":
            return luck.choice(slot.choices)
        case "number":
            return str((nth + 1) * 10 + luck.randrange(9))
        case "date":
            return f"2026-{FIRST_DAY + nth // 3:02}-{1 + nth % 3 * 10 + luck.randrange(9):02}"
    words = some_words(luck).split()
    return " ".join(words[: slot.words or len(words)])[: slot.letters]


def _written(form: Form, slot: Slot, nth: int, stage: Stage, luck: Random) -> Turn:
    seen = stage.state.revisions.get(reading.path(form.key, slot.key), 0)
    now = reading.card_of(form.key, stage.state, stage.cards)
    words = words_for(slot, nth, luck)
    if now and now.fields.get(slot.key) == words:
        words = f"Soon: {words}" if not slot.words else " ".join(reversed(words.split()))
    return "write", {"statement": form.key, "slot": slot.key, "text": words, "seen": seen}


def _open(form: Form, stage: Stage) -> list[int]:
    card = reading.card_of(form.key, stage.state, stage.cards)
    return [nth for nth, slot in enumerate(stage.settings.slots) if not (card and card.fields.get(slot.key))]


def _saving_steps(stage: Stage) -> int:
    """How many steps so far let people save."""
    return sum("save" in step.allow for step in stage.plan.steps[: stage.step + 1])
