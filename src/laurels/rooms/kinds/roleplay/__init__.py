"""Roles that go round in small groups: one asks, one answers, one notes; notes stay private until they are shared."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.roleplay import look, robot, rules
from laurels.rooms.kinds.roleplay.state import Act, RoleplayStep, Settings, State

kind = Kind(
    name="roleplay",
    title=_("Role play"),
    settings=Settings,
    step=RoleplayStep,
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
