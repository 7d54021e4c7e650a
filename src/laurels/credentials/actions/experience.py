"""Work that people tell a body of, and what its staff say to it. The line's row orders whoever works on it."""

from datetime import date, datetime

from django.db import transaction

from laurels.credentials import facts, queries, rules
from laurels.credentials.models import Experience, ExperienceRuling
from laurels.credentials.rules.experience import Work
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.people.models import Organisation, Person

Verdict = ExperienceRuling.Verdict


@transaction.atomic
def claim_experience(
    person: Person,
    body: Organisation,
    role: str,
    *,
    organisation: str,
    since: date,
    until: date | None,
    did: str,
    referee: str = "",
    by: Actor,
    now: datetime,
) -> Experience:
    """Tell the body of work in a role; ``until`` None goes on. The same told twice is one line. Raises Refused."""
    person = Person.objects.lock(person.pk)
    organisation = organisation.strip()
    told = Experience.objects.standing().filter(person=person, body=body, role=role, organisation=organisation)
    if same := told.filter(since=since, until=until).first():
        return same
    roles, today = queries.roles_of(body), day_in(body.zone, now)
    work = Work(role, organisation, since, until, did)
    require(rules.why_not_claim(person, work, roles=roles, today=today, by=by))
    experience = Experience.objects.create(
        person=person,
        body=body,
        role=role,
        organisation=organisation,
        since=since,
        until=until,
        did=did.strip(),
        referee=referee.strip(),
        claimed_at=now,
    )
    record(experience.topic, facts.ExperienceClaimed(experience.pk, person.pk), by=by, at=now)
    return experience


@transaction.atomic
def take_back_experience(experience: Experience, *, by: Actor, now: datetime) -> Experience:
    """It counts no longer and stays to be seen; asking twice is no harm. Raises Refused."""
    experience = Experience.objects.lock(experience.pk)
    require(rules.why_not_take_back(experience, by=by))
    if experience.taken_back_at is not None:
        return experience
    experience.taken_back_at = now
    experience.save(update_fields=["taken_back_at"])
    record(experience.topic, facts.ExperienceTakenBack(experience.pk, experience.person_id), by=by, at=now)
    return experience


@transaction.atomic
def validate_experience(experience: Experience, *, by: Actor, now: datetime) -> ExperienceRuling:
    """It counts from now on; one that goes on counts until this day. Asking twice gives the same. Raises Refused."""
    experience = Experience.objects.lock(experience.pk)
    earlier = experience.rulings.filter(verdict=Verdict.VALIDATED).first()
    if earlier and by.has("staff", at=experience.body_id):
        return earlier
    require(rules.why_not_rule_on(experience, by=by))
    ruling = _rule(experience, Verdict.VALIDATED, "", by, now)
    fact = facts.ExperienceValidated(experience.pk, experience.person_id, ruling.pk)
    record(experience.topic, fact, by=by, at=now)
    return ruling


@transaction.atomic
def refuse_experience(experience: Experience, reason: str, *, by: Actor, now: datetime) -> ExperienceRuling:
    """It does not count, for a reason that the person reads. Asking twice gives the same. Raises Refused."""
    experience = Experience.objects.lock(experience.pk)
    earlier = experience.rulings.filter(verdict=Verdict.REFUSED).first()
    if earlier and by.has("staff", at=experience.body_id):
        return earlier
    require(rules.why_not_refuse(experience, reason, by=by))
    ruling = _rule(experience, Verdict.REFUSED, reason, by, now)
    fact = facts.ExperienceRefused(experience.pk, experience.person_id, ruling.pk)
    record(experience.topic, fact, by=by, at=now)
    return ruling


@transaction.atomic
def ask_about_experience(experience: Experience, question: str, *, by: Actor, now: datetime) -> ExperienceRuling:
    """Give the line back with a question; it waits for the answer. Raises Refused."""
    experience = Experience.objects.lock(experience.pk)
    require(rules.why_not_ask(experience, question, by=by))
    ruling = _rule(experience, Verdict.ASKED, question, by, now)
    fact = facts.ExperienceAskedAbout(experience.pk, experience.person_id, ruling.pk)
    record(experience.topic, fact, by=by, at=now)
    return ruling


@transaction.atomic
def explain_experience(experience: Experience, answer: str, *, by: Actor, now: datetime) -> ExperienceRuling:
    """Answer the body's question; the line is with the body again. Raises Refused."""
    experience = Experience.objects.lock(experience.pk)
    require(rules.why_not_answer(experience, answer, by=by))
    ruling = experience.rulings.get(verdict=Verdict.ASKED, answered_at=None)
    ruling.answer, ruling.answered_at = answer.strip(), now
    ruling.save(update_fields=["answer", "answered_at"])
    fact = facts.ExperienceExplained(experience.pk, experience.person_id, ruling.pk)
    record(experience.topic, fact, by=by, at=now)
    return ruling


def rule_on_experience(
    experience: Experience, verdict: str, words: str, *, by: Actor, now: datetime
) -> ExperienceRuling:
    """Validate, refuse or ask, as ``verdict`` says."""
    match Verdict(verdict):
        case Verdict.VALIDATED:
            return validate_experience(experience, by=by, now=now)
        case Verdict.REFUSED:
            return refuse_experience(experience, words, by=by, now=now)
        case Verdict.ASKED:
            return ask_about_experience(experience, words, by=by, now=now)


def _rule(experience: Experience, verdict: str, words: str, by: Actor, now: datetime) -> ExperienceRuling:
    return experience.rulings.create(verdict=verdict, words=words.strip(), by_id=by.person_id, at=now)
