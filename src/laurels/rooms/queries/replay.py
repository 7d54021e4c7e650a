"""What appeared when: a canvas as it was after each of its acts, from the log alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from laurels.rooms.kinds.scene import Card, Hand, Outcome, Scene, Stage
from laurels.rooms.models import Act, Canvas, Participant
from laurels.rooms.queries.desk import FRESH_IDS, Desk, desk_of, hand_of


@dataclass(frozen=True, slots=True)
class Moment:
    """An act, without who did it."""

    number: int
    at: datetime
    step: int
    title: str
    verb: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A canvas after its act ``at``; 0 is before the first. ``stage`` is for drawing."""

    at: int
    moments: tuple[Moment, ...]
    stage: Stage
    desk: Desk

    @property
    def moment(self) -> Moment | None:
        return self.moments[self.at - 1] if self.at else None


def replay(canvas: Canvas, at: int | None = None) -> Replay:
    """``at`` beyond the last act, or None, is the canvas as it is. Cards kept from screens stay out of it."""
    desk, acts = desk_of(canvas), list(canvas.acts.order_by("number").select_related("by"))
    moments = tuple(_moment(act, desk) for act in acts)
    count = len(acts) if at is None else max(0, min(at, len(acts)))
    state, cards = states(desk, acts[:count])
    step = acts[count - 1].step if count else 0
    now = replace(desk, state=state, cards=cards)
    return Replay(count, moments, replace(now.stage(), step=step), now)


def states(desk: Desk, acts: Sequence[Act]) -> tuple[Any, dict[str, Card]]:
    """State and cards after these acts, by the kind's rules; a canvas whose log is whole gives what it holds."""
    canvas = desk.canvas
    made_here = set(canvas.made.values_list("key", flat=True))
    cards = {id_: card for id_, card in desk.cards.items() if id_ not in made_here}
    state = msgspec.json.decode(canvas.began, type=desk.kind.state)
    people = {one.pk: one for one in Participant.objects.filter(room=canvas.activity.room_id)}
    for act in acts:
        outcome = _outcome(act, state, cards, desk, people)
        state = outcome.state
        cards = {id_: card for id_, card in cards.items() if id_ not in outcome.gone}
        cards |= {card.id: card for card in outcome.cards}
    return state, cards


def _outcome(act: Act, state: Any, cards: dict[str, Card], desk: Desk, people: dict[int, Participant]) -> Outcome:
    fresh = tuple(f"{desk.canvas.pk}n{act.number}n{nth}" for nth in range(FRESH_IDS))
    by = hand_of(act.by) if act.by else Hand(0, "", is_trainer=True)
    scene = Scene(desk.plan, act.step, by, act.at, fresh, cards, desk.canvas.activity.seed)
    if act.verb == "enter":
        hands = [hand_of(people[pk]) for pk in act.values["hands"] if pk in people]
        return desk.kind.enter(state, scene, hands)
    return desk.kind.apply(msgspec.convert(act.values, desk.kind.verbs[act.verb]), state, scene)


def _moment(act: Act, desk: Desk) -> Moment:
    return Moment(act.number, act.at, act.step, str(desk.plan.steps[act.step].title), act.verb)
