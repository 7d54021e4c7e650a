"""The letters of this stage. ``tell_of_…`` are for reactions: asked twice about the same, they write once."""

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from laurels.audits.models import Audit, Ruling
from laurels.kernel.actor import Actor
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.people.queries import primary_email
from laurels.programmes.queries import letter_template


@transaction.atomic
def tell_of_audit(audit: Audit, *, by: Actor, now: datetime) -> Letter | None:
    values = {"entries": str(audit.entries.count()), "due_on": _day(audit.due_on, audit.person.language)}
    return _tell(audit, "audit-notice", values, since=audit.begun_at, by=by, now=now)


@transaction.atomic
def tell_of_question(ruling: Ruling, *, by: Actor, now: datetime) -> Letter | None:
    audit = ruling.audited.audit
    reason = f"{ruling.audited.entry.title}: {ruling.words}"
    values = {"reason": reason, "due_on": _day(audit.due_on, audit.person.language)}
    return _tell(audit, "audit-question", values, since=ruling.at, by=by, now=now)


@transaction.atomic
def tell_of_outcome(audit: Audit, *, by: Actor, now: datetime) -> Letter | None:
    refused = Ruling.objects.filter(audited__audit=audit, kind=Ruling.Kind.REFUSE).count()
    with override(audit.person.language):
        if refused:
            outcome = _("%(n)s of your entries could not be accepted and were taken back.") % {"n": refused}
        else:
            outcome = _("Everything is in order. Thank you for your trouble.")
    return _tell(audit, "audit-outcome", {"outcome": outcome}, since=audit.closed_at or now, by=by, now=now)


def _tell(
    audit: Audit, key: str, values: Mapping[str, str], *, since: datetime, by: Actor, now: datetime
) -> Letter | None:
    """None for whoever has no address."""
    audit = Audit.objects.lock(audit.pk)
    earlier = Letter.objects.about(audit.topic).filter(key=key, written_at__gte=since).first()
    email = primary_email(audit.person)
    if earlier or not email:
        return earlier
    link = f"{settings.PUBLIC_URL}/audits/{audit.public_id}"
    return write(
        key,
        letter_template(audit.body, key, audit.person.language),
        to=email,
        values={"name": audit.person.name, "body": audit.body.name, "link": link, **values},
        person=audit.person,
        sender_name=audit.body.name,
        topic=audit.topic,
        by=by,
        now=now,
    )


def _day(day: date, language: str) -> str:
    with override(language):
        return date_format(day, "j F Y")
