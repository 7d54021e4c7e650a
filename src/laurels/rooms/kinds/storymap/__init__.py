"""A backbone of steps from left to right, tasks under them, and slices to release one after the other."""

from django.utils.translation import gettext_lazy as _

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.storymap import look, robot, rules
from laurels.rooms.kinds.storymap.state import Act, Settings, State, StoryStep

kind = Kind(
    name="storymap",
    title=_("Story map"),
    settings=Settings,
    step=StoryStep,
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
