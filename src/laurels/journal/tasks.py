from django.tasks import task
from django.utils import timezone

from laurels.journal import actions
from laurels.journal.models import Entry


@task()
def react(entry_id: int, reaction: str) -> None:
    """Run one reaction of ``journey/reactions.py`` to one entry; safe to run again."""
    entry = Entry.objects.select_related("topic").get(pk=entry_id)
    for candidate in actions.reactions.get(entry.fact, []):
        if candidate.__name__ == reaction:
            candidate(entry, now=timezone.now())
