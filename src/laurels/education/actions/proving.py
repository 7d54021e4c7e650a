"""The verbs of proof: evidence is added and organisers are asked; the line itself never changes."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import override

from laurels.education import facts, queries, rules
from laurels.education.models import Cosigning, Evidence, LedgerEntry
from laurels.education.rules.evidence import EvidenceFile, why_not_add_evidence
from laurels.education.rules.others import COSIGNING_LASTS, why_not_answer, why_not_ask
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, secret_token
from laurels.kernel.refusal import Refusal, Refused, require
from laurels.mail.actions import write
from laurels.people.models import Person, normal_email
from laurels.programmes.queries import letter_template


@transaction.atomic
def add_evidence(
    entry: LedgerEntry,
    *,
    file: EvidenceFile | None = None,
    url: str = "",
    words: str = "",
    by: Actor,
    now: datetime,
) -> Evidence:
    """Show something more for an entry. The same file twice is one. Raises Refused."""
    Person.objects.lock(entry.person_id)
    seen = sha256(file.content).hexdigest() if file else ""
    earlier = entry.evidence.filter(digest=seen).first() if seen else None
    if earlier and not earlier.removed_on and by.person_id == entry.person_id:
        return earlier
    require(why_not_add_evidence(entry, count=entry.evidence.count(), removed=earlier, by=by))
    if not file and not url and not words.strip():
        raise Refused(rules.nothing_shown())
    evidence = Evidence.objects.create(
        entry=entry,
        name=file.name if file else "",
        media_type=file.media_type if file else "",
        content=file.content if file else b"",
        digest=seen,
        url=url,
        words=words.strip(),
        added_at=now,
    )
    record(entry.topic, facts.EvidenceAdded(entry.pk, evidence.pk, entry.person_id), by=by, at=now)
    return evidence


@transaction.atomic
def ask_organiser(entry: LedgerEntry, email: str, *, by: Actor, now: datetime) -> Cosigning:
    """Write to an organiser: was it so? While a link to the same address is open, no second one. Raises Refused."""
    person, email = Person.objects.lock(entry.person_id), normal_email(email)
    asked = Cosigning.objects.filter(entry__person=person).open(now)
    if (earlier := asked.filter(entry=entry, email=email).first()) and by.person_id == person.pk:
        return earlier
    require(why_not_ask(entry, email, own=queries.addresses(person), open_=asked.count(), by=by))
    secret = secret_token()
    cosigning = Cosigning.objects.create(
        entry=entry, email=email, secret_digest=digest(secret), asked_at=now, expires_at=now + COSIGNING_LASTS
    )
    body = queries.body_of(person)
    if body is None:
        raise Refused(Refusal("no-body", rules.no_body_yet()))
    with override(person.language):
        on = date_format(entry.on, "j F Y")
    write(
        "cosigning",
        letter_template(body, "cosigning", person.language),
        to=email,
        values={
            "name": person.name,
            "what": entry.title,
            "on": on,
            "units": rules.hours_in_words(entry.minutes),
            "body": body.name,
            "link": f"{settings.PUBLIC_URL}/cosignings/{secret}",
        },
        sender_name=body.name,
        topic=entry.topic,
        is_secret=True,
        by=by,
        now=now,
    )
    record(entry.topic, facts.OrganiserAsked(entry.pk, cosigning.pk, person.pk), by=by, at=now)
    return cosigning


@transaction.atomic
def answer(cosigning: Cosigning, said: str, *, name: str, words: str = "", by: Actor, now: datetime) -> Cosigning:
    """What the organiser says to it, once; the link proves the address. Raises Refused."""
    person = Person.objects.lock(cosigning.entry.person_id)
    cosigning = Cosigning.objects.lock(cosigning.pk)
    own = queries.addresses(person) | ({cosigning.email} if by.person_id == person.pk else set())
    require(why_not_answer(cosigning, name, said, own=own, now=now))
    cosigning.answer, cosigning.name, cosigning.words = said, name.strip()[:120], words.strip()[:400]
    if said == Cosigning.Answer.CONFIRMED and cosigning.entry.confirmed:
        raise Refused(rules.confirmed_already())
    cosigning.answered_at = now
    cosigning.save(update_fields=["answer", "name", "words", "answered_at"])
    fact = facts.OrganiserAnswered(cosigning.entry_id, cosigning.pk, person.pk)
    record(cosigning.entry.topic, fact, by=by, at=now)
    return cosigning
