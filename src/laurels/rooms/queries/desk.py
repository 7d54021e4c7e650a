"""A canvas ready to act on or to draw."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from laurels.rooms.kinds import Kind, kinds, read_plan
from laurels.rooms.kinds.scene import Card as Made
from laurels.rooms.kinds.scene import Hand, Outcome, Plan, Scene, Stage
from laurels.rooms.models import Canvas, Card, Contribution, Participant

FRESH_IDS = 40


@dataclass(frozen=True, slots=True)
class Desk:
    """A canvas with everything its kind needs."""

    canvas: Canvas
    kind: Kind
    plan: Plan
    state: Any
    cards: dict[str, Made]
    hidden: frozenset[str]
    contribution: Contribution | None = None

    def after(self, outcome: Outcome, contribution: Contribution | None = None) -> "Desk":
        """The canvas as an act leaves it, with what whoever did it has contributed by then."""
        cards = {id_: card for id_, card in self.cards.items() if id_ not in outcome.gone}
        cards |= {card.id: card for card in outcome.cards}
        return replace(self, state=outcome.state, cards=cards, contribution=contribution)

    def scene(self, participant: Participant, now: datetime) -> Scene:
        number = self.canvas.acts_count + 1
        fresh = tuple(f"{self.canvas.pk}n{number}n{nth}" for nth in range(FRESH_IDS))
        activity = self.canvas.activity
        return Scene(self.plan, self.canvas.step, hand_of(participant), now, fresh, self.cards, activity.seed)

    def stage(self, address: str = "", *, at: datetime | None = None) -> Stage:
        """For drawing; ``address`` is the canvas's own, under which acts and cards lie."""
        activity, team = self.canvas.activity, self.canvas.team
        return Stage(
            prefix=f"c{self.canvas.pk}",
            plan=self.plan,
            step=self.canvas.step,
            state=self.state,
            cards={id_: card for id_, card in self.cards.items() if id_ not in self.hidden},
            hands=Hands(activity.room_id),
            acts=f"{address}/acts",
            sheets=f"{address}/cards",
            at=at,
            seed=activity.seed,
            team=team.name if team else "",
        )


def desk_of(canvas: Canvas) -> Desk:
    return _desk(canvas, list(_cards(canvas)))


def desks_of(canvases: Sequence[Canvas]) -> list[Desk]:
    """Canvases of one room, ready to be read: one query for the cards of each team among them."""
    cards = {canvas.team_id: list(_cards(canvas)) for canvas in {one.team_id: one for one in canvases}.values()}
    return [_desk(canvas, cards[canvas.team_id]) for canvas in canvases]


def _desk(canvas: Canvas, rows: list[tuple[Any, ...]]) -> Desk:
    plan = read_plan(canvas.activity.plan)
    kind = kinds()[plan.kind]
    state = msgspec.json.decode(canvas.state, type=kind.state)
    hidden = frozenset(row[0] for row in rows if row[-1])
    return Desk(canvas, kind, plan, state, {row[0]: Made(*row[:-1]) for row in rows}, hidden)


def _cards(canvas: Canvas) -> QuerySet[Card, tuple[Any, ...]]:
    """The team's cards and those of the whole class; those that the trainer keeps from screens as well."""
    mine = Q(team=None) | Q(team=canvas.team_id)
    rows = Card.objects.filter(mine, room=canvas.activity.room_id, withdrawn_at=None).order_by("pk")
    return rows.values_list("key", "text", "sort", "fields", "author_id", "origin", "hidden_at")


class Hands(Mapping[int, Hand]):
    """Everybody in a room, looked up when a kind first asks: a class may be large, and is drawn at every act."""

    def __init__(self, room: int) -> None:
        self._room = room

    @cached_property
    def _all(self) -> dict[int, Hand]:
        rows = Participant.objects.present().filter(room=self._room).values_list("pk", "name", "team_id", "role")
        return {pk: Hand(pk, name, team, role == Participant.Role.TRAINER) for pk, name, team, role in rows}

    def __getitem__(self, pk: int) -> Hand:
        return self._all[pk]

    def __iter__(self) -> Iterator[int]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def hand_of(participant: Participant) -> Hand:
    return Hand(participant.pk, participant.name, participant.team_id, participant.is_trainer)


def hands_at(canvas: Canvas) -> list[Hand]:
    """The learners at this canvas: its team, or everybody."""
    learners = Participant.objects.taking_part().filter(room_id=canvas.activity.room_id)
    at_table = learners.filter(team=canvas.team_id) if canvas.team_id else learners
    return [hand_of(participant) for participant in at_table.by_name()]
