"""The door through which letters leave, after the transaction that wrote them."""

from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.mail import actions, queries
from laurels.mail.models import Letter

# No such mailbox, moved for good, no such name (RFC 5321, 4.2.3).
NOBODY_THERE = {550, 551, 553}
POSTMAN = Actor.of_system("postman")


@task
def send(entry_id: int) -> None:
    """Send the letter that a ``LetterWritten`` entry tells of; a failure is noted and raised, to be tried again."""
    letter = Letter.objects.get(pk=Entry.objects.get(pk=entry_id).payload["letter_id"])
    if letter.sent_at:
        return
    if settings.LETTERS != "page" and not _post(letter):
        return
    actions.mark_sent(letter, by=POSTMAN, now=timezone.now())


def _post(letter: Letter) -> bool:
    """Whether it has gone; False when the address is refused for good, so that trying again is of no use."""
    try:
        queries.message_of(letter).send()
    except SMTPRecipientsRefused as refused:
        answers = [(code, text) for code, text in refused.recipients.values()]
        detail = "; ".join(f"{code} {text.decode('ascii', 'replace')}" for code, text in answers)
        if all(code in NOBODY_THERE for code, _text in answers):
            actions.mark_bounced(letter, detail=detail, by=POSTMAN, now=timezone.now())
            return False
        actions.mark_failed(letter, detail=detail, by=POSTMAN, now=timezone.now())
        raise
    except Exception as problem:
        actions.mark_failed(letter, detail=f"{type(problem).__name__}: {problem}", by=POSTMAN, now=timezone.now())
        raise
    return True
