"""What of a tree is drawn, and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage
from laurels.rooms.kinds.tree import rules
from laurels.rooms.kinds.tree.state import Level, State


@dataclass(frozen=True, slots=True)
class Node:
    """A card with its branch. ``card`` is None when it was moderated and others still hang on it."""

    id: str
    card: Card | None
    level: Level
    into: str
    after: str
    branch: tuple["Node", ...]
    votes: int = 0
    author: str = ""
    may_vote: bool = False


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    what, _colon, key = name.partition(":")
    match what:
        case "canvas":
            context = {"roots": _roots(stage, eyes), "loose": _loose(stage, eyes), **_counts(stage), **_tally(stage)}
            return Part("tree/parts/canvas.html", context)
        case "counts":
            return Part("tree/parts/counts.html", _counts(stage))
        case "tally":
            return Part("tree/parts/tally.html", _tally(stage))
        case "card":
            node = _found(key, [*_roots(stage, eyes), *_loose(stage, eyes)])
            return Part("tree/parts/card.html", {"node": node}) if node else None
    return None


def own(stage: Stage, hand: Hand) -> Part:
    """Grow here; and what only the writer sees: their hidden cards, their votes."""
    state: State = stage.state
    voted = [stage.cards[id_] for id_ in state.votes.get(hand.id, []) if id_ in stage.cards]
    mine = [stage.cards[id_] for id_ in state.secret if _is_mine(id_, stage, hand)]
    context = {
        "can_grow": stage.allows("grow"),
        "grows": _grows(stage, hand),
        "mine": [(card, stage.cards.get(state.parents[card.id])) for card in mine] if stage.is_hidden else [],
        "voted": voted,
    }
    return Part("tree/parts/own.html", context)


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    """Everything this person can do with one card, without dragging."""
    state: State = stage.state
    if card_id not in state.levels or card_id not in stage.cards or not _is_seen(card_id, stage, hand):
        return None
    number, levels, card = state.levels[card_id], stage.settings.levels, stage.cards[card_id]
    context = {
        "card": card,
        "level": levels[number],
        "next": levels[number + 1] if number + 1 < len(levels) else None,
        "parents": [each for each in _seen(stage, hand) if state.levels[each.id] == number - 1],
        "parent": state.parents[card_id],
        "is_mine": card.by == hand.id or hand.is_trainer,
        "may": {verb: stage.allows(verb) for verb in ("grow", "edit", "withdraw", "move")},
        "has_branch": bool(rules.children(state, card_id)),
    }
    return Part("tree/parts/sheet.html", context)


def offers(stage: Stage) -> list[Offer]:
    """Cards by level, in each the most wanted first. ``top`` offers all of them, most wanted first."""
    state: State = stage.state
    votes = rules.counted(state)
    ids = [id_ for id_ in state.order if id_ in stage.cards and not _is_secret(id_, stage)]
    ids.sort(key=lambda id_: -votes.get(id_, 0))
    levels = stage.settings.levels
    return [Offer(id_, levels[state.levels[id_]].key) for id_ in ids] + [Offer(id_, "top") for id_ in ids]


def outline(stage: Stage) -> list[Section]:
    sections = tuple(_section(node) for node in _roots(stage, Eyes()))
    loose = tuple(_line(node) for node in _loose(stage, Eyes()))
    found = (*sections, Section(_("Not connected yet"), points=loose)) if loose else sections
    return [Section(stage.plan.title, sections=found)]


def _section(node: Node) -> Section:
    leaves = tuple(_line(child) for child in node.branch if not child.branch)
    return Section(_line(node), points=leaves, sections=tuple(_section(child) for child in node.branch if child.branch))


def _line(node: Node) -> str:
    return f"{node.level.one}: {node.card.text}" if node.card else node.level.one


# What is on the tree


def _roots(stage: Stage, eyes: Eyes) -> list[Node]:
    return _nodes(rules.roots(stage.state), "root", stage, eyes)


def _loose(stage: Stage, eyes: Eyes) -> list[Node]:
    return _nodes(rules.loose(stage.state), "loose", stage, eyes)


def _nodes(ids: Iterable[str], into: str, stage: Stage, eyes: Eyes) -> list[Node]:
    """Siblings as everybody sees them, each with its branch and told after whom it stands."""
    found: list[Node] = []
    for id_ in ids:
        branch = _nodes(rules.children(stage.state, id_), id_, stage, eyes)
        if not _is_secret(id_, stage) and (id_ in stage.cards or branch):
            found.append(_node(id_, into, found[-1].id if found else "", tuple(branch), stage, eyes))
    return found


def _node(id_: str, into: str, after: str, branch: tuple[Node, ...], stage: Stage, eyes: Eyes) -> Node:
    card, number = stage.cards.get(id_), stage.state.levels[id_]
    names = stage.plan.names == "everybody" and not eyes.is_presenter
    author = stage.hands.get(card.by or 0) if card and names else None
    return Node(
        id=id_,
        card=card,
        level=stage.settings.levels[number],
        into=into,
        after=after,
        branch=branch,
        votes=rules.counted(stage.state).get(id_, 0) if stage.now_step.results else 0,
        author=author.name if author else "",
        may_vote=bool(stage.now_step.votes) and rules.is_votable(number, stage.settings, stage.now_step),
    )


def _found(id_: str, nodes: Iterable[Node]) -> Node | None:
    for node in nodes:
        if node.id == id_:
            return node
        if inner := _found(id_, node.branch):
            return inner
    return None


def _counts(stage: Stage) -> dict[str, object]:
    """How many cards each level has, also while some of them are hidden."""
    numbers = [number for id_, number in stage.state.levels.items() if id_ in stage.cards]
    return {"counts": [(level, numbers.count(nth)) for nth, level in enumerate(stage.settings.levels)]}


def _tally(stage: Stage) -> dict[str, object]:
    voted = sum(bool(ids) for ids in stage.state.votes.values())
    return {"has_vote": bool(stage.now_step.votes), "voted": voted}


def _grows(stage: Stage, hand: Hand) -> list[tuple[Level, list[Card | None]]]:
    """Where a new card may go: each level with the cards it can hang on (None: on nothing, the first level)."""
    levels, state = stage.settings.levels, stage.state
    seen = _seen(stage, hand)
    above: list[list[Card | None]] = [[None]]
    above += [[card for card in seen if state.levels[card.id] == nth] for nth in range(len(levels) - 1)]
    open_ = [not level.most or list(state.levels.values()).count(n) < level.most for n, level in enumerate(levels)]
    return [
        (level, parents) for level, parents, is_open in zip(levels, above, open_, strict=True) if parents and is_open
    ]


def _seen(stage: Stage, hand: Hand) -> list[Card]:
    return [stage.cards[id_] for id_ in stage.state.order if id_ in stage.cards and _is_seen(id_, stage, hand)]


def _is_seen(card_id: str, stage: Stage, hand: Hand) -> bool:
    return not _is_secret(card_id, stage) or _is_mine(card_id, stage, hand)


def _is_secret(card_id: str, stage: Stage) -> bool:
    return card_id in stage.state.secret


def _is_mine(card_id: str, stage: Stage, hand: Hand) -> bool:
    return card_id in stage.cards and stage.cards[card_id].by == hand.id
