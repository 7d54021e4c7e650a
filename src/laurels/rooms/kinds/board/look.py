"""What of a board is drawn, and for whom."""

from dataclasses import dataclass

from laurels.rooms.kinds.board import rules
from laurels.rooms.kinds.board.state import TOP, Best, Settings, State, Tone, Zone
from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage

SCALE = range(TOP + 1)


@dataclass(frozen=True, slots=True)
class Note:
    """A card as it lies on the board, with what lies under it."""

    card: Card
    zone: str
    after: str
    number: int
    votes: int
    tone: Tone | None
    under: tuple[Card, ...]
    x: int = 0
    y: int = 0
    belongs: str = ""
    is_right: bool = False
    author: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A zone with its notes; nothing but their number while they are hidden."""

    zone: Zone
    notes: tuple[Note, ...]
    count: int


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    what, _colon, key = name.partition(":")
    match what:
        case "canvas":
            context = {"places": places(stage, eyes), "may_place": stage.allows("place")}
            return Part("board/parts/canvas.html", {**context, **_tally(stage), **_plot(stage, eyes)})
        case "count":
            zone = rules.zone_named(stage.settings, key)
            return Part("board/parts/count.html", {"place": _place(zone, stage, eyes)}) if zone else None
        case "card":
            note = note_of(key, stage, eyes) if is_seen(key, stage) else None
            return Part("board/parts/card.html", {"note": note}) if note else None
        case "tally":
            return Part("board/parts/tally.html", _tally(stage))
        case "plot" if stage.settings.axes:
            return Part("board/parts/plot.html", _plot(stage, eyes))
    return None


def own(stage: Stage, hand: Hand) -> Part:
    """Write here; and what only the writer sees: their hidden cards, their votes."""
    state: State = stage.state
    mine = [stage.cards[id_] for ids in state.zones.values() for id_ in ids if _is_secret(id_, stage, hand)]
    voted = [stage.cards[id_] for id_ in state.votes.get(hand.id, []) if id_ in stage.cards]
    context = {
        "zones": stage.settings.zones,
        "can_write": stage.allows("write"),
        "mine": mine,
        "voted": voted,
        "votes_left": stage.now_step.votes - len(state.votes.get(hand.id, [])),
        "scale": SCALE,
    }
    return Part("board/parts/own.html", context)


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    """Everything this person can do with one card, without dragging."""
    note = note_of(card_id, stage, Eyes())
    if note is None or not (is_seen(card_id, stage) or note.card.by == hand.id):
        return None
    others = [each for place in places(stage, Eyes()) for each in place.notes if each.card.id != card_id]
    context = {
        "note": note,
        "is_mine": note.card.by == hand.id or hand.is_trainer,
        "zones": stage.settings.zones,
        "others": others,
        "scale": SCALE,
        "may": {verb: stage.allows(verb) for verb in ("edit", "withdraw", "place", "merge", "colour")},
        "may_vote": stage.allows("vote"),
    }
    return Part("board/parts/sheet.html", context)


def offers(stage: Stage) -> list[Offer]:
    """Cards by zone; in each the most wanted first. ``top`` offers all of them, most wanted first; what the settings
    call best on the axes comes under its own name."""
    state: State = stage.state
    votes = rules.counted(state)
    lying = [(key, id_) for key, ids in state.zones.items() for id_ in ids if id_ in stage.cards]
    lying.sort(key=lambda pair: -votes.get(pair[1], 0))
    ids = [id_ for _key, id_ in lying]
    best = [Offer(id_, each.place) for each in stage.settings.best for id_ in _by_merit(ids, each, state)]
    return [Offer(id_, key) for key, id_ in lying] + [Offer(id_, "top") for id_ in ids] + best


def _by_merit(ids: list[str], best: Best, state: State) -> list[str]:
    return sorted(ids, key=lambda id_: -rules.merit(best, state, id_))


def outline(stage: Stage) -> list[Section]:
    shown = places(stage, Eyes())
    if stage.settings.axes:
        axes = stage.settings.axes
        rows = tuple((note.card.text, str(note.x), str(note.y)) for place in shown for note in place.notes)
        return [Section(stage.plan.title, columns=("Card", axes.x.title, axes.y.title), rows=rows)]
    zones = tuple(Section(place.zone.title, points=tuple(map(_line, place.notes))) for place in shown if place.notes)
    return [Section(stage.plan.title, sections=zones)]


def places(stage: Stage, eyes: Eyes) -> list[Place]:
    return [_place(zone, stage, eyes) for zone in stage.settings.zones]


def note_of(card_id: str, stage: Stage, eyes: Eyes) -> Note | None:
    """The note with this card on top; None when it lies under another, was withdrawn or hidden."""
    key = rules.zone_of(stage.state, card_id)
    if key is None or card_id not in stage.cards:
        return None
    ids = [id_ for id_ in stage.state.zones[key] if id_ == card_id or (id_ in stage.cards and is_seen(id_, stage))]
    return _note(ids, ids.index(card_id), key, stage, eyes, rules.counted(stage.state))


def is_seen(card_id: str, stage: Stage) -> bool:
    """While people write in silence, only what was there before lies open."""
    return not stage.is_hidden or card_id in stage.state.known


def _place(zone: Zone, stage: Stage, eyes: Eyes) -> Place:
    ids = [id_ for id_ in stage.state.zones.get(zone.key, []) if id_ in stage.cards]
    seen, votes = [id_ for id_ in ids if is_seen(id_, stage)], rules.counted(stage.state)
    return Place(zone, tuple(_note(seen, nth, zone.key, stage, eyes, votes) for nth in range(len(seen))), len(ids))


def _note(ids: list[str], nth: int, key: str, stage: Stage, eyes: Eyes, votes: dict[str, int]) -> Note:
    state, settings, card = stage.state, stage.settings, stage.cards[ids[nth]]
    spot = state.spots.get(card.id)
    tone = next((each for each in settings.legend if each.key == state.tones.get(card.id)), None)
    belongs = rules.zone_named(settings, state.belongs.get(card.id, "")) if stage.now_step.solution else None
    author = stage.hands.get(card.by or 0) if stage.plan.names == "everybody" and not eyes.is_presenter else None
    return Note(
        card=card,
        zone=key,
        after=ids[nth - 1] if nth else "",
        number=nth + 1,
        votes=votes.get(card.id, 0) if stage.now_step.results else 0,
        tone=tone,
        under=tuple(stage.cards[id_] for id_ in state.merged.get(card.id, []) if id_ in stage.cards),
        x=spot.x if spot else TOP // 2,
        y=spot.y if spot else TOP // 2,
        belongs=belongs.title if belongs else "",
        is_right=belongs is not None and belongs.key == key,
        author=author.name if author else "",
    )


def _tally(stage: Stage) -> dict[str, object]:
    """How many have voted: the votes themselves stay closed until a step shows the results."""
    voted = sum(bool(ids) for ids in stage.state.votes.values())
    return {"has_vote": bool(stage.now_step.votes), "voted": voted}


def _plot(stage: Stage, eyes: Eyes) -> dict[str, object]:
    settings: Settings = stage.settings
    if settings.axes is None:
        return {"axes": None}
    dots = _place(settings.zones[0], stage, eyes).notes
    return {"axes": settings.axes, "dots": [(dot, 30 + dot.x * 34, 370 - dot.y * 34) for dot in dots], "is_plane": True}


def _is_secret(card_id: str, stage: Stage, hand: Hand) -> bool:
    return card_id in stage.cards and stage.cards[card_id].by == hand.id and not is_seen(card_id, stage)


def _line(note: Note) -> str:
    words = [note.card.text, *(f"(+ {card.text})" for card in note.under)]
    return " ".join(words)
