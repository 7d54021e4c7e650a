"""What people have of what a certification needs before: five queries at most, however many people."""

from collections.abc import Collection
from datetime import date, datetime

from laurels.credentials.models import Certification, Experience
from laurels.credentials.queries.holding import standing
from laurels.credentials.rules.experience import State as Told
from laurels.credentials.rules.experience import months_within, state_of
from laurels.credentials.rules.readiness import Readiness
from laurels.kernel.periods import Period, day_in
from laurels.people.models import Address, Organisation, Person
from laurels.programmes.models import Scheme
from laurels.programmes.rules import Need, Prerequisites, prerequisites

type Pair = tuple[int, int]


def readiness(person: Person | None, scheme: Scheme, now: datetime) -> Readiness:
    """How ready the person is on the body's day; ``person`` None is somebody we know nothing of."""
    wanted = prerequisites(scheme.prerequisites)
    if person is None or not wanted:
        return Readiness(wanted, {})
    return readiness_of([(person.pk, scheme)], now)[person.pk, scheme.pk]


def readiness_of_reader(person: Person | None, email: str, scheme: Scheme, now: datetime) -> Readiness:
    """Of the signed-in person; with nobody signed in, of whoever proved to read ``email``."""
    if not scheme.prerequisites:
        return readiness(None, scheme, now)
    reader = person or Person.objects.filter(addresses__in=Address.objects.verified().of_email(email)).first()
    return readiness(reader, scheme, now)


def readiness_of(
    pairs: Collection[tuple[int, Scheme]], now: datetime, *, held: Collection[Certification] | None = None
) -> dict[Pair, Readiness]:
    """By person and scheme; schemes that need nothing are left out. ``scheme.body`` should be loaded.

    ``held``: everything these people hold, for callers who have it ``with_standing`` already.
    """
    asked = {(person, scheme.pk): scheme for person, scheme in pairs if scheme.prerequisites}
    if not asked:
        return {}
    people, bodies = {person for person, _scheme in asked}, {scheme.body_id for scheme in asked.values()}
    if held is None:
        found = Certification.objects.filter(person__in=people, scheme__body__in=bodies).with_standing()
        held = list(found.with_rules() if len(people) > 1 else found)
    told = Experience.objects.standing().filter(person__in=people, body__in=bodies).with_rulings()
    lines = list(told)
    return {
        (person, pk): _readiness(
            prerequisites(scheme.prerequisites),
            [one for one in held if one.person_id == person and one.scheme.body_id == scheme.body_id],
            [one for one in lines if one.person_id == person and one.body_id == scheme.body_id],
            day_in(scheme.body.zone, now),
        )
        for (person, pk), scheme in asked.items()
    }


def _readiness(wanted: Prerequisites, held: list[Certification], told: list[Experience], day: date) -> Readiness:
    standings = {one.scheme.code: standing(one, day).state for one in held}
    asked = wanted.experience
    if asked is None:
        return Readiness(wanted, standings)
    of_role = [one for one in told if one.role == asked.role]
    validated = [period_of(one) for one in of_role if state_of(one) is Told.VALIDATED]
    waiting = [period_of(one) for one in of_role if state_of(one) is Told.CLAIMED]
    return Readiness(
        wanted,
        standings,
        months_within(validated, asked.within_months, day=day),
        months_within(validated + waiting, asked.within_months, day=day),
    )


def period_of(experience: Experience) -> Period:
    """What of it can count. The body can vouch for no day after its ruling, so one that goes on ends there."""
    ruling = experience.latest_ruling
    if experience.until is None and ruling and state_of(experience) is Told.VALIDATED:
        return Period(experience.since, day_in(experience.body.zone, ruling.at))
    return Period(experience.since, experience.until)


def roles_of(body: Organisation) -> list[str]:
    """The roles in which the body's schemes ask experience."""
    found = [prerequisites(scheme.prerequisites).experience for scheme in body.schemes.order_by("pk")]
    return list(dict.fromkeys(asked.role for asked in found if asked))


def needs_in_words(person_id: int, scheme: Scheme, now: datetime) -> list[Need]:
    """Each thing the scheme needs, with whether the person has it."""
    found = readiness_of([(person_id, scheme)], now).get((person_id, scheme.pk))
    return found.needs if found else []
