"""What an exercise looks like, step by step, before anybody is there: played by robots in memory."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from laurels.kernel.actor import Actor
from laurels.programmes.models import Exercise
from laurels.rooms.kinds import read_plan, rehearsal
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Plan

WORKS_BEFORE_MOST = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """One step of an exercise as a learner sees it; ``number`` counts from 1, ``titles`` are all steps'."""

    exercise: Exercise
    titles: list[str]
    number: int
    say: str
    picture: SafeString


def preview(exercise: Exercise, number: int, *, for_: Actor) -> Preview:
    """Step ``number`` after robots took part in it; the first or last step where there is no such one."""
    plan = read_plan(exercise.plan)
    number = min(max(1, number), len(plan.steps))
    drawn = list(rehearsal.pictures(plan, _before(plan, exercise, for_, WORKS_BEFORE_MOST)))
    picture = drawn[number - 1][1]
    titles = [str(step.title) for step in plan.steps]
    # Drawn by the kinds' own templates, which escape every word.
    return Preview(exercise, titles, number, plan.steps[number - 1].say, mark_safe(picture))


def _before(plan: Plan, exercise: Exercise, actor: Actor, depth: int) -> Play | None:
    """What the exercise continues, played to its end; nothing where the trainer has no such exercise."""
    if not plan.continues or not depth:
        return None
    mine = Exercise.objects.visible_to(actor).newest().filter(key=plan.continues, body=exercise.body).first()
    if mine is None:
        return None
    earlier = read_plan(mine.plan)
    return [scenery.play for scenery in rehearsal.rehearse(earlier, before=_before(earlier, mine, actor, depth - 1))][
        -1
    ]
