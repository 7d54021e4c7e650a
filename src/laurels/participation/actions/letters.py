"""The letters of this stage, for reactions: what to confirm, what was decided, what the body says."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from laurels.kernel.actor import Actor
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.participation.models import Attestation, Line, Roster
from laurels.people.models import Person
from laurels.people.queries import primary_email
from laurels.programmes.queries import letter_template
from laurels.workshops.models import Seat, Workshop
from laurels.workshops.queries import dates_in_words


@transaction.atomic
def ask_for_declarations(workshop_id: int, *, by: Actor, now: datetime) -> list[Letter]:
    """Ask everybody of a held workshop who has not said so yet how their name shall stand on the certificate."""
    seats = Workshop.objects.get(pk=workshop_id).seats.filter(declaration=None).by_name()
    return [letter for seat in seats.select_related("person") if (letter := _ask(seat, by=by, now=now))]


def _ask(seat: Seat, *, by: Actor, now: datetime) -> Letter | None:
    link = f"{settings.PUBLIC_URL}/seats/{seat.public_id}/declaration"
    return _write(seat.workshop, "declare-reminder", seat.person, {"name": seat.name, "link": link}, by=by, now=now)


@transaction.atomic
def tell_of_decision(attestation: Attestation, *, by: Actor, now: datetime) -> Letter | None:
    """Tell the learner the trainer's decision and its reason; a decision that a newer one replaced is not told."""
    seat = attestation.seat
    if Attestation.objects.latest_of(seat) != attestation:
        return None
    key = "attested" if attestation.decision == Attestation.Decision.ELIGIBLE else attestation.decision
    trainer = attestation.decided_by or seat.workshop.provider
    values = {
        "name": seat.name,
        "link": f"{settings.PUBLIC_URL}/journey",
        "reason": attestation.reason,
        "trainer": str(trainer),
    }
    return _write(seat.workshop, str(key), seat.person, values, by=by, now=now)


@transaction.atomic
def tell_of_receipt(roster: Roster, *, by: Actor, now: datetime) -> list[Letter]:
    """Tell the workshop's trainers that their roster has arrived."""
    values = {"people": str(roster.lines.count())}
    return list(_to_trainers(roster, "roster-received", values, by=by, now=now))


@transaction.atomic
def tell_of_return(line: Line, *, by: Actor, now: datetime) -> list[Letter]:
    """Tell the trainers which line the body returned, and why."""
    values = {"person": line.certificate_name, "reason": line.return_reason}
    return list(_to_trainers(line.roster, "line-returned", values, by=by, now=now))


def _to_trainers(roster: Roster, key: str, values: dict[str, str], *, by: Actor, now: datetime) -> Iterable[Letter]:
    link = f"{settings.PUBLIC_URL}/desk/workshops/{roster.workshop.public_id}/roster"
    for trainer in roster.workshop.trainers.order_by("pk"):
        letter = _write(roster.workshop, key, trainer, {"name": trainer.name, "link": link, **values}, by=by, now=now)
        if letter:
            yield letter


def _write(
    workshop: Workshop, key: str, person: Person, values: dict[str, str], *, by: Actor, now: datetime
) -> Letter | None:
    to, body = primary_email(person), workshop.course.scheme.body
    if not to:
        return None
    template = letter_template(body, key, person.language)
    known = {
        "body": body.name,
        "course": workshop.course.title,
        "dates": dates_in_words(workshop),
        "provider": workshop.provider.name,
        **values,
    }
    return write(
        key,
        template,
        to=to,
        values={name: known[name] for name in template.placeholders},
        person=person,
        sender_name=workshop.provider.name,
        topic=workshop.topic,
        by=by,
        now=now,
    )
