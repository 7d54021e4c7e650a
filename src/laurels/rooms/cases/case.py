"""A team's product case, read from its canvases and those of the whole class."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from laurels.rooms.kinds.scene import Card, Section
from laurels.rooms.models import Activity, Canvas, Room, Team
from laurels.rooms.queries import Desk, desks_of

# Kinds whose offers are a backlog, the one that says most about its order first.
BACKLOGS = ("market", "ranking", "estimation", "backlog")
LINES = "\n"


@dataclass(frozen=True, slots=True)
class Made:
    """What came out of one exercise."""

    exercise: str
    kind: str
    title: str
    day: int
    canvas: int
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the backlog as it was ordered in the end; what nobody wrote is empty."""

    rank: int
    key: str
    text: str
    outcome: str = ""
    measure: str = ""
    criteria: tuple[str, ...] = ()
    size: str = ""
    reasons: tuple[str, ...] = ()
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Who wrote what is not in it, except where an exercise said so from the beginning."""

    course: str
    team: str
    begins: date
    ends: date
    made: tuple[Made, ...]
    backlog: tuple[Item, ...]

    @property
    def days(self) -> list[tuple[int, list[Made]]]:
        """What was made, day by day; 0 is what belongs to none."""
        days = sorted({one.day for one in self.made})
        return [(day, [one for one in self.made if one.day == day]) for day in days]


def case_of(room: Room, team: Team | None) -> Case:
    """Everything a team made, with what the whole class made; ``None``: the class's only."""
    desks = _latest([desk for desk in desks_of(_canvases(room, team)) if not _is_closed(desk)])
    workshop = room.workshop
    return Case(
        course=room.title,
        team=team.name if team else "",
        begins=workshop.starts_on if workshop else room.opened_at.date(),
        ends=workshop.ends_on if workshop else room.opened_at.date(),
        made=tuple(one for one in map(_made, desks) if _says_something(one.sections)),
        backlog=_backlog(desks),
    )


def _canvases(room: Room, team: Team | None) -> list[Canvas]:
    theirs = Q(team=None) | Q(team=team) if team else Q(team=None)
    canvases = Canvas.objects.filter(theirs, activity__room=room).select_related("activity__block", "team")
    begun = canvases.filter(activity__state__in=[Activity.State.ENDED, Activity.State.RUNNING])
    return list(begun.select_related("activity__room").order_by("activity__position", "pk"))


def _is_closed(desk: Desk) -> bool:
    return desk.canvas.activity.state == Activity.State.RUNNING and desk.stage().is_closed


def _latest(desks: Sequence[Desk]) -> list[Desk]:
    """Each exercise once, as it was last; what a later one continues is in that one."""
    latest = {desk.plan.key: desk for desk in desks}
    continued = {desk.plan.continues for desk in latest.values()}
    return [desk for key, desk in latest.items() if key not in continued]


def _made(desk: Desk) -> Made:
    activity = desk.canvas.activity
    sections = tuple(desk.kind.outline(desk.stage()))
    day = activity.block.day if activity.block else 0
    return Made(desk.plan.key, desk.plan.kind, desk.plan.title, day, desk.canvas.pk, sections)


def _says_something(sections: Iterable[Section]) -> bool:
    return any(one.words or one.points or one.rows or _says_something(one.sections) for one in sections)


def _backlog(desks: Sequence[Desk]) -> tuple[Item, ...]:
    """The order that was decided last, of the kind that says most; nothing where no exercise made a backlog."""
    for kind in BACKLOGS:
        found = [desk for desk in desks if desk.plan.kind == kind and _orders(desk)]
        if found and (items := _items(found[-1])):
            return items
    return ()


def _orders(desk: Desk) -> bool:
    """A ranking is a backlog when somebody ordered it by hand."""
    return desk.plan.kind != "ranking" or desk.plan.settings.mode == "order"


def _items(desk: Desk) -> tuple[Item, ...]:
    stage = desk.stage()
    offered = dict.fromkeys(offer.card for offer in desk.kind.offers(stage))
    reasons = getattr(desk.state, "reasons", {})
    cards = [stage.cards[id_] for id_ in offered if id_ in stage.cards]
    return tuple(_item(nth, card, reasons.get(card.id, ()), desk) for nth, card in enumerate(cards, start=1))


def _item(rank: int, card: Card, reasons: Iterable[str], desk: Desk) -> Item:
    origin = desk.cards.get(card.origin)
    return Item(
        rank=rank,
        key=card.id,
        text=card.text,
        outcome=_text(card, "outcome"),
        measure=_text(card, "measure"),
        criteria=tuple(str(line) for line in card.fields.get("criteria") or ()),
        size=_text(card, "size"),
        reasons=tuple(reasons),
        parent=origin.text if origin else "",
    )


def _text(card: Card, field: str) -> str:
    return str(card.fields.get(field) or "")
