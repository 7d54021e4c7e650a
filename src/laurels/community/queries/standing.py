"""How people stand to the community and to one another today."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from laurels.community.models import Blocking, Profile, Ruling
from laurels.community.rules import Sides
from laurels.credentials.models import Membership
from laurels.people.models import Organisation, Person


def body_of(person: Person | None) -> Organisation | None:
    """Whose staff look after the person: the body they joined first, else the first of this installation."""
    joined = Membership.objects.filter(person=person).select_related("body").order_by("pk").first() if person else None
    return joined.body if joined else Organisation.objects.filter(is_body=True).order_by("pk").first()


def exclusion_of(person_id: int | None, now: datetime) -> Ruling | None:
    """The ruling that keeps the person out, the longest one first."""
    rulings = Ruling.objects.excluding(now).filter(case__concerned=person_id or 0).select_related("case__body")
    return max(rulings, key=lambda one: (one.until is None, one.until or now), default=None)


def hiding_of(kind: str, subject: str, now: datetime) -> Ruling | None:
    found = Ruling.objects.hiding(kind, now).filter(case__subject=subject)
    return found.select_related("case__body").order_by("pk").first()


def is_hidden(kind: str, subject: str, now: datetime) -> bool:
    """For whoever shows a kind of thing that can be reported: whether a ruling hides this one."""
    return hiding_of(kind, subject, now) is not None


def sides(person_id: int | None, other_id: int, now: datetime) -> Sides:
    """How the two stand to each other, in one query."""
    pair = {person_id or 0, other_id}
    blocks = Blocking.objects.filter(blocker=OuterRef("pk"), blocked__in=pair).exclude(blocked=OuterRef("pk"))
    shown = Profile.objects.in_sight(now).filter(person=OuterRef("pk"))
    people: Any = Person.objects.filter(pk__in=pair).annotate(
        sight=Subquery(shown.values("public_id")[:1]),
        is_open=Exists(shown.filter(takes_letters=True)),
        is_excluded=Exists(Ruling.objects.excluding(now).filter(case__concerned=OuterRef("pk"))),
        blocks=Exists(blocks),
    )
    found = {person.pk: person for person in people}
    mine, theirs = found.get(person_id or 0), found[other_id]
    return Sides(
        has_own=bool(mine and mine.sight),
        is_own_open=bool(mine and mine.is_open),
        is_own_excluded=bool(mine and mine.is_excluded),
        is_blocked_by_me=bool(mine and mine.blocks),
        is_theirs_open=theirs.is_open and not theirs.blocks,
        their_profile="" if theirs.blocks else theirs.sight or "",
    )
