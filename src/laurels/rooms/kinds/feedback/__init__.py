"""A stand with a team's work: guests leave notes, the team answers them, decides, and takes changes along."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.feedback import look, robot, rules
from laurels.rooms.kinds.feedback.state import Act, FeedbackStep, Settings, State

kind = Kind(
    name="feedback",
    title=_("Feedback"),
    settings=Settings,
    step=FeedbackStep,
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
