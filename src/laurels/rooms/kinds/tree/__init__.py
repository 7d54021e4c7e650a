"""Cards that hang on cards, level by level: impact maps, opportunity solution trees."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.tree import look, robot, rules
from laurels.rooms.kinds.tree.state import Act, Settings, State, TreeStep

kind = Kind(
    name="tree",
    title=_("Tree"),
    settings=Settings,
    step=TreeStep,
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
