"""The verb of correcting: what stood there is taken back, and what should have stood there takes its place."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.education import rules
from laurels.education.actions.ledger import report, reverse
from laurels.education.actions.proving import add_evidence
from laurels.education.models import Evidence, LedgerEntry
from laurels.education.rules.evidence import EvidenceFile
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Person


@transaction.atomic
def correct(
    entry: LedgerEntry,
    title: str,
    *,
    on: date,
    minutes: int,
    category: str,
    url: str = "",
    words: str = "",
    by: Actor,
    now: datetime,
) -> LedgerEntry:
    """What should have stood there: ``entry`` is taken back and a new one written, or neither. Raises Refused.

    What was shown for it comes along; an organiser's yes does not, for it was given to other words.
    """
    Person.objects.lock(entry.person_id)
    entry = LedgerEntry.objects.select_related("person").with_proof().get(pk=entry.pk)
    if by.person_id == entry.person_id and (earlier := entry.corrections.first()):
        return earlier
    said = (title.strip(), on, minutes, category, url, words.strip())
    stands = (entry.title, entry.on, entry.minutes, entry.category, entry.evidence_url, entry.evidence_text)
    require(rules.why_not_correct(entry, is_same=said == stands, by=by))
    reverse(entry, _("Corrected"), by=by, now=now)
    fields = {"on": on, "minutes": minutes, "category": category, "url": url, "words": words}
    right = report(entry.person, title, **fields, corrects=entry, by=by, now=now)  # type: ignore[arg-type]
    for shown in entry.evidence.filter(removed_on=None).order_by("pk"):
        add_evidence(right, file=_file(shown), url=shown.url, words=shown.words, by=by, now=now)
    return right


def _file(shown: Evidence) -> EvidenceFile | None:
    return EvidenceFile(shown.name, shown.media_type, bytes(shown.content)) if shown.digest else None
