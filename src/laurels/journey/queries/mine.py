"""One person's journey: what comes next first, then every step, then what has been earned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.audits.models import Audit
from laurels.audits.queries import mine as audits_of
from laurels.credentials.queries import my_certifications
from laurels.credentials.queries.registers import Held
from laurels.journey.queries.parcels import Nudgeable, Way, ways_of
from laurels.journey.rules import Holder, Key, State, Step
from laurels.kernel.periods import day_in
from laurels.people.models import Person
from laurels.workshops.models import Seat, Workshop
from laurels.workshops.queries import own_places
from laurels.workshops.queries.queue import OwnPlace

TURNS: dict[Key, tuple[Any, Any, Any]] = {
    Key.PAID: (
        gettext_lazy("Pay for your seat"),
        gettext_lazy("Your invoice says how. The provider notes the payment when it has arrived."),
        gettext_lazy("Open the invoice"),
    ),
    Key.NAMED: (
        gettext_lazy("Confirm your name for the certificate"),
        gettext_lazy("It is printed as you write it, and your trainer cannot sign before."),
        gettext_lazy("Confirm my name"),
    ),
    Key.READY: (gettext_lazy("Bring what the certificate needs beside the class"), "", gettext_lazy("My experience")),
    Key.OPENED: (gettext_lazy("Accept your certificate"), "", ""),
    Key.ACCEPTED: (gettext_lazy("Accept your certificate"), "", ""),
}
WAITS: dict[Key, Any] = {
    Key.ATTENDED: gettext_lazy("Your attendance is being noted"),
    Key.ATTESTED: gettext_lazy("Your trainer decides"),
    Key.SIGNED: gettext_lazy("Your trainer signs the roster"),
    Key.RECEIVED: gettext_lazy("Your trainer hands the roster to the body"),
    Key.READY: gettext_lazy("Your experience is being looked at"),
    Key.INVITED: gettext_lazy("Your invitation is being prepared"),
    Key.ISSUED: gettext_lazy("Your certificate is being signed"),
}


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing that matters now. ``tone`` is turn, waiting or reached."""

    tone: str
    eyebrow: str
    headline: Any
    sentence: str = ""
    url: str = ""
    label: Any = ""
    nudge: Nudgeable | None = None
    letter_to: str = ""


@dataclass(frozen=True, slots=True)
class MyWay:
    """A way as its owner sees it."""

    way: Way
    next: Next


@dataclass(frozen=True, slots=True)
class Earned:
    """A certification with the days until it ends; None where it does not, or has."""

    held: Held
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Journey:
    under_way: list[MyWay]
    finished: list[MyWay]
    certificates: list[Earned]
    audits: list[Audit]
    queues: list[OwnPlace]

    @property
    def is_empty(self) -> bool:
        return not (self.under_way or self.finished or self.certificates or self.queues)

    @property
    def ended(self) -> list[Held]:
        """Certifications whose time is over, not by staff: renewing is what comes next."""
        return [earned.held for earned in self.certificates if earned.held.standing.has_ended]


def my_journey(person: Person, now: datetime) -> Journey:
    """Everything on the page *My journey*, ways under way soonest first.

    At most six queries, and two more where a scheme needs something beside the class.
    """
    is_kept = Q(state__in=Seat.FILLED) | Q(workshop__state=Workshop.State.CANCELLED)
    seats = Seat.objects.filter(is_kept, person=person).order_by("workshop__starts_on", "pk")
    certificates = earned_by(person, now)
    held = [one.held.certification for one in certificates]
    ways = [MyWay(way, next_of(way)) for way in ways_of(seats, now, held=held)]
    finished = [mine for mine in ways if mine.way.is_complete or mine.way.is_stopped]
    under_way = [mine for mine in ways if mine not in finished]
    # Only holders are ever audited.
    audits = audits_of(person) if certificates else []
    return Journey(_own_turn_first(under_way), finished[::-1], certificates, audits, own_places(person))


def earned_by(person: Person, now: datetime) -> list[Earned]:
    return [Earned(held, _days_left(held, now)) for held in my_certifications(person, now)]


def _days_left(held: Held, now: datetime) -> int | None:
    if not held.standing.is_valid or held.standing.until is None:
        return None
    return (held.standing.until - day_in(held.certification.scheme.body.zone, now)).days


def _own_turn_first(ways: list[MyWay]) -> list[MyWay]:
    return sorted(ways, key=lambda mine: mine.next.tone != "turn")


def next_of(way: Way) -> Next:
    """The learner's own turn first, then whatever is waited for, then the class to come."""
    if way.is_complete:
        return Next("reached", _("Done"), _("You are certified"))
    if stop := next((step for step in way.steps if step.state is State.STOPPED), None):
        return _stopped(way, stop)
    held = way.open({Holder.LEARNER})
    if turn := next((item for item in held if item.step.state is State.TURN and not _can_wait(way, item)), None):
        return _turn(way, turn)
    if wait := next((item for item in held if item.step.state is State.WAIT), None):
        return _wait(wait)
    return _class_to_come(way)


def _can_wait(way: Way, item: Nudgeable) -> bool:
    """Before class the name is no hurry, so the class itself is what comes next."""
    return item.step.key is Key.NAMED and way.today < way.seat.workshop.starts_on


def _turn(way: Way, item: Nudgeable) -> Next:
    headline, sentence, label = TURNS[item.step.key]
    if item.step.key in (Key.OPENED, Key.ACCEPTED):
        email = _live_invitation(way).email
        sentence = _("%(body)s wrote to %(email)s. Open the link in that letter. %(note)s") % {
            "body": way.seat.workshop.course.scheme.body.name,
            "email": email,
            "note": item.step.note,
        }
        return Next("turn", _("Your turn"), headline, sentence.strip(), nudge=item, letter_to=email)
    return Next("turn", _("Your turn"), headline, str(sentence) or item.step.note, _url(way, item.step), label)


def _live_invitation(way: Way) -> Any:
    return way.line.live_invitation  # type: ignore[union-attr]


def _wait(item: Nudgeable) -> Next:
    eyebrow = _("Waiting for %(name)s") % {"name": item.step.holder_name}
    return Next("waiting", eyebrow, WAITS[item.step.key], item.step.note, nudge=item)


def _stopped(way: Way, step: Step) -> Next:
    headline = _("This class was cancelled") if step.key is Key.ATTENDED else _("This class ended without certificate")
    return Next("waiting", _("Ended"), headline, step.note, "/workshops", _("Find another workshop"))


def _class_to_come(way: Way) -> Next:
    workshop = way.seat.workshop
    if way.today > workshop.starts_on:
        address, label = f"/workshops/{workshop.public_id}", _("Where, when, and what to expect")
        return Next("waiting", _("Under way"), _("Come to class"), "", address, label)
    return Next(
        "waiting", _("Coming up"), _("Come to class"), "", f"/journey/{way.seat.public_id}/ready", _("Get ready")
    )


def _url(way: Way, step: Step) -> str:
    if step.key is Key.READY:
        return "/experience"
    if step.key is Key.PAID and way.seat.order is not None:
        return f"/orders/{way.seat.order.public_id}"
    return f"/seats/{way.seat.public_id}/declaration"
