"""What everybody with a seat hears of a change, and what those who run a workshop tell them of the way in."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.programmes.queries import letter_template
from laurels.workshops import facts, queries, rules
from laurels.workshops.models import Edition, JoiningInstructions, Seat, Workshop
from laurels.workshops.queries.telling import differences, edition_of, hours_in_words


@transaction.atomic
def tell_joining(workshop: Workshop, text: str, *, by: Actor, now: datetime) -> JoiningInstructions | None:
    """How people with a seat get in, in Markdown; None where nothing is told any more. Raises Refused."""
    workshop = Workshop.objects.lock(workshop.pk)
    text = text.strip().replace("\r\n", "\n")
    require(rules.why_not_tell_joining(workshop, text, by=by))
    told = JoiningInstructions.objects.filter(workshop=workshop).first()
    if text == (told.text if told else ""):
        return told
    record(workshop.topic, facts.JoiningTold(workshop.pk), by=by, at=now)
    if not text:
        JoiningInstructions.objects.filter(workshop=workshop).delete()
        return None
    values = {"text": text, "changed_by_id": by.person_id, "changed_at": now}
    told, _is_new = JoiningInstructions.objects.update_or_create(workshop=workshop, defaults=values)
    return told


@transaction.atomic
def note_edition(workshop_id: int, *, now: datetime) -> Edition:
    """What is announced is what later changes are held against; asking twice notes it once."""
    workshop = Workshop.objects.lock(workshop_id)
    if first := workshop.editions.newest_first().first():
        return first
    edition = edition_of(workshop, number=1, now=now)
    edition.save()
    return edition


@transaction.atomic
def tell_of_change(workshop_id: int, *, changed_at: datetime, by: Actor, now: datetime) -> list[Letter]:
    """Everybody who had a seat then hears what changed, old → new, with the new days for their calendar.

    Nobody, where nothing changed that people come by, or where it is not known what they were told before.
    """
    workshop = Workshop.objects.lock(workshop_id)
    if workshop.state not in {Workshop.State.ANNOUNCED, Workshop.State.CONFIRMED}:
        return []
    before = workshop.editions.newest_first().first()
    after = edition_of(workshop, number=before.number + 1 if before else 1, now=now)
    if before and before.says() == after.says():
        return []
    after.save()
    if before is None:
        return []
    had_one = workshop.seats.filter(state=Seat.State.TAKEN, taken_at__lte=changed_at).order_by("pk")
    letters = [_tell_of_change(seat, before, after, by=by, now=now) for seat in had_one.select_related("person")]
    return [letter for letter in letters if letter]


def _tell_of_change(seat: Seat, before: Edition, after: Edition, *, by: Actor, now: datetime) -> Letter | None:
    with override(seat.person.language):
        changes = {"changes": "\n".join(differences(before, after))}
    return write_to_seat("workshop-changed", seat, changes, has_dates=True, by=by, now=now)


def write_to_seat(
    key: str, seat: Seat, more: Mapping[str, str], *, has_dates: bool = False, by: Actor, now: datetime
) -> Letter | None:
    """A letter to whoever has the seat, in their language, with their hours and the way in; None without an address."""
    workshop, person = seat.workshop, seat.person
    if not person.email:
        return None
    with override(person.language):
        values = {
            "name": seat.name,
            "course": workshop.course.title,
            "dates": queries.dates_in_words(workshop),
            "hours": hours_in_words(workshop, person.zone),
            "joining": queries.joining_in_plain(workshop),
            "place": queries.place_in_words(workshop),
            "provider": workshop.provider.name,
            "link": settings.PUBLIC_URL + reverse("seat", args=[seat.public_id]),
        }
    return write(
        key,
        letter_template(workshop.course.scheme.body, key, person.language),
        to=person.email,
        values=values | dict(more),
        person=person,
        sender_name=workshop.provider.name,
        topic=workshop.topic,
        attachments=queries.seat_attachments(seat) if has_dates else [],
        by=by,
        now=now,
    )
