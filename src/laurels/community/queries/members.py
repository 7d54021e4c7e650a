"""The directory and a profile, with badges that say how their certifications stand today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from laurels.community import rules
from laurels.community.models import Profile
from laurels.community.queries.standing import sides
from laurels.credentials.models import Certification, Credential
from laurels.credentials.queries import standing
from laurels.credentials.rules import Standing
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person
from laurels.programmes.models import Scheme

PAGE = 24


@dataclass(frozen=True, slots=True)
class Badge:
    """``credential`` is the public id of its page and picture; empty while it is being signed."""

    certification: Certification
    standing: Standing
    credential: str

    @property
    def scheme(self) -> Scheme:
        return self.certification.scheme


@dataclass(frozen=True, slots=True)
class Card:
    """A profile as the directory shows it."""

    profile: Profile
    badges: list[Badge]

    @property
    def initials(self) -> str:
        return initials(self.profile.person.name)

    @property
    def languages(self) -> list[str]:
        return [_(rules.language_names().get(code, code)) for code in self.profile.languages]


@dataclass(frozen=True, slots=True)
class Directory:
    """``next_after`` begins the next page; ``schemes`` are those of which somebody shows a certification."""

    cards: list[Card]
    schemes: list[Scheme]
    next_after: str


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """``no_letters`` says why the reader cannot write to the person; None where they can, or are a stranger."""

    card: Card
    about: SafeString
    links: list[tuple[str, str]]
    is_own: bool
    no_letters: Refusal | None

    @property
    def profile(self) -> Profile:
        return self.card.profile


def directory(filters: dict[str, str], after: str, by: Actor, now: datetime) -> Directory:
    """``filters`` are name, place, language (a code) and scheme (a code); people come by name."""
    listed = Profile.objects.listed_for(by, now).named(filters["name"]).at(filters["place"])
    found = listed.speaking(filters["language"]).holding(filters["scheme"]).following(after)
    profiles = list(_with_badges(found)[: PAGE + 1])
    cards = [_card(profile, now) for profile in profiles[:PAGE]]
    shown = Certification.objects.filter(scheme=OuterRef("pk"), shown_on__published_at__isnull=False)
    schemes = Scheme.objects.filter(Exists(shown)).order_by("code", "pk")
    return Directory(cards, list(schemes), profiles[PAGE - 1].public_id if len(profiles) > PAGE else "")


def profile_page(public_id: str, by: Actor, now: datetime) -> ProfilePage | None:
    """None for whoever may not see it, just as if there were none."""
    profile = _with_badges(Profile.objects.visible_to(by, now).filter(public_id=public_id)).first()
    if profile is None:
        return None
    no_letters = None
    if by.person_id is not None and by.person_id != profile.person_id:
        between = sides(by.person_id, profile.person_id, now)
        no_letters = rules.why_not_write(between, profile.person, by=by)
    return _page(profile, no_letters, by, now)


def preview(profile: Profile, by: Actor, now: datetime) -> ProfilePage:
    """The profile as others would see it."""
    return _page(_with_badges(Profile.objects.filter(pk=profile.pk)).get(), None, by, now)


def own_certifications(person: Person, now: datetime) -> list[Badge]:
    """All that the person could show."""
    return badges_of(_current(Certification.objects.filter(person=person)), now)


def badges_of(certifications: Any, now: datetime) -> list[Badge]:
    """How each stands on its body's day; they must be loaded as this module loads them."""
    return [
        Badge(one, standing(one, day_in(one.scheme.body.zone, now)), one.credential or "") for one in certifications
    ]


def initials(name: str) -> str:
    """Of the first and the last word, or of the only one."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _page(profile: Profile, no_letters: Refusal | None, by: Actor, now: datetime) -> ProfilePage:
    links = [(link, link.removeprefix("https://").removesuffix("/")) for link in profile.links]
    is_own = profile.person_id == by.person_id
    return ProfilePage(_card(profile, now), rules.drawn(profile.about), links, is_own, no_letters)


def _card(profile: Profile, now: datetime) -> Card:
    # Whoever merges two accounts keeps one profile, which must never show what belongs to somebody else.
    own = [one for one in profile.shown.all() if one.person_id == profile.person_id]
    return Card(profile, badges_of(own, now))


def _with_badges(profiles: Any) -> Any:
    return profiles.select_related("person").prefetch_related(Prefetch("shown", _current(Certification.objects.all())))


def _current(certifications: Any) -> Any:
    """With their standing and the public id of the newest signed credential, the newest award first."""
    credentials = Credential.objects.current().filter(term__certification=OuterRef("pk"), signed_at__isnull=False)
    newest = credentials.order_by("-term__ordinal").values("public_id")[:1]
    return (
        certifications.with_standing()
        .with_rules()
        .annotate(credential=Subquery(newest))
        .order_by(F("awarded_at").desc(), "-pk")
    )
