"""What of a backlog is drawn, and for whom."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.rooms.kinds.backlog import rules
from laurels.rooms.kinds.backlog.state import INVEST, State
from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage

LETTERS = dict(
    zip(
        INVEST,
        [gettext_lazy(word) for word in ("Independent", "Negotiable", "Valuable", "Estimable", "Small", "Testable")],
        strict=True,
    )
)
REASONS = {
    "spike": gettext_lazy("Spike: learn first"),
    "paths": gettext_lazy("Paths: one way through"),
    "interfaces": gettext_lazy("Interfaces: one device or surface"),
    "data": gettext_lazy("Data: one sort of data"),
    "rules": gettext_lazy("Rules: one rule left out"),
}


@dataclass(frozen=True, slots=True)
class Row:
    card: Card
    criteria: list[str]
    remarks: tuple[str, ...]
    checks: int
    is_ready: bool
    is_split: bool
    parent: str
    reason: Any
    author: str


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    return Part("backlog/parts/canvas.html", {"rows": rows(stage, eyes)}) if name == "canvas" else None


def own(stage: Stage, hand: Hand) -> Part:
    return Part("backlog/parts/own.html", {"may_write": stage.allows("item")})


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    row = next((each for each in rows(stage, Eyes()) if each.card.id == card_id), None)
    if row is None:
        return None
    context = {
        "row": row,
        "is_mine": row.card.by == hand.id or hand.is_trainer,
        "may_check": stage.allows("check") and row.card.by != hand.id,
        "may": {verb: stage.allows(verb) for verb in ("refine", "criterion", "drop", "child", "shift", "edit")},
        "may_withdraw": stage.allows("withdraw") and not row.is_split,
        "letters": LETTERS.items(),
        "reasons": REASONS.items(),
    }
    return Part("backlog/parts/sheet.html", context)


def offers(stage: Stage) -> list[Offer]:
    """What flows on, in order: ``items`` are all that were not split, ``ready`` those that are ready."""
    flowing = [row for row in rows(stage, Eyes()) if not row.is_split]
    ready = [Offer(row.card.id, "ready") for row in flowing if row.is_ready]
    return [Offer(row.card.id, "items") for row in flowing] + ready


def outline(stage: Stage) -> list[Section]:
    columns = (_("Item"), _("Outcome"), _("Measure"), _("Acceptance criteria"))
    lines = tuple(
        (row.card.text, _word(row, "outcome"), _word(row, "measure"), "; ".join(row.criteria))
        for row in rows(stage, Eyes())
        if not row.is_split
    )
    return [Section(stage.plan.title, columns=columns, rows=lines)]


def _word(row: Row, name: str) -> str:
    return str(row.card.fields.get(name, ""))


def rows(stage: Stage, eyes: Eyes) -> list[Row]:
    return [_row(stage.cards[id_], stage, eyes) for id_ in stage.state.items if id_ in stage.cards]


def _row(card: Card, stage: Stage, eyes: Eyes) -> Row:
    state: State = stage.state
    given = state.checks.get(card.id, {}).values()
    parent = stage.cards.get(card.fields.get("parent", ""))
    author = stage.hands.get(card.by or 0) if stage.plan.names == "everybody" and not eyes.is_presenter else None
    return Row(
        card=card,
        criteria=rules.criteria(card),
        remarks=tuple(each.remark for each in given if each.remark),
        checks=len(given),
        is_ready=rules.is_ready(card, state),
        is_split=bool(state.children.get(card.id)),
        parent=parent.text if parent else "",
        reason=REASONS.get(card.fields.get("reason", ""), ""),
        author=author.name if author else "",
    )
