"""Read models of the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from laurels.gatherings import rules
from laurels.gatherings.models import FollowUp, Gathering, Group, GroupMember, Series, SignUp, Table
from laurels.gatherings.queries.memory import Trend, open_follow_ups, records, trends
from laurels.gatherings.queries.words import rhythm_in_words, when_in_words, where_in_words
from laurels.gatherings.rules.splitting import tables_needed
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.library.rules.files import clean
from laurels.programmes.models import Policy
from laurels.rooms.models import Participant, Presence, Room

LISTED = 30


def html(words: str) -> SafeString:
    """Somebody's Markdown, without anything that could run."""
    return mark_safe(clean(words))


@dataclass(frozen=True, slots=True)
class Listed:
    """A gathering in a list."""

    gathering: Gathering
    when: str
    where: str
    going: int

    @property
    def is_full(self) -> bool:
        return self.gathering.capacity is not None and self.going >= self.gathering.capacity


def gatherings_page(*, group: Group | None = None, now: datetime) -> list[Listed]:
    """What comes next, soonest first."""
    upcoming = Gathering.objects.upcoming(now).with_going().select_related("group", "body")
    if group is not None:
        upcoming = upcoming.filter(group=group)
    return [
        Listed(one, when_in_words(one), where_in_words(one), one.going)  # type: ignore[attr-defined]
        for one in upcoming[:LISTED]
    ]


@dataclass(frozen=True, slots=True)
class GatheringPage:
    """A gathering as one visitor sees it."""

    gathering: Gathering
    about: SafeString
    when: str
    where: str
    going: list[SignUp]
    waiting: int
    hosts: list[str]
    mine: SignUp | None
    is_host: bool
    refusal: Refusal | None
    records: list[tuple[Table, dict[str, Any]]]
    named: list[str]
    earlier: list[FollowUp]
    units: str
    was_guest: bool
    may_draft: bool

    @property
    def listed(self) -> list[str]:
        """Names of those who agreed to be seen."""
        return [one.name for one in self.going if one.shows_name]

    @property
    def free(self) -> int | None:
        return None if self.gathering.capacity is None else max(0, self.gathering.capacity - len(self.going))

    @property
    def is_open(self) -> bool:
        return self.gathering.state == Gathering.State.OPEN

    @property
    def is_held(self) -> bool:
        return self.gathering.state == Gathering.State.HELD


def gathering_page(
    gathering: Gathering, *, held: Mapping[str, int] | None = None, by: Actor, now: datetime
) -> GatheringPage:
    """``held``: room pk → participant of the visitor's browser, for guests who were there."""
    was_guest = bool(held) and gathering.state == Gathering.State.HELD and _was_guest(gathering, held or {})
    signups = list(gathering.signups.coming())
    found = records(gathering) if gathering.state == Gathering.State.HELD else []
    named = [name for _table, record in found for name in record.get("named", ())]
    mine = next((one for one in signups if by.person_id and one.person_id == by.person_id), None)
    return GatheringPage(
        gathering,
        html("" if gathering.hidden_at else gathering.about),
        when_in_words(gathering),
        where_in_words(gathering),
        [one for one in signups if one.state == SignUp.State.GOING],
        sum(one.state == SignUp.State.WAITING for one in signups),
        list(gathering.hosts.order_by("name").values_list("name", flat=True)),
        mine,
        rules.why_not_run(gathering, by=by) is None if by.person_id else False,
        rules.why_not_sign_up(gathering, now=now),
        found,
        sorted(set(named)),
        list(open_follow_ups(gathering)),
        _units(gathering),
        was_guest,
        by.has("staff", at=gathering.body_id),
    )


def _was_guest(gathering: Gathering, held: Mapping[str, int]) -> bool:
    came = Participant.objects.filter(pk__in=held.values(), room__table_of__gathering=gathering, person=None)
    return came.filter(ticket__person=None).exists()


def _units(gathering: Gathering) -> str:
    """What being there is worth, under the policy of that day."""
    policy = Policy.objects.filter(body=gathering.body_id).in_force(gathering.on).first()
    words = _(
        "Every minute you are there, once you add a topic, a vote, a thumb or a note. There is nothing to fill in."
    )
    if policy is None:
        return str(words)
    more = _("One hour is one unit (policy %(key)s).") % {"key": policy.key}
    return f"{words} {more}"


@dataclass(frozen=True, slots=True)
class HostTable:
    table: Table
    people: list[str]
    here: int


@dataclass(frozen=True, slots=True)
class HostPage:
    """A gathering as its hosts see it."""

    gathering: Gathering
    when: str
    signups: list[SignUp]
    room: Room | None
    people: int
    needed: int
    tables: list[HostTable]
    may_open: Refusal | None
    earlier: list[FollowUp]
    hosts: set[int]

    @property
    def is_coming(self) -> bool:
        return self.gathering.state in Gathering.COMING

    @property
    def has_open_tables(self) -> bool:
        return any(one.table.room.state == Room.State.OPEN for one in self.tables)


def host_page(gathering: Gathering, *, by: Actor, now: datetime) -> HostPage:
    tables = list(gathering.tables.select_related("room").order_by("number"))
    people = list(Participant.objects.taking_part().filter(room__table_of__gathering=gathering).by_name())
    here = set(Presence.objects.filter(participant__in=people, ended_at=None).values_list("participant_id", flat=True))
    at = {table.room_id: [one for one in people if one.room_id == table.room_id] for table in tables}
    main = next((table for table in tables if table.number == 0), None)
    count = len(at[main.room_id]) if main else 0
    return HostPage(
        gathering,
        when_in_words(gathering),
        list(gathering.signups.coming()),
        main.room if main else None,
        count,
        tables_needed(count, gathering.table_size),
        [
            HostTable(table, [one.name for one in at[table.room_id]], sum(one.pk in here for one in at[table.room_id]))
            for table in tables
            if table.number
        ],
        rules.why_not_open(gathering, by=by, now=now),
        list(open_follow_ups(gathering)),
        set(gathering.hosts.values_list("pk", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class SeriesPage:
    series: Series
    about: SafeString
    rhythm: str
    coming: list[Listed]
    trends: list[Trend]
    most_people: int
    is_host: bool


def series_page(series: Series, *, by: Actor, now: datetime) -> SeriesPage:
    coming = Gathering.objects.upcoming(now).filter(series=series).with_going()[:6]
    found = trends(series)
    return SeriesPage(
        series,
        html(series.about),
        rhythm_in_words(series),
        [Listed(one, when_in_words(one), where_in_words(one), one.going) for one in coming],  # type: ignore[attr-defined]
        found,
        max((one.people for one in found), default=0),
        rules.why_not_end_series(series, by=by) is None,
    )


@dataclass(frozen=True, slots=True)
class GroupPage:
    group: Group
    about: SafeString
    coming: list[Listed]
    members: list[GroupMember]
    mine: GroupMember | None
    is_organiser: bool
    helps: list[Any]


def groups_page() -> list[Group]:
    return list(Group.objects.alive().with_size().by_name())


def group_page(group: Group, *, by: Actor, now: datetime) -> GroupPage:
    members = list(group.members.select_related("person").order_by("-is_organiser", "person__name", "pk"))
    is_organiser = rules.why_not_organise(group, by=by) is None if by.person_id else False
    return GroupPage(
        group,
        html(group.about),
        gatherings_page(group=group, now=now),
        members,
        next((one for one in members if one.person_id == by.person_id), None),
        is_organiser,
        list(group.helps.select_related("person").order_by("-on", "-pk")[:20]) if is_organiser else [],
    )
