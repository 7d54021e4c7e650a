"""What people do with their own profile. The person's row orders it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from laurels.community import facts, queries, rules
from laurels.community.models import Profile
from laurels.credentials.models import Certification, name_key
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Person


@transaction.atomic
def save_profile(
    person: Person,
    *,
    about: str = "",
    place: str = "",
    languages: Collection[str] = (),
    links: Collection[str] = (),
    shown: Collection[str] = (),
    audience: str = Profile.Audience.MEMBERS,
    is_listed: bool = False,
    takes_letters: bool = False,
    by: Actor,
    now: datetime,
) -> Profile:
    """Write the person's one profile; ``shown`` are numbers of their certifications. Whether others see it stays.

    ``languages`` and ``links`` are as ``rules.read_…`` give them. Raises Refused.
    """
    person = Person.objects.lock(person.pk)
    place = place.strip()
    require(rules.why_not_save(about, place, by=by))
    profile = Profile.objects.filter(person=person).first() or Profile(person=person)
    require(rules.why_not_change(profile, by=by))
    profile.about, profile.place, profile.place_key = about.strip(), place, name_key(place)
    profile.languages, profile.links = list(languages), list(links)
    profile.languages_text = "".join(f"|{code}|" for code in languages)
    profile.audience, profile.is_listed, profile.takes_letters = audience, is_listed, takes_letters
    profile.name_key, profile.saved_at = name_key(person.name), now
    profile.save()
    profile.shown.set(Certification.objects.filter(person=person, number__in=shown))
    record(profile.topic, facts.ProfileSaved(profile.pk), by=by, at=now)
    return profile


@transaction.atomic
def publish(profile: Profile, *, by: Actor, now: datetime) -> Profile:
    """From now on others see it, as far as it says so itself. Twice changes nothing. Raises Refused."""
    person = Person.objects.lock(profile.person_id)
    profile = Profile.objects.select_related("person").get(pk=profile.pk)
    hidden = queries.hiding_of("profile", profile.public_id, now)
    require(rules.why_not_publish(profile, person, hidden, queries.exclusion_of(person.pk, now), by=by))
    if profile.published_at is None:
        profile.published_at = now
        profile.save(update_fields=["published_at"])
        record(profile.topic, facts.ProfilePublished(profile.pk), by=by, at=now)
    return profile


@transaction.atomic
def take_down(profile: Profile, *, by: Actor, now: datetime) -> Profile:
    """Nobody else sees it any more, from this moment; its words stay for its person. Twice changes nothing."""
    Person.objects.lock(profile.person_id)
    profile = Profile.objects.get(pk=profile.pk)
    require(rules.why_not_change(profile, by=by))
    if profile.published_at is not None:
        profile.published_at = None
        profile.save(update_fields=["published_at"])
        record(profile.topic, facts.ProfileTakenDown(profile.pk), by=by, at=now)
    return profile


@transaction.atomic
def follow_the_name(person: Person) -> None:
    """The directory finds and sorts people by what they are called now."""
    person = Person.objects.lock(person.pk)
    Profile.objects.filter(person=person).update(name_key=name_key(person.name))
