"""Whether somebody may make exercises of their own, change them, and bring them along."""

import re
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person
from laurels.programmes.models import Exercise
from laurels.programmes.rules.contents import TrainerPack
from laurels.programmes.rules.schemes import SLUG


def why_not_copy(exercise: Exercise, key: str, taken: Collection[str], *, by: Actor) -> Refusal | None:
    """``taken`` are the keys of the actor's own exercises."""
    if not by.organisations("trainer"):
        return Refusal("trainers-only", _("Only trainers have exercises of their own. Ask your provider for the role."))
    if exercise.is_own and exercise.trainer_id != by.person_id:
        return Refusal("not-yours", _("This exercise belongs to another trainer."))
    if len(key) > 60 or not re.fullmatch(SLUG, key):
        words = _("Write the name with small letters, digits and hyphens, such as vision-board; at most 60.")
        return Refusal("bad-key", words, "key")
    if key in taken:
        words = _("You have an exercise “%(key)s” already. Change that one, or choose another name.")
        return Refusal("key-taken", words % {"key": key}, "key")
    return None


def why_not_change(own: Exercise, newest: Exercise | None, *, by: Actor) -> Refusal | None:
    """``newest`` is the newest version under the same key, None when the exercise was withdrawn."""
    if refusal := why_not_withdraw(own, by=by):
        return refusal
    if newest is None:
        return Refusal("withdrawn", _("This exercise was withdrawn. Copy what you need into a new one."))
    if newest.pk != own.pk:
        words = _("This exercise was changed meanwhile, perhaps in another window. Bring both together and save again.")
        return Refusal("changed-meanwhile", words)
    return None


def why_not_withdraw(own: Exercise, *, by: Actor) -> Refusal | None:
    if not own.is_own or own.trainer_id != by.person_id:
        return Refusal("not-yours", _("Only your own exercises are yours to change. Copy this one first."))
    if not by.organisations("trainer"):
        return Refusal("trainers-only", _("Only trainers have exercises of their own. Ask your provider for the role."))
    return None


def why_not_bring(pack: TrainerPack, person: Person | None, *, by: Actor) -> Refusal | None:
    """``person`` is whoever owns the address in the pack."""
    if person is None:
        words = _("Nobody here has the address %(email)s. Let the trainer sign in first, or correct pack.toml.")
        return Refusal("nobody", words % {"email": pack.email})
    if not (by.is_system or by.person_id == person.pk):
        return Refusal("not-yours", _("Only the trainer may load these exercises."))
    if not person.actor.organisations("trainer"):
        words = _("%(person)s is no trainer here. Let a provider give them the role first.")
        return Refusal("no-trainer", words % {"person": person})
    return None
