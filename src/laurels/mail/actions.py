"""The verbs of letters."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.mail import facts, rules
from laurels.mail.models import Attachment, Delivery, Letter
from laurels.mail.rules import LetterTemplate


@transaction.atomic
def write(
    key: str,
    template: LetterTemplate,
    *,
    to: str,
    values: Mapping[str, str],
    person: AbstractBaseUser | None = None,
    sender_name: str = "",
    topic: str = "",
    is_secret: bool = False,
    attachments: Sequence[tuple[str, str, bytes]] = (),
    by: Actor,
    now: datetime,
) -> Letter:
    """Write a letter in the open transaction; it leaves after it. ``attachments`` are (name, media type, bytes).

    ``is_secret``: it carries a code or a one-time link, so its text is forgotten here once it has really gone.

    Raises Refused for an address that is not one, ValueError for a template that does not fit ``values``.
    """
    require(rules.why_not_write(to=to.strip(), sender_name=sender_name))
    rendered = rules.render(template, values)
    letter = Letter.objects.create(
        key=key,
        to=to.strip().lower(),
        person_id=person.pk if person else None,
        sender_name=sender_name,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        topic=topic,
        has_secret=is_secret,
        written_at=now,
    )
    for name, media_type, content in attachments:
        Attachment.objects.create(letter=letter, name=name, media_type=media_type, content=content)
    letter.deliveries.create(state=Delivery.State.WRITTEN, at=now)
    record(letter.fact_topic, facts.LetterWritten(letter.pk), by=by, at=now)
    return letter


@transaction.atomic
def mark_sent(letter: Letter, *, detail: str = "", by: Actor, now: datetime) -> Letter:
    """Note that the letter has gone; asking twice notes it once. A secret that has really gone is forgotten here."""
    letter = Letter.objects.lock(letter.pk)
    if letter.sent_at:
        return letter
    letter.sent_at = now
    if letter.has_secret and settings.LETTERS != "page":
        letter.text = letter.html = ""
    letter.save(update_fields=["sent_at", "text", "html"])
    letter.deliveries.create(state=Delivery.State.SENT, at=now, detail=detail)
    record(letter.fact_topic, facts.LetterSent(letter.pk), by=by, at=now)
    return letter


@transaction.atomic
def mark_failed(letter: Letter, *, detail: str, by: Actor, now: datetime) -> Letter:
    """Add a failed attempt to the delivery log; a letter that has gone already stays sent."""
    letter = Letter.objects.lock(letter.pk)
    if letter.sent_at:
        return letter
    letter.deliveries.create(state=Delivery.State.FAILED, at=now, detail=detail)
    record(letter.fact_topic, facts.LetterFailed(letter.pk), by=by, at=now)
    return letter


@transaction.atomic
def mark_bounced(letter: Letter, *, detail: str, by: Actor, now: datetime) -> Letter:
    """It came back for good, at once or days later; noted once."""
    letter = Letter.objects.lock(letter.pk)
    if letter.deliveries.filter(state=Delivery.State.BOUNCED).exists():
        return letter
    letter.deliveries.create(state=Delivery.State.BOUNCED, at=now, detail=detail)
    record(letter.fact_topic, facts.LetterBounced(letter.pk), by=by, at=now)
    return letter


@transaction.atomic
def write_again(letter: Letter, to: str, *, by: Actor, now: datetime) -> Letter | None:
    """The same words to another address of the same person. None for a letter with a secret: that is bound to one."""
    letter = Letter.objects.lock(letter.pk)
    if letter.has_secret:
        return None
    again = Letter.objects.create(
        key=letter.key,
        to=to,
        person_id=letter.person_id,
        sender_name=letter.sender_name,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        topic=letter.topic,
        written_at=now,
    )
    for one in letter.attachments.all():
        Attachment.objects.create(letter=again, name=one.name, media_type=one.media_type, content=one.content)
    again.deliveries.create(state=Delivery.State.WRITTEN, at=now)
    record(again.fact_topic, facts.LetterWritten(again.pk), by=by, at=now)
    return again
