"""The door through which letters leave, after the transaction that wrote them."""

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.mail import actions, queries
from laurels.mail.models import Letter

POSTMAN = Actor.of_system("postman")


@task
def send(entry_id: int) -> None:
    """Send the letter that a ``LetterWritten`` entry tells of; a failure is noted and raised, to be tried again."""
    letter = Letter.objects.get(pk=Entry.objects.get(pk=entry_id).payload["letter_id"])
    if letter.sent_at:
        return
    if settings.LETTERS != "page":
        _post(letter)
    actions.mark_sent(letter, by=POSTMAN, now=timezone.now())


def _post(letter: Letter) -> None:
    try:
        queries.message_of(letter).send()
    except Exception as problem:
        actions.mark_failed(letter, detail=f"{type(problem).__name__}: {problem}", by=POSTMAN, now=timezone.now())
        raise
