from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.participation.models import Coverage
from laurels.participation.rules.attendance import NOTED_IN
from laurels.workshops.models import Workshop

BETTER = {Coverage.Level.NONE: 0, Coverage.Level.PARTLY: 1, Coverage.Level.MET: 2}
OVER = (Workshop.State.CLOSED, Workshop.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Held:
    """An exercise that was run. ``says`` is what counts as taking part, in words for the learner."""

    key: str
    title: str
    says: str
    block_id: int | None
    position: int
    is_required: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """How somebody took part in one exercise that was held; whom nothing names had no part in it."""

    key: str
    title: str
    is_required: bool
    level: str = Coverage.Level.NONE
    source: str = Coverage.Source.ROOM

    @property
    def is_missed(self) -> bool:
        return self.is_required and self.level == Coverage.Level.NONE


def is_better(level: str, than: str | None) -> bool:
    """Raises ``ValueError`` for what is no level."""
    rank = BETTER[Coverage.Level(level)]
    return than is None or rank > BETTER[Coverage.Level(than)]


def why_not_note_from_room(workshop: Workshop, *, by: Actor) -> Refusal | None:
    """A room's record arrives by the system only; nobody types it in."""
    if not by.is_system:
        return Refusal("not-the-room", _("Only the live room writes its own record. Use the grid instead."))
    if workshop.state in OVER:
        return Refusal("over", _("This workshop is closed or cancelled; its evidence stays as it is."))
    return None


def why_not_correct(workshop: Workshop, *, trainers: Collection[int], by: Actor) -> Refusal | None:
    """How somebody took part is a trainer's own word: the provider's staff did not see it."""
    if not by.is_system and by.person_id not in trainers:
        return Refusal("not-trainer", _("Only a trainer of this workshop says who took part."))
    if workshop.state not in NOTED_IN:
        return Refusal("not-running", _("Taking part is noted while the workshop runs and until it is closed."))
    return None


def why_not_this_correction(level: str, reason: str) -> Refusal | None:
    if level not in Coverage.Level.values:
        return Refusal("level", _("Write M for met, P for partly or N for none."), "level")
    if not reason:
        return Refusal("reason", _("Say in one sentence how you saw it."), "reason")
    return None
