"""Lean Coffee: topics proposed, merged and voted on; talked about in timeboxes; carried on while thumbs are up."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.leancoffee import look, robot, rules
from laurels.rooms.kinds.leancoffee.state import Act, CoffeeStep, Settings, State

kind = Kind(
    name="leancoffee",
    title=_("Lean Coffee"),
    settings=Settings,
    step=CoffeeStep,
    state=State,
    acts=Act,
    check=rules.check,
    begin=rules.begin,
    why_not=rules.why_not,
    apply=rules.apply,
    enter=rules.enter,
    total=rules.total,
    part=look.part,
    own=look.own,
    sheet=look.sheet,
    offers=look.offers,
    outline=look.outline,
    turn=robot.turn,
    due=rules.due,
)
