"""Members who found one another: profiles, a conversation with something unread, and a report that waits."""

from datetime import timedelta

from laurels.community import actions as community
from laurels.community.models import Profile
from laurels.community.queries import find_subject
from laurels.credentials.models import Certification
from laurels.people.models import Person
from laurels.web.demo import cast
from laurels.web.demo.stage import Stage


def belong(stage: Stage) -> None:
    for days, words in enumerate(cast.PROFILES, start=20):
        put_up(words, stage, days)
    mira, liv, ada = (Person.objects.with_email(one.email).get() for one in (cast.MIRA, cast.LIV, cast.ADA))
    then = stage.now - timedelta(days=2)
    for hours, (writer, reader, text) in enumerate(
        ((ada, mira, cast.TALK[0]), (mira, ada, cast.TALK[1]), (ada, mira, cast.TALK[2]))
    ):
        community.write_to(reader, text, by=writer.actor, now=then + timedelta(hours=hours * 9))
    report(liv, stage)


def put_up(words: cast.Words, stage: Stage, days: int) -> Profile:
    then = stage.now - timedelta(days=days)
    person = Person.objects.with_email(words.email).get()
    held = Certification.objects.filter(person=person).values_list("number", flat=True)
    profile = community.save_profile(
        person,
        about=words.about,
        place=words.place,
        languages=words.languages,
        links=words.links,
        shown=list(held),
        audience=words.audience,
        is_listed=True,
        takes_letters=True,
        by=person.actor,
        now=then,
    )
    return community.publish(profile, by=person.actor, now=then)


def report(reporter: Person, stage: Stage) -> None:
    """Yesterday, about the profile that only sells."""
    then = stage.now - timedelta(hours=26)
    profile = Profile.objects.get(person__addresses__email=cast.SELLER.email)
    found = find_subject("profile", profile.public_id, reporter.actor, then)
    assert found, "what is reported can be seen"
    reason, words = "selling", "No word about product work, and the promise cannot be true."
    community.report("profile", profile.public_id, found, reason, words, by=reporter.actor, now=then)
