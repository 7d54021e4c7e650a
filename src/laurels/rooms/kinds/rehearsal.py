"""An exercise played by robots in memory: what each step looks like, and whether taking part is possible in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import drawing
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Brings, Card, Eyes, Hand, Plan
from laurels.rooms.kinds.words import WORDS

NAMES = ("Ana", "Ben", "Chi", "Dua", "Eli", "Fen", "Gus", "Hana")
TURNS_MOST = 40
VISITOR = Hand(99, "Vera", 2)


@dataclass(frozen=True, slots=True)
class Scenery:
    """A step of a rehearsal after the robots took their turns; ``hands`` are those at home, ``play`` goes on."""

    step: int
    play: Play
    hands: tuple[Hand, ...]


def rehearse(plan: Plan, *, people: int = 4, seed: int = 1, before: Play | None = None) -> Iterator[Scenery]:
    """The exercise step by step; ``before`` is the exercise that it continues, played to its end."""
    hands = tuple(Hand(nth, NAMES[nth % len(NAMES)], 1) for nth in range(1, people + 1))
    play, luck = begun(plan, seed, before), Random(seed)
    for step in range(len(plan.steps)):
        play.enter(step, hands)
        at_it = hands if plan.steps[step].home else ()
        everybody = [*at_it, VISITOR] if plan.steps[step].visitors else at_it
        take_turns(play, everybody, luck)
        yield Scenery(step, play, hands)


def begun(plan: Plan, seed: int, before: Play | None) -> Play:
    play = Play(plan, [pair for brings in plan.brings for pair in _brought(brings)], seed=seed)
    if before is not None:
        play.state, play.cards, play.made = before.state, before.cards | play.cards, before.made
    return play


def take_turns(play: Play, hands: Sequence[Hand], luck: Random) -> list[str]:
    """Robots act in rounds until none of them gets anything done.

    Returns the refusals, for tests: a robot that runs into them is not playing well.
    """
    refusals: list[str] = []
    for _round in range(TURNS_MOST):
        moved = [one for one in (_turn(play, hand, luck) for hand in hands) if one is not None]
        refusals += [one for one in moved if one]
        if "" not in moved:
            return refusals
    return refusals


def _turn(play: Play, hand: Hand, luck: Random) -> str | None:
    """None: nothing left to do; words: why it was refused; empty: done."""
    turn = play.kind.turn(play.stage(), hand, luck)
    if turn is None:
        return None
    try:
        play.act(hand, turn[0], **turn[1])
    except Refused as refused:
        return f"{turn[0]}: {refused.refusal.code}"
    return ""


def _brought(brings: Brings) -> Iterator[tuple[Card, str]]:
    for nth, words in enumerate(WORDS[: brings.most or 6]):
        yield Card(f"{brings.source}{nth}", words, by=1), brings.into


def pictures(plan: Plan, before: Play | None = None) -> Iterator[tuple[str, str]]:
    """Each step after the robots took part: its title, and what a learner sees of it, a card's sheet last."""
    for scenery in rehearse(plan, before=before):
        stage, kind, hand = scenery.play.stage(), scenery.play.kind, scenery.hands[0]
        drawn = [drawing.own(kind, stage, hand), drawing.shared(kind, ["canvas"], stage, Eyes())]
        sheets = (drawing.sheet(kind, id_, stage, hand) for id_ in stage.cards)
        drawn += [f'<div class="card">{sheet}</div>' for sheet in sheets if sheet][:1]
        yield str(stage.now_step.title), "\n".join(drawn)
