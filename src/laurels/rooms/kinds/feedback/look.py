"""What of a feedback wall is drawn, and for whom."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from laurels.rooms.kinds.feedback.state import Choice, Shelf, Sort, State
from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage


@dataclass(frozen=True, slots=True)
class Left:
    """A note as it hangs there, with what the team made of it."""

    card: Card
    sort: Sort
    after: str
    answer: Card | None
    change: Card | None
    author: str


@dataclass(frozen=True, slots=True)
class Column:
    """A sort with its notes; nothing but their number while they are hidden."""

    sort: Sort
    notes: tuple[Left, ...]
    count: int


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    what, _colon, key = name.partition(":")
    match what:
        case "canvas":
            context = {"columns": columns(stage, eyes), **_stand(stage), **_progress(stage), **_decision(stage)}
            return Part("feedback/parts/canvas.html", context)
        case "stand":
            return Part("feedback/parts/stand.html", _stand(stage))
        case "note":
            left = None if stage.is_hidden else left_of(key, stage, eyes)
            return Part("feedback/parts/note.html", {"left": left}) if left else None
        case "count":
            found = [column for column in columns(stage, eyes) if column.sort.key == key]
            return Part("feedback/parts/count.html", {"column": found[0]}) if found else None
        case "progress":
            return Part("feedback/parts/progress.html", _progress(stage))
        case "decision":
            return Part("feedback/parts/decision.html", _decision(stage))
    return None


def own(stage: Stage, hand: Hand) -> Part:
    """Leave a note, show something, decide; and the own notes while nobody else sees them."""
    state: State = stage.state
    hung = [id_ for ids in state.notes.values() for id_ in ids if id_ in stage.cards]
    mine = [stage.cards[id_] for id_ in hung if stage.cards[id_].by == hand.id]
    context = {
        "may": {verb: stage.allows(verb) for verb in ("note", "show", "decide")},
        "mine": mine if stage.is_hidden else [],
    }
    return Part("feedback/parts/own.html", context)


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    card, state = stage.cards.get(card_id), stage.state
    here = card_id in state.written or card_id in state.changes.values()
    left = left_of(card_id, stage, Eyes())
    if card is None or not (here or left):
        return None
    is_mine = card.by == hand.id or hand.is_trainer
    if left and stage.is_hidden and card.by != hand.id:
        return None
    context = {
        "card": card,
        "left": left,
        "is_mine": is_mine,
        "may": {verb: stage.allows(verb) for verb in ("edit", "withdraw", "sort", "answer", "change")},
    }
    return Part("feedback/parts/sheet.html", context)


def offers(stage: Stage) -> list[Offer]:
    """Changes first, then notes by sort, the decision's reason, and what was shown."""
    state: State = stage.state
    notes = [(id_, sort) for sort, ids in state.notes.items() for id_ in ids]
    found = [(id_, "change") for id_ in state.changes.values()] + [pair for pair in notes if pair[1] != "change"]
    found += [(id_, "wanted") for id_, sort in notes if sort == "change"]
    found += [(state.reason, "decision"), *((id_, "shown") for ids in state.stand.values() for id_ in ids)]
    return [Offer(id_, place) for id_, place in found if id_ in stage.cards]


def outline(stage: Stage) -> list[Section]:
    parts = tuple(Section(each.sort.title, points=tuple(map(_line, each.notes))) for each in columns(stage, Eyes()))
    changes = tuple(stage.cards[id_].text for id_ in stage.state.changes.values() if id_ in stage.cards)
    made = (Section(_("What we change"), points=changes),) if changes else ()
    choice, reason = _choice(stage), stage.cards.get(stage.state.reason)
    words = (f"{choice.title}: {reason.text}",) if choice and reason else ()
    return [Section(stage.plan.title, words=words, sections=tuple(each for each in parts if each.points) + made)]


def columns(stage: Stage, eyes: Eyes) -> list[Column]:
    return [_column(sort, stage, eyes) for sort in stage.settings.sorts]


def left_of(card_id: str, stage: Stage, eyes: Eyes) -> Left | None:
    for column in stage.settings.sorts:
        ids = [id_ for id_ in stage.state.notes[column.key] if id_ in stage.cards]
        if card_id in ids:
            return _left(ids, ids.index(card_id), column, stage, eyes)
    return None


def _column(sort: Sort, stage: Stage, eyes: Eyes) -> Column:
    ids = [id_ for id_ in stage.state.notes[sort.key] if id_ in stage.cards]
    shown = range(0 if stage.is_hidden else len(ids))
    return Column(sort, tuple(_left(ids, nth, sort, stage, eyes) for nth in shown), len(ids))


def _left(ids: list[str], nth: int, sort: Sort, stage: Stage, eyes: Eyes) -> Left:
    state, card = stage.state, stage.cards[ids[nth]]
    author = stage.hands.get(card.by or 0) if stage.plan.names == "everybody" and not eyes.is_presenter else None
    return Left(
        card=card,
        sort=sort,
        after=ids[nth - 1] if nth else "",
        answer=stage.cards.get(state.answers.get(card.id, "")),
        change=stage.cards.get(state.changes.get(card.id, "")),
        author=author.name if author else "",
    )


def _stand(stage: Stage) -> dict[str, object]:
    state: State = stage.state
    held: list[tuple[Shelf, list[Card]]] = [
        (shelf, [stage.cards[id_] for id_ in state.stand[shelf.key] if id_ in stage.cards])
        for shelf in stage.settings.shelves
    ]
    return {"shelves": [pair for pair in held if pair[1]], "written": state.written}


def _progress(stage: Stage) -> dict[str, object]:
    hung = [id_ for ids in stage.state.notes.values() for id_ in ids if id_ in stage.cards]
    return {"hung": len(hung), "answered": sum(id_ in stage.state.answers for id_ in hung)}


def _choice(stage: Stage) -> Choice | None:
    return next((each for each in stage.settings.choices if each.key == stage.state.choice), None)


def _decision(stage: Stage) -> dict[str, object]:
    return {"choice": _choice(stage), "reason": stage.cards.get(stage.state.reason)}


def _line(left: Left) -> str:
    return f"{left.card.text} → {left.answer.text}" if left.answer else left.card.text
