"""The letters of this stage. ``tell_of_…`` are for reactions: asked twice about the same, they write once."""

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from laurels.audits import facts
from laurels.audits.models import Appeal, Audit, Reminder, Ruling
from laurels.audits.rules import DAYS_TO_REMIND
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.people.models import Organisation
from laurels.people.queries import primary_email
from laurels.programmes.queries import letter_template


@transaction.atomic
def tell_of_audit(audit: Audit, *, by: Actor, now: datetime) -> Letter | None:
    values = {"entries": str(audit.entries.count()), "due_on": _day(audit.due_on, audit.person.language)}
    return _tell(audit, "audit-notice", values, topic=audit.topic, by=by, now=now)


@transaction.atomic
def tell_of_question(ruling: Ruling, *, by: Actor, now: datetime) -> Letter | None:
    audit = ruling.audited.audit
    reason = f"{ruling.audited.entry.title}: {ruling.words}"
    values = {"reason": reason, "due_on": _day(audit.due_on, audit.person.language)}
    return _tell(audit, "audit-question", values, topic=f"audit-ruling:{ruling.pk}", by=by, now=now)


@transaction.atomic
def tell_of_settlement(appeal: Appeal, *, by: Actor, now: datetime) -> Letter | None:
    """What somebody else found, with their reason; nothing while it is open."""
    audited = appeal.ruling.audited
    if not appeal.outcome:
        return None
    with override(audited.audit.person.language):
        if appeal.outcome == Appeal.Outcome.UPHELD:
            outcome = _("You were right: the units are back in your ledger as a line of their own.")
        else:
            outcome = _("The refusal stands.")
    values = {"what": audited.entry.title, "outcome": outcome, "reason": appeal.answer}
    return _tell(audited.audit, "audit-appeal", values, topic=f"audit-appeal:{appeal.pk}", by=by, now=now)


@transaction.atomic
def remind(audit: Audit, *, by: Actor, now: datetime) -> Reminder | None:
    """Write once before the day an answer is due; None where an answer came meanwhile, or the day is not near."""
    audit = Audit.objects.lock(audit.pk)
    if earlier := audit.reminders.filter(due_on=audit.due_on).first():
        return earlier
    if not Audit.objects.filter(pk=audit.pk).to_remind(day_in(audit.body.zone, now), DAYS_TO_REMIND).exists():
        return None
    values = {"entries": str(audit.entries.count()), "due_on": _day(audit.due_on, audit.person.language)}
    topic = f"audit-due:{audit.pk}:{audit.due_on.isoformat()}"
    letter = _tell(audit, "audit-reminder", values, topic=topic, by=by, now=now)
    reminder = Reminder.objects.create(audit=audit, due_on=audit.due_on, letter=letter, at=now)
    record(audit.topic, facts.AuditReminded(audit.pk, reminder.pk), by=by, at=now)
    return reminder


def remind_all(body: Organisation, *, by: Actor, now: datetime) -> int:
    """Everybody at the body whose day is near, each by itself; how many letters that were."""
    due = Audit.objects.filter(body=body).to_remind(day_in(body.zone, now), DAYS_TO_REMIND)
    return sum(remind(one, by=by, now=now) is not None for one in list(due))


@transaction.atomic
def tell_of_outcome(audit: Audit, *, by: Actor, now: datetime) -> Letter | None:
    refused = Ruling.objects.filter(audited__audit=audit, kind=Ruling.Kind.REFUSE).count()
    with override(audit.person.language):
        if refused:
            outcome = _("%(n)s of your entries could not be accepted and were taken back.") % {"n": refused}
        else:
            outcome = _("Everything is in order. Thank you for your trouble.")
    return _tell(audit, "audit-outcome", {"outcome": outcome}, topic=audit.topic, by=by, now=now)


def _tell(audit: Audit, key: str, values: Mapping[str, str], *, topic: str, by: Actor, now: datetime) -> Letter | None:
    """One letter about a topic and of a kind. None for whoever has no address."""
    audit = Audit.objects.lock(audit.pk)
    earlier = Letter.objects.about(topic).filter(key=key).first()
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
        topic=topic,
        by=by,
        now=now,
    )


def _day(day: date, language: str) -> str:
    with override(language):
        return date_format(day, "j F Y")
