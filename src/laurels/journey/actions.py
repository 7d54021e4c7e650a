"""The verbs of this stage."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from laurels.credentials.actions import resend_invitation
from laurels.journal.actions import record
from laurels.journey import facts, rules
from laurels.journey.models import CalendarAddress, Nudge
from laurels.journey.queries import Way, way_of
from laurels.journey.rules import Holder, Step
from laurels.journey.rules.nudging import BY_LETTER
from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, secret_token
from laurels.kernel.refusal import Refusal, Refused, require
from laurels.mail.actions import write
from laurels.mail.rules import builtin
from laurels.people.models import Person, Role
from laurels.people.queries import primary_email
from laurels.workshops.models import Seat, Workshop

POSTMAN = Actor.of_system("nudge")


@transaction.atomic
def nudge(seat: Seat, key: str, *, by: Actor, now: datetime) -> Nudge:
    """Remind whoever holds this step of the seat's way, by letter. Raises Refused."""
    Workshop.objects.lock(seat.workshop_id)
    way = way_of(seat, now)
    step = way.step(key)
    if step is None:
        raise Http404
    latest = Nudge.objects.about(seat, key).first()
    require(
        rules.why_not_nudge(
            step,
            readers=_readers(way, by),
            is_staff=by.has("staff", at=way.seat.workshop.provider_id),
            latest=latest.at if latest else None,
            now=now,
            today=way.today,
        )
    )
    _remind(way, step, by=by, now=now)
    nudged = Nudge.objects.create(seat=seat, step=step.key, by_id=by.person_id, at=now)
    record(way.seat.workshop.topic, facts.Nudged(seat.workshop_id, seat.pk, step.key), by=by, at=now)
    return nudged


@transaction.atomic
def make_calendar_address(person: Person, *, by: Actor, now: datetime) -> tuple[CalendarAddress, str]:
    """A new address of the person's own calendar with its secret, which is never shown again; earlier ones end."""
    person = Person.objects.lock(person.pk)
    require(rules.why_not_calendar(person, by=by))
    person.calendar_addresses.live().update(revoked_at=now)
    secret = secret_token()
    address = CalendarAddress.objects.create(person=person, secret_digest=digest(secret), made_at=now)
    record(person.topic, facts.CalendarAddressMade(person.pk, address.pk), by=by, at=now)
    return address, secret


@transaction.atomic
def revoke_calendar_addresses(person: Person, *, by: Actor, now: datetime) -> int:
    """Nobody reads the person's calendar from outside any more; how many addresses ended. Twice is the same as once."""
    person = Person.objects.lock(person.pk)
    require(rules.why_not_calendar(person, by=by))
    ended: int = person.calendar_addresses.live().update(revoked_at=now)
    if ended:
        record(person.topic, facts.CalendarAddressesRevoked(person.pk), by=by, at=now)
    return ended


def _readers(way: Way, by: Actor) -> set[Holder]:
    """What the actor is on this way."""
    workshop = way.seat.workshop
    is_known = {
        Holder.LEARNER: by.person_id is not None and by.person_id == way.seat.person_id,
        Holder.TRAINER: by.person_id is not None and workshop.trainers.filter(pk=by.person_id).exists(),
        Holder.BODY: not by.is_system and by.has("staff", at=workshop.course.scheme.body_id),
    }
    return {holder for holder, is_so in is_known.items() if is_so}


def _remind(way: Way, step: Step, *, by: Actor, now: datetime) -> None:
    if step.key in BY_LETTER and way.line is not None:
        # The link is stored nowhere, so reminding of the letter means sending a new one to the same address.
        resend_invitation(way.line.live_invitation, by=POSTMAN, now=now)  # type: ignore[attr-defined]
        return
    recipients = _recipients(way, step)
    if not recipients:
        raise Refused(
            Refusal("nobody", _("%(name)s has no address that a reminder could go to.") % {"name": step.holder_name})
        )
    for email, person in recipients.items():
        write(
            "nudge",
            builtin("nudge", person.language if person else "en"),
            to=email,
            values=_values(way, step),
            person=person,
            topic=way.seat.workshop.topic,
            by=by,
            now=now,
        )


def _recipients(way: Way, step: Step) -> dict[str, Person | None]:
    workshop = way.seat.workshop
    match step.holder:
        case Holder.LEARNER:
            return _addressed([way.seat.person])
        case Holder.TRAINER:
            return _addressed(workshop.trainers.order_by("pk"))
    body = workshop.course.scheme.body
    if body.email:
        return {body.email: None}
    kinds = [Role.Kind.STAFF, Role.Kind.OWNER]
    return _addressed(Person.objects.filter(roles__organisation=body, roles__kind__in=kinds).distinct().order_by("pk"))


def _addressed(people: Iterable[Person]) -> dict[str, Person | None]:
    return {email: person for person in people if (email := primary_email(person))}


def _values(way: Way, step: Step) -> dict[str, str]:
    workshop = way.seat.workshop
    return {
        "holder": step.holder_name,
        "learner": way.seat.name,
        "step": str(step.title),
        "course": workshop.course.title,
        "days": str(step.days(way.today)),
        "page": settings.PUBLIC_URL + _page(way, step),
    }


def _page(way: Way, step: Step) -> str:
    match step.holder:
        case Holder.LEARNER:
            return "/journey"
        case Holder.TRAINER:
            return f"/desk/workshops/{way.seat.workshop.public_id}/tracking"
    return f"/body/tracking?workshop={way.seat.workshop.public_id}"
