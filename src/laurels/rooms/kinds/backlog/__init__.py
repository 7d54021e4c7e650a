"""Backlog items: written with outcome and criteria, checked by peers, split into smaller ones."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.backlog import look, robot, rules
from laurels.rooms.kinds.backlog.state import Act, BacklogStep, Settings, State

kind = Kind(
    name="backlog",
    title=_("Backlog"),
    settings=Settings,
    step=BacklogStep,
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
)
