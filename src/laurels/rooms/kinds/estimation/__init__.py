"""How big things are: moved between sizes by all, or estimated in hidden rounds."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.estimation import look, robot, rules
from laurels.rooms.kinds.estimation.state import Act, EstimationStep, Settings, State

kind = Kind(
    name="estimation",
    title=_("Estimation"),
    settings=Settings,
    step=EstimationStep,
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
