"""Items in an order that somebody can explain: by hand, by scores, by lists, by what customers feel, by money."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.ranking import look, robot, rules
from laurels.rooms.kinds.ranking.state import Act, RankingStep, Settings, State

kind = Kind(
    name="ranking",
    title=_("Ranking"),
    settings=Settings,
    step=RankingStep,
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
