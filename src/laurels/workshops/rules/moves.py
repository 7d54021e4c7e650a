"""The states of a workshop: ``Workshop.MOVES`` says which moves there are, these say why one is not possible now."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import available_timezones

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person, Role
from laurels.programmes.models import Block
from laurels.workshops.models import Workshop

State = Workshop.State
CHANGEABLE = {State.DRAFT, State.ANNOUNCED, State.CONFIRMED}
STANDS = {
    State.DRAFT: _("This workshop is a draft. Announce it first."),
    State.ANNOUNCED: _("This workshop has not begun. Start it first."),
    State.CONFIRMED: _("This workshop has not begun. Start it first."),
    State.RUNNING: _("This workshop is running. It can only be ended."),
    State.HELD: _("This workshop has been held. It can only be closed."),
    State.CLOSED: _("This workshop is closed. Nothing about it changes any more."),
    State.CANCELLED: _("This workshop is cancelled. Draft a new one instead."),
}


def why_not_draft(workshop: Workshop, *, by: Actor) -> Refusal | None:
    if not workshop.provider.is_provider:
        return Refusal("not-a-provider", _("Only training providers hold workshops."))
    return why_not_staff(workshop, by=by) or _why_not_values(workshop)


def why_not_change(workshop: Workshop, trainers: Sequence[Person], *, by: Actor, now: datetime) -> Refusal | None:
    """``workshop`` holds the new values, not saved yet; ``trainers`` are the new ones."""
    if workshop.state not in CHANGEABLE:
        return Refusal("workshop-fixed", STANDS[State(workshop.state)])
    if refusal := why_not_staff(workshop, by=by) or _why_not_values(workshop):
        return refusal
    filled = workshop.count_filled()
    if workshop.capacity < filled:
        words = ngettext_lazy(
            "One seat is taken already. Offer at least as many.",
            "%(n)d seats are taken already. Offer at least as many.",
            filled,
        )
        return Refusal("capacity-below-seats", words % {"n": filled}, "capacity")
    return None if workshop.state == State.DRAFT else _why_not_ready(workshop, trainers, now=now)


def why_not_announce(workshop: Workshop, *, by: Actor, now: datetime) -> Refusal | None:
    return (
        why_not_staff(workshop, by=by)
        or _why_not_move(workshop, State.ANNOUNCED)
        or _why_not_values(workshop)
        or _why_not_ready(workshop, list(workshop.trainers.all()), now=now)
    )


def why_not_confirm(workshop: Workshop, *, by: Actor) -> Refusal | None:
    return why_not_staff(workshop, by=by) or _why_not_move(workshop, State.CONFIRMED)


def why_not_start(workshop: Workshop, *, by: Actor, now: datetime) -> Refusal | None:
    if refusal := why_not_run(workshop, by=by) or _why_not_move(workshop, State.RUNNING):
        return refusal
    if workshop.day_of(now) < workshop.starts_on:
        words = _("The first day is %(day)s. The workshop can be started from then on.")
        return Refusal("too-early", words % {"day": date_format(workshop.starts_on, "j F Y")})
    return None


def why_not_hold(workshop: Workshop, *, by: Actor, now: datetime) -> Refusal | None:
    if refusal := why_not_run(workshop, by=by) or _why_not_move(workshop, State.HELD):
        return refusal
    if workshop.day_of(now) < workshop.ends_on:
        words = _("The final day is %(day)s. The workshop can be ended from then on.")
        return Refusal("too-early", words % {"day": date_format(workshop.ends_on, "j F Y")})
    return None


def why_not_close(workshop: Workshop, *, by: Actor) -> Refusal | None:
    return why_not_staff(workshop, by=by) or _why_not_move(workshop, State.CLOSED)


def why_not_cancel(workshop: Workshop, reason: str | None = None, *, by: Actor) -> Refusal | None:
    """Without a ``reason`` this is about the button, with one about the deed."""
    if refusal := why_not_staff(workshop, by=by) or _why_not_move(workshop, State.CANCELLED):
        return refusal
    if reason is not None and not reason.strip():
        return Refusal("no-reason", _("Say why, in a sentence for those who have booked."), "reason")
    return None


def why_not_staff(workshop: Workshop, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=workshop.provider_id):
        return Refusal("not-staff", _("Only the provider's staff can do that. Ask them."))
    return None


def why_not_run(workshop: Workshop, *, by: Actor) -> Refusal | None:
    if by.has("staff", at=workshop.provider_id) or workshop.is_trained_by(by):
        return None
    return Refusal("not-running-it", _("Only this workshop's trainers and the provider's staff can do that."))


def _why_not_move(workshop: Workshop, target: Workshop.State) -> Refusal | None:
    state = State(workshop.state)
    if target in Workshop.MOVES[state]:
        return None
    return Refusal(f"workshop-is-{state}", STANDS[state])


def _why_not_values(workshop: Workshop) -> Refusal | None:
    if workshop.zone not in available_timezones():
        words = _("“%(zone)s” is not a time zone. Choose one such as Europe/Berlin.")
        return Refusal("unknown-zone", words % {"zone": workshop.zone}, "zone")
    if workshop.ends_on < workshop.starts_on:
        return Refusal("ends-before-start", _("The final day lies before the first. Swap them."), "ends_on")
    if not 1 <= workshop.capacity <= 32_767:
        return Refusal("no-seats", _("Offer at least one seat, and at most 32,767."), "capacity")
    if not re.fullmatch("[A-Z]{3}", workshop.currency):
        return Refusal("unknown-currency", _("Write the currency with its three letters, such as EUR."), "currency")
    return None


def _why_not_ready(workshop: Workshop, trainers: Sequence[Person], *, now: datetime) -> Refusal | None:
    if refusal := _why_not_trainers(workshop, trainers):
        return refusal
    if workshop.starts_on <= workshop.day_of(now):
        words = _("The first day, %(day)s, is not in the future. Choose a later one.")
        return Refusal("dates-passed", words % {"day": date_format(workshop.starts_on, "j F Y")}, "starts_on")
    days = Block.objects.filter(curriculum=workshop.curriculum_id).order_by("-day").values_list("day", flat=True)
    needed = days.first() or 0
    if workshop.days != needed:
        words = _("The course takes %(needed)d days and the dates make %(days)d. Change the dates.")
        return Refusal("wrong-days", words % {"needed": needed, "days": workshop.days}, "ends_on")
    if workshop.mode == Workshop.Mode.IN_PERSON and not workshop.place.strip():
        return Refusal("no-place", _("Say where it is held: people want to find it."), "place")
    return None


def _why_not_trainers(workshop: Workshop, trainers: Sequence[Person]) -> Refusal | None:
    if not trainers:
        return Refusal("no-trainers", _("Choose at least one trainer."), "trainers")
    roles = Role.objects.filter(organisation=workshop.provider_id, kind=Role.Kind.TRAINER, person__in=trainers)
    entitled = set(roles.values_list("person_id", flat=True))
    for trainer in trainers:
        if trainer.pk not in entitled:
            words = _("%(name)s is no trainer of %(provider)s. Give them the role first, or choose somebody else.")
            return Refusal("not-a-trainer", words % {"name": trainer, "provider": workshop.provider}, "trainers")
    return None
