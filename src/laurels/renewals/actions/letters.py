"""What is written about a renewal."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from laurels.kernel.actor import Actor
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.people.queries import primary_email
from laurels.programmes.queries import letter_template
from laurels.programmes.rules.renewal import units_in_words
from laurels.renewals.models import Renewal


@transaction.atomic
def tell_it_fell_short(renewal: Renewal, minutes_missing: int, *, by: Actor, now: datetime) -> Letter | None:
    """That it was paid and not given, why, and that the money goes back. Told once; None without an address."""
    renewal = Renewal.objects.lock(renewal.pk)
    person, body = renewal.person, renewal.body
    email = primary_email(person)
    if not email or (earlier := Letter.objects.about(renewal.topic).first()):
        return earlier if email else None
    schemes = renewal.renewed.order_by("certification__scheme__code")
    values = {
        "name": person.name,
        "schemes": ", ".join(schemes.values_list("certification__scheme__name", flat=True)),
        "units": units_in_words(minutes_missing),
        "amount": str(renewal.fee),
        "body": body.name,
        "link": f"{settings.PUBLIC_URL}/renewals",
    }
    return write(
        "renewal-short",
        letter_template(body, "renewal-short", person.language),
        to=email,
        values=values,
        person=person,
        sender_name=body.name,
        topic=renewal.topic,
        by=by,
        now=now,
    )
