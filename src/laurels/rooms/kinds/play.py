"""One canvas in memory: what the engine does with a stored one, without storing. Replay, rehearsal and tests use it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from laurels.kernel.refusal import Refusal, require
from laurels.rooms.kinds import Kind, kinds, level, read_act
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene, Stage

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


def why_not_here(verb: str, scene: Scene, *, is_home: bool) -> Refusal | None:
    """Why this verb is closed to this person in this step, whatever the kind says."""
    step = scene.now_step
    if verb not in step.allow:
        return Refusal("step", _("Not in this step: “%s”. Your words are still here.") % step.title)
    if scene.by.is_trainer:
        return None
    if not is_home and not step.visitors:
        return Refusal("other-team", _("This belongs to another team. In this step each team works on its own."))
    if is_home and not step.home:
        return Refusal("own-team", _("In this step the other teams write here, not your own."))
    return None


class Play:
    """Acts one after the other, by hands of one team. ``act`` and ``enter`` return the Outcome and keep its changes."""

    def __init__(self, plan: Plan, brought: Sequence[tuple[Card, str]] = (), *, seed: int = 0, team: int = 1) -> None:
        self.plan, self.seed, self.team = plan, seed, team
        self.kind: Kind = kinds()[plan.kind]
        self.cards = {card.id: card for card, _into in brought}
        self.state: Any = self.kind.begin(plan, brought, seed)
        self.step, self.made, self.at = 0, 0, BEGINNING
        self.deeds: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.hands: dict[int, Hand] = {}

    def scene(self, by: Hand) -> Scene:
        fresh = tuple(f"n{self.made + nth}" for nth in range(20))
        return Scene(self.plan, self.step, by, self.at, fresh, self.cards, self.seed)

    def enter(self, step: int, hands: Sequence[Hand] = (), *, by: Hand | None = None) -> Outcome:
        self.step, trainer = step, by or Hand(0, "Trainer", is_trainer=True)
        self.hands.update({hand.id: hand for hand in hands})
        return self._keep(self.kind.enter(self.state, self.scene(trainer), list(hands)), trainer)

    def act(self, by: Hand, verb: str, **values: object) -> Outcome:
        """One act from form values. Raises Refused as the engine does."""
        form = {name: [str(one) for one in (v if isinstance(v, list | tuple) else [v])] for name, v in values.items()}
        act = read_act(self.kind, verb, form)
        scene = self.scene(by)
        require(why_not_here(verb, scene, is_home=by.team in (None, self.team)))
        require(self.kind.why_not(act, self.state, scene))
        return self._keep(self.kind.apply(act, self.state, scene), by)

    def _keep(self, outcome: Outcome, by: Hand) -> Outcome:
        self.state, self.at = outcome.state, self.at + timedelta(seconds=1)
        self.made += 20
        self.hands.setdefault(by.id, by)
        self.cards = {id_: card for id_, card in self.cards.items() if id_ not in outcome.gone}
        self.cards |= {card.id: card for card in outcome.cards}
        for name, what in outcome.deeds:
            self.deeds[by.id][name].add(what)
        return outcome

    def level(self, hand: Hand) -> str:
        deeds = {name: sorted(whats) for name, whats in self.deeds[hand.id].items()}
        return level(self.plan, self.kind, self.state, deeds)

    def stage(self) -> Stage:
        return Stage(
            "c1", self.plan, self.step, self.state, self.cards, self.hands, "/acts", "/cards", self.at, self.seed
        )

    def moderated(self, *card_ids: str) -> Stage:
        """The stage as it is drawn when the trainer has hidden these cards."""
        cards = {id_: card for id_, card in self.cards.items() if id_ not in card_ids}
        return replace(self.stage(), cards=cards)
