from collections import Counter
from datetime import UTC, datetime

from laurels.community.models import Case, Conversation, Profile
from laurels.credentials.models import Certification, Credential
from laurels.library.models import Ebook
from laurels.mail.models import Letter
from laurels.participation.models import Line
from laurels.people.models import Organisation, Person
from laurels.web.demo import cast
from laurels.web.demo.build import build
from laurels.workshops.models import Seat, Workshop

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)


def hush(words):
    pass


def test_the_demo_is_what_it_says_and_is_built_once(db, settings):
    settings.MODE, settings.LETTERS = "demo", "page"
    build(now=NOW, say=hush)

    assert Organisation.objects.bodies().count() == 1
    assert Organisation.objects.providers().count() == 2
    announced = Workshop.objects.filter(state=Workshop.State.ANNOUNCED)
    assert (announced.count(), announced.values("zone").distinct().count()) == (4, 3)
    held = Workshop.objects.get(state=Workshop.State.HELD)
    assert Seat.objects.filter(workshop=held).count() == 18
    assert Certification.objects.count() == 40 + 2 + 4
    assert not Credential.objects.filter(document="").exists()
    assert Counter(Line.objects.values_list("state", flat=True)) == {"accepted": 7, "received": 5, "returned": 1}
    assert Letter.objects.to_email(cast.ADA.email).filter(key="invitation").count() == 1
    assert (Profile.objects.in_sight(NOW).count(), Case.objects.open().count(), Conversation.objects.count()) == (
        7,
        1,
        1,
    )
    assert not Profile.objects.filter(person__addresses__email=cast.NOOR.email).exists()
    assert list(Ebook.objects.values_list("title", "authors")) == [("Small promises", "Commonground Guild")]
    assert all(Person.objects.with_email(player.email).count() == 1 for player in cast.PLAYERS)

    before = (Person.objects.count(), Letter.objects.count())
    build(now=NOW, say=hush)
    assert (Person.objects.count(), Letter.objects.count()) == before
