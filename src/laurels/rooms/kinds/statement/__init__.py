"""Statements with slots: drafted alone, put together in one wording, kept in versions, voted on."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.statement import look, robot, rules
from laurels.rooms.kinds.statement.state import Act, Settings, State, StatementStep

kind = Kind(
    name="statement",
    title=_("Statement"),
    settings=Settings,
    step=StatementStep,
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
