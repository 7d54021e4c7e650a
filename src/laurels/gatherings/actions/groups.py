"""Groups, their people, and the hours that people give them."""

from datetime import date, datetime

from django.db import transaction

from laurels.gatherings import facts, rules
from laurels.gatherings.models import Group, GroupMember, Help
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Organisation, Person


@transaction.atomic
def found(
    body: Organisation,
    person: Person,
    name: str,
    *,
    kind: str,
    about: str = "",
    place: str = "",
    language: str = "en",
    by: Actor,
    now: datetime,
) -> Group:
    """A new group, organised by ``person``. Raises Refused."""
    require(rules.why_not_found(name, by=by))
    group = Group.objects.create(
        body=body, kind=kind, name=name.strip()[:120], about=about, place=place, language=language, founded_at=now
    )
    GroupMember.objects.create(group=group, person=person, is_organiser=True, joined_at=now)
    record(group.topic, facts.GroupFounded(group.pk), by=by, at=now)
    return group


@transaction.atomic
def change_group(group: Group, name: str, *, about: str, place: str, language: str, by: Actor, now: datetime) -> Group:
    """Other words for a group. Raises Refused."""
    group = Group.objects.lock(group.pk)
    require(rules.why_not_organise(group, by=by) or rules.why_not_found(name, by=by))
    group.name, group.about, group.place, group.language = name.strip()[:120], about, place, language
    group.save(update_fields=["name", "about", "place", "language"])
    record(group.topic, facts.GroupChanged(group.pk), by=by, at=now)
    return group


@transaction.atomic
def join_group(group: Group, person: Person, *, by: Actor, now: datetime) -> GroupMember:
    """Belong to a group; asking twice gives the same. Raises Refused."""
    group = Group.objects.lock(group.pk)
    if member := group.members.filter(person=person).first():
        return member
    require(rules.why_not_join_group(group))
    member = GroupMember.objects.create(group=group, person=person, joined_at=now)
    record(group.topic, facts.GroupJoined(group.pk, person.pk), by=by, at=now)
    return member


@transaction.atomic
def leave_group(group: Group, person: Person, *, by: Actor, now: datetime) -> None:
    """Belong to it no more; the last organiser stays until somebody else is one. Raises Refused."""
    group = Group.objects.lock(group.pk)
    member = group.members.filter(person=person).first()
    if member is None:
        return
    require(rules.why_not_leave_group(group, member))
    member.delete()
    record(group.topic, facts.GroupLeft(group.pk, person.pk), by=by, at=now)


@transaction.atomic
def make_organiser(group: Group, person: Person, *, by: Actor, now: datetime) -> GroupMember:
    """Somebody organises the group as well. Raises Refused."""
    group = Group.objects.lock(group.pk)
    require(rules.why_not_organise(group, by=by))
    member = join_group(group, person, by=by, now=now)
    if member.is_organiser:
        return member
    member.is_organiser = True
    member.save(update_fields=["is_organiser"])
    record(group.topic, facts.OrganiserMade(group.pk, person.pk), by=by, at=now)
    return member


@transaction.atomic
def note_help(
    group: Group, person: Person, what: str, *, on: date, minutes: int, confirmer: Person, by: Actor, now: datetime
) -> Help:
    """An organiser confirms hours that somebody gave to the group; the same twice is one. Raises Refused."""
    group = Group.objects.lock(group.pk)
    require(rules.why_not_note_help(group, person.pk, by=by))
    require(rules.why_not_help(what, on, minutes, is_member=group.members.filter(person=person).exists(), now=now))
    what = what.strip()[:200]
    if noted := group.helps.filter(person=person, what=what, on=on).first():
        return noted
    noted = Help.objects.create(
        group=group, person=person, what=what, on=on, minutes=minutes, confirmed_by=confirmer, confirmed_at=now
    )
    record(group.topic, facts.HelpNoted(group.pk, noted.pk), by=by, at=now)
    return noted
