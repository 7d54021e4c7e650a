"""Who may write to whom. One sentence serves for all the reasons that lie with the other person."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from laurels.community.models import Blocking
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person

LENGTH_MOST = 4000
BEGUN_A_DAY = 10
WRITTEN_AN_HOUR = 30
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sides:
    """Whether each of two has a profile in sight and takes letters, and whether mine has blocked theirs.

    ``is_theirs_open`` is false for every reason alike: letters switched off, no profile, hidden, excluded, or a block.
    ``their_profile`` is its public id, where I may see it.
    """

    has_own: bool
    is_own_open: bool
    is_own_excluded: bool
    is_blocked_by_me: bool
    is_theirs_open: bool
    their_profile: str


def why_not_write(sides: Sides, other: Person, *, by: Actor) -> Refusal | None:
    """Must not tell a block from letters that are switched off."""
    if by.person_id is None or by.person_id == other.pk:
        return Refusal("alone", _("There is nobody else here to write to."))
    if sides.is_own_excluded:
        return Refusal("excluded", _("You are excluded from the community for now, so you cannot write here."))
    if sides.is_blocked_by_me:
        return Refusal("you-block", _("You have blocked %(name)s. Undo that first.") % {"name": other.name})
    if not sides.is_theirs_open:
        return Refusal("no-letters", _("%(name)s does not take letters at present.") % {"name": other.name})
    if not sides.has_own:
        words = _("Put up a profile of your own first, so that %(name)s sees who writes.")
        return Refusal("no-profile", words % {"name": other.name})
    if not sides.is_own_open:
        words = _("You take no letters yourself, so %(name)s could not answer. Switch them on in your profile.")
        return Refusal("no-answer", words % {"name": other.name})
    return None


def why_not_write_now(text: str, *, is_new: bool, begun: int, written: int) -> Refusal | None:
    """``begun`` conversations in the last day and ``written`` messages in the last hour, by the writer."""
    if not text.strip():
        return Refusal("empty", _("Write a few words first."), field="text")
    if len(text) > LENGTH_MOST:
        words = _("That is more than %(n)s letters. Shorten it a little.")
        return Refusal("long", words % {"n": LENGTH_MOST}, field="text")
    if is_new and begun >= BEGUN_A_DAY:
        return Refusal("enough-today", _("Ten new people a day are plenty. Write to the next one tomorrow."))
    if written >= WRITTEN_AN_HOUR:
        return Refusal("enough-now", _("Thirty messages in an hour are plenty. Take a walk, and write on after it."))
    return None


def why_not_block(other: Person, *, by: Actor) -> Refusal | None:
    if by.person_id is None:
        return Refusal("anonymous", _("Sign in first."))
    if by.person_id == other.pk:
        return Refusal("yourself", _("You cannot block yourself."))
    return None


def why_not_unblock(block: Blocking, *, by: Actor) -> Refusal | None:
    if by.person_id != block.blocker_id:
        return Refusal("not-yours", _("Only whoever blocked somebody can undo it."))
    return None
