"""What pages show of letters, and the message that leaves."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from typing import Any
from urllib.parse import urlparse

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string

from laurels.mail.models import Delivery, Letter

PAGE_LENGTH = 200
LINK = re.compile(r"https?://[^\s<>\"')]+")


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    state: str
    label: str
    at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter with its delivery log, newest attempt last."""

    public_id: str
    key: str
    to: str
    subject: str
    written_at: datetime
    sent_at: datetime | None
    deliveries: list[DeliveryLine]


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    pk: int
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    line: LetterLine
    sender_name: str
    text: str
    html: str
    attachments: list[AttachmentLine]


def post_office(email: str = "") -> list[LetterLine]:
    """The newest letters of everybody, or of one address. Two queries."""
    letters = Letter.objects.latest_first()
    return delivery_log((letters.to_email(email) if email else letters)[:PAGE_LENGTH])


def delivery_log(letters: QuerySet[Letter]) -> list[LetterLine]:
    """The letters with every attempt to deliver them: for a member's own page, or a topic's. Two queries."""
    return [line_of(letter) for letter in letters.defer("text", "html").prefetch_related("deliveries")]


def letter_page(letter: Letter) -> LetterPage:
    attachments = letter.attachments.order_by("pk").values_list("pk", "name", "media_type")
    return LetterPage(
        line_of(letter),
        letter.sender_name,
        letter.text,
        letter.html,
        [AttachmentLine(pk, name, media_type) for pk, name, media_type in attachments],
    )


def line_of(letter: Letter) -> LetterLine:
    deliveries = sorted(letter.deliveries.all(), key=lambda delivery: delivery.pk)
    log = [DeliveryLine(d.state, str(Delivery.State(d.state).label), d.at, d.detail) for d in deliveries]
    return LetterLine(letter.public_id, letter.key, letter.to, letter.subject, letter.written_at, letter.sent_at, log)


def mailbox(email: str = "") -> list[dict[str, Any]]:
    """All letters, oldest first, as plain data for scripts: ``laurels mailbox --json``."""
    letters = Letter.objects.order_by("pk").prefetch_related("deliveries", "attachments")
    return [_as_data(letter) for letter in (letters.to_email(email) if email else letters)]


def _as_data(letter: Letter) -> dict[str, Any]:
    return {
        "id": letter.public_id,
        "key": letter.key,
        "to": letter.to,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "links": LINK.findall(letter.text),
        "topic": letter.topic,
        "written_at": letter.written_at.isoformat(),
        "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
        "attachments": [{"name": a.name, "media_type": a.media_type} for a in letter.attachments.all()],
        "deliveries": [
            {"state": d.state, "at": d.at.isoformat(), "detail": d.detail}
            for d in sorted(letter.deliveries.all(), key=lambda delivery: delivery.pk)
        ],
    }


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The e-mail of a letter. Its Message-ID is the letter's own, so a second sending can be told as one."""
    host = urlparse(settings.PUBLIC_URL).hostname or "localhost"
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=formataddr((letter.sender_name, settings.LETTERS_FROM)),
        to=[letter.to],
        headers={"Message-ID": f"<{letter.public_id}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("mail/parts/envelope.html", {"letter": letter}), "text/html")
    for attachment in letter.attachments.order_by("pk"):
        message.attach(attachment.name, bytes(attachment.content), attachment.media_type)
    return message
