"""The Sprint market: a team's own backlog meets customers, Sprint by Sprint, beside the best possible order."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.market import look, robot, rules
from laurels.rooms.kinds.market.state import Act, MarketStep, Settings, State

kind = Kind(
    name="market",
    title=_("Sprint market"),
    settings=Settings,
    step=MarketStep,
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
    together=look.together,
)
