"""Cards in zones or on two axes: written in silence, revealed, merged, coloured, voted on."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.board import look, robot, rules
from laurels.rooms.kinds.board.state import Act, BoardStep, Settings, State

kind = Kind(
    name="board",
    title=_("Board"),
    settings=Settings,
    step=BoardStep,
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
