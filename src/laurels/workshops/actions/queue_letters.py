"""What people are told about the queue. Each is called by a reaction, after the fact."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, secret_token
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.programmes.queries import letter_template
from laurels.workshops import queries
from laurels.workshops.models import Offer, QueuePlace


@transaction.atomic
def tell_of_queue(place: QueuePlace, *, by: Actor, now: datetime) -> Letter | None:
    """Confirm the place in the queue, and what happens next. None when it has ended meanwhile."""
    if not place.is_live:
        return None
    values = {
        "position": str(queries.position_of(place)),
        "wish": queries.wish_in_words(place),
        "link": settings.PUBLIC_URL + queries.queue_path(place.queue),
    }
    return _write("queue-joined", place, values, by=by, now=now)


@transaction.atomic
def tell_of_offer(offer: Offer, *, by: Actor, now: datetime) -> Letter | None:
    """Write what is offered and until when, with a link for this letter alone. None when it is answered already."""
    if offer.state != Offer.State.OPEN:
        return None
    secret = secret_token()
    offer.secret_digest = digest(secret)
    offer.save(update_fields=["secret_digest"])
    values = {
        "dates": queries.dates_in_words(offer.workshop),
        "seats": ngettext("one seat", "%(n)d seats", offer.seats) % {"n": offer.seats},
        "until": queries.until_in_words(offer),
        "link": settings.PUBLIC_URL + reverse("offer", args=[secret]),
    }
    return _write("queue-offer", offer.queue_place, values, is_secret=True, by=by, now=now)


@transaction.atomic
def tell_of_offer_gone(offer: Offer, *, by: Actor, now: datetime) -> Letter | None:
    """Say that the offer has ended without their answer, why, and where they stand now."""
    reasons = {
        Offer.State.EXPIRED: _("It was not answered in time, so the seat went to the next in the queue."),
        Offer.State.WITHDRAWN: _("The workshop will not be held with these seats."),
        Offer.State.UNPAID: _("It was not paid in time, so the seat went to the next in the queue. You wait again."),
    }
    values = {
        "dates": queries.dates_in_words(offer.workshop),
        "reason": reasons[Offer.State(offer.state)],
        "link": settings.PUBLIC_URL + queries.queue_path(offer.queue_place.queue),
    }
    return _write("queue-offer-expired", offer.queue_place, values, by=by, now=now)


def _write(
    key: str, place: QueuePlace, more: dict[str, str], *, is_secret: bool = False, by: Actor, now: datetime
) -> Letter | None:
    queue, person = place.queue, place.person
    if not person.email:
        return None
    return write(
        key,
        letter_template(queue.course.scheme.body, key, person.language),
        to=person.email,
        values={"name": person.name, "course": queue.course.title, "provider": queue.provider.name} | more,
        person=person,
        sender_name=queue.provider.name,
        topic=queue.topic,
        is_secret=is_secret,
        by=by,
        now=now,
    )
