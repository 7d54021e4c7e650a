"""The steps between a booked seat and a certificate, each with its date or with whoever holds it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.journey.rules.parcel import Parcel


class Key(StrEnum):
    BOOKED = "booked"
    PAID = "paid"
    ATTENDED = "attended"
    NAMED = "named"
    ATTESTED = "attested"
    SIGNED = "signed"
    RECEIVED = "received"
    READY = "ready"
    INVITED = "invited"
    OPENED = "opened"
    ACCEPTED = "accepted"
    ISSUED = "issued"


class State(StrEnum):
    DONE = "done"
    TURN = "turn"  # the learner's own turn
    WAIT = "wait"  # somebody else's
    TODO = "todo"  # not yet anybody's
    STOPPED = "stopped"


class Holder(StrEnum):
    NOBODY = ""
    LEARNER = "learner"
    TRAINER = "trainer"
    BODY = "body"
    LAURELS = "laurels"


TITLES: dict[Key, Any] = {
    Key.BOOKED: gettext_lazy("Booked"),
    Key.PAID: gettext_lazy("Paid"),
    Key.ATTENDED: gettext_lazy("Took part"),
    Key.NAMED: gettext_lazy("Name confirmed"),
    Key.ATTESTED: gettext_lazy("Attested"),
    Key.SIGNED: gettext_lazy("Signed"),
    Key.RECEIVED: gettext_lazy("With the body"),
    Key.READY: gettext_lazy("What it needs beside"),
    Key.INVITED: gettext_lazy("Invited"),
    Key.OPENED: gettext_lazy("Invitation opened"),
    Key.ACCEPTED: gettext_lazy("Accepted"),
    Key.ISSUED: gettext_lazy("Certificate issued"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """``on`` is the day it was done; an open step has ``holder``, its name, and ``since`` when they hold it."""

    key: Key
    state: State
    on: date | None = None
    holder: Holder = Holder.NOBODY
    holder_name: str = ""
    since: date | None = None
    note: str = ""

    @property
    def title(self) -> Any:
        return TITLES[self.key]

    @property
    def is_open(self) -> bool:
        return self.state in (State.TURN, State.WAIT)

    def days(self, today: date) -> int:
        """For how many days an open step has been held."""
        return max(0, (today - self.since).days) if self.is_open and self.since else 0


def steps_of(parcel: Parcel, today: date) -> list[Step]:
    """Every step in order. A seat that cost nothing has no step "paid", a scheme that needs nothing no "ready"."""
    left_out = {key for key, has in ((Key.PAID, parcel.is_priced), (Key.READY, parcel.needs_more)) if not has}
    makers = [make for key, make in MAKERS.items() if key not in left_out]
    steps = [make(parcel, today) for make in makers]
    return [_ended(step) for step in steps] if _is_over(steps) else steps


def _is_over(steps: list[Step]) -> bool:
    return any(step.state is State.STOPPED for step in steps)


def _ended(step: Step) -> Step:
    """Where the way has ended, nobody is asked for anything any more."""
    return Step(step.key, State.TODO) if step.is_open else step


def _done(key: Key, on: date | None, note: str = "") -> Step:
    return Step(key, State.DONE, on=on, note=note)


def _held(key: Key, holder: Holder, parcel: Parcel, since: date | None, note: str = "") -> Step:
    names = {Holder.LEARNER: parcel.learner, Holder.TRAINER: parcel.trainers, Holder.BODY: parcel.body}
    state = State.TURN if holder is Holder.LEARNER else State.WAIT
    return Step(key, state, holder=holder, holder_name=names.get(holder, "Laurels"), since=since, note=note)


def _booked(parcel: Parcel, today: date) -> Step:
    return _done(Key.BOOKED, parcel.booked_on)


def _paid(parcel: Parcel, today: date) -> Step:
    if parcel.paid_on:
        return _done(Key.PAID, parcel.paid_on)
    return _held(Key.PAID, Holder.LEARNER, parcel, parcel.booked_on)


def _attended(parcel: Parcel, today: date) -> Step:
    if parcel.is_off:
        return Step(Key.ATTENDED, State.STOPPED, note=_("The workshop was cancelled."))
    if parcel.is_held and (parcel.was_present or parcel.decision == "eligible"):
        return _done(Key.ATTENDED, parcel.ends_on)
    if today < parcel.ends_on:
        return Step(Key.ATTENDED, State.TODO)
    return _held(Key.ATTENDED, Holder.TRAINER, parcel, parcel.ends_on, _("The attendance is not noted yet."))


def _named(parcel: Parcel, today: date) -> Step:
    if parcel.declared_on:
        return _done(Key.NAMED, parcel.declared_on)
    return _held(Key.NAMED, Holder.LEARNER, parcel, max(parcel.ends_on, parcel.booked_on))


def _attested(parcel: Parcel, today: date) -> Step:
    match parcel.decision:
        case "eligible":
            return _done(Key.ATTESTED, parcel.decided_on)
        case "not-eligible":
            return Step(Key.ATTESTED, State.STOPPED, on=parcel.decided_on, note=parcel.reason)
        case "not-yet":
            return _held(Key.ATTESTED, Holder.TRAINER, parcel, parcel.decided_on, parcel.reason)
    if parcel.is_held:
        return _held(Key.ATTESTED, Holder.TRAINER, parcel, parcel.ends_on)
    return Step(Key.ATTESTED, State.TODO)


def _signed(parcel: Parcel, today: date) -> Step:
    if parcel.returned_on:
        note = _("%(body)s sent it back: %(reason)s") % {"body": parcel.body, "reason": parcel.return_reason}
        return _held(Key.SIGNED, Holder.TRAINER, parcel, parcel.returned_on, note)
    if parcel.signed_on:
        return _done(Key.SIGNED, parcel.signed_on)
    if parcel.decision == "eligible" and parcel.decided_on and parcel.declared_on:
        return _held(Key.SIGNED, Holder.TRAINER, parcel, max(parcel.decided_on, parcel.declared_on))
    return Step(Key.SIGNED, State.TODO)


def _received(parcel: Parcel, today: date) -> Step:
    if parcel.returned_on or not parcel.signed_on:
        return Step(Key.RECEIVED, State.TODO)
    if parcel.submitted_on:
        return _done(Key.RECEIVED, parcel.submitted_on)
    return _held(Key.RECEIVED, Holder.TRAINER, parcel, parcel.signed_on)


def _ready(parcel: Parcel, today: date) -> Step:
    """Whoever has time until the end of class is shown what is missing, and asked for it afterwards."""
    if parcel.redeemed_on or not parcel.waits_for:
        return Step(Key.READY, State.DONE, on=parcel.redeemed_on)
    note = _("Waits for: %(missing)s.") % {"missing": parcel.waits_for}
    since = parcel.ends_on
    if today < since:
        return Step(Key.READY, State.TODO, note=note)
    return _held(Key.READY, Holder.BODY if parcel.waits_for_body else Holder.LEARNER, parcel, since, note)


def _invited(parcel: Parcel, today: date) -> Step:
    if parcel.invited_on:
        return _done(Key.INVITED, parcel.invited_on)
    if parcel.returned_on or not parcel.submitted_on:
        return Step(Key.INVITED, State.TODO)
    note = _("Accepted; the invitation is on its way.") if parcel.is_accepted else _("Being looked at.")
    return _held(Key.INVITED, Holder.BODY, parcel, parcel.submitted_on, note)


def _opened(parcel: Parcel, today: date) -> Step:
    if first := parcel.opened_on or parcel.redeemed_on:
        return _done(Key.OPENED, first)
    if parcel.invited_on:
        if parcel.waits_for:
            return Step(Key.OPENED, State.TODO)
        return _held(Key.OPENED, Holder.LEARNER, parcel, parcel.invited_on, _expiry(parcel, today))
    return Step(Key.OPENED, State.TODO)


def _accepted(parcel: Parcel, today: date) -> Step:
    if parcel.redeemed_on:
        return _done(Key.ACCEPTED, parcel.redeemed_on)
    if parcel.opened_on and not parcel.waits_for:
        return _held(Key.ACCEPTED, Holder.LEARNER, parcel, parcel.opened_on, _expiry(parcel, today))
    return Step(Key.ACCEPTED, State.TODO)


def _expiry(parcel: Parcel, today: date) -> str:
    return _("The link has expired.") if parcel.expires_on and parcel.expires_on <= today else ""


def _issued(parcel: Parcel, today: date) -> Step:
    if parcel.issued_on:
        return _done(Key.ISSUED, parcel.issued_on)
    if parcel.redeemed_on:
        return _held(Key.ISSUED, Holder.LAURELS, parcel, parcel.redeemed_on, _("Being signed."))
    return Step(Key.ISSUED, State.TODO)


MAKERS: dict[Key, Callable[[Parcel, date], Step]] = {
    Key.BOOKED: _booked,
    Key.PAID: _paid,
    Key.ATTENDED: _attended,
    Key.NAMED: _named,
    Key.ATTESTED: _attested,
    Key.SIGNED: _signed,
    Key.RECEIVED: _received,
    Key.READY: _ready,
    Key.INVITED: _invited,
    Key.OPENED: _opened,
    Key.ACCEPTED: _accepted,
    Key.ISSUED: _issued,
}
