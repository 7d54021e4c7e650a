"""Announcing gatherings, one by one or as a series."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from laurels.gatherings import facts, rules
from laurels.gatherings.actions.signing_up import fill_up
from laurels.gatherings.models import Gathering, Group, Series
from laurels.gatherings.rules.boards import why_not_board
from laurels.gatherings.rules.dates import ahead, instant, nth_of
from laurels.gatherings.rules.terms import Terms, terms_of
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal, require
from laurels.people.models import Organisation, Person


@transaction.atomic
def announce(
    body: Organisation,
    terms: Terms,
    *,
    on: date,
    starts: time,
    group: Group | None = None,
    hosts: Sequence[Person] = (),
    by: Actor,
    now: datetime,
) -> Gathering:
    """A single gathering. Whoever announces it hosts it, unless others are named. Raises Refused."""
    require(rules.why_not_announce(body.pk, group, by=by) or _why_not(terms, on, starts, now))
    gathering = _write(body, terms, on, starts, group=group, now=now)
    gathering.hosts.set(hosts or Person.objects.filter(pk=by.person_id or 0))
    record(gathering.topic, facts.GatheringAnnounced(gathering.pk), by=by, at=now)
    return gathering


@transaction.atomic
def begin_series(
    body: Organisation,
    terms: Terms,
    *,
    rhythm: str,
    first_on: date,
    starts: time,
    until: date | None = None,
    group: Group | None = None,
    hosts: Sequence[Person] = (),
    by: Actor,
    now: datetime,
) -> Series:
    """A gathering that comes again; its next dates stand in the calendar at once. Raises Refused.

    A monthly one keeps the weekday and its place in the month of ``first_on``: the second Thursday, the last Friday.
    """
    require(rules.why_not_announce(body.pk, group, by=by) or _why_not(terms, first_on, starts, now))
    series = Series.objects.create(
        body=body,
        group=group,
        rhythm=rhythm,
        nth=nth_of(first_on) if rhythm == Series.Rhythm.MONTHLY else 0,
        first_on=first_on,
        starts=starts,
        until=until,
        begun_at=now,
        **terms.fields,
    )
    series.hosts.set(hosts or Person.objects.filter(pk=by.person_id or 0))
    record(series.topic, facts.SeriesBegun(series.pk), by=by, at=now)
    _plan(series, by=by, now=now)
    return series


@transaction.atomic
def end_series(series: Series, *, by: Actor, now: datetime) -> Series:
    """No more dates from now on; those that are announced stay and are cancelled one by one. Raises Refused."""
    series = Series.objects.lock(series.pk)
    if series.ended_at:
        return series
    require(rules.why_not_end_series(series, by=by))
    series.ended_at = now
    series.save(update_fields=["ended_at"])
    record(series.topic, facts.SeriesEnded(series.pk), by=by, at=now)
    return series


def plan_ahead(*, by: Actor, now: datetime) -> int:
    """Put the dates of the next months of every series into the calendar; how many are new."""
    return sum(_plan_one(series, by=by, now=now) for series in Series.objects.going_on())


@transaction.atomic
def change(gathering: Gathering, terms: Terms, *, on: date, starts: time, by: Actor, now: datetime) -> Gathering:
    """Other words, time or place; calendars hear of it, and who comes where time or place moved. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    require(rules.why_not_change(gathering, by=by) or _why_not(terms, on, starts, now))
    was, starts_at = _when_and_where(gathering), instant(on, starts, terms.zone)
    gathering.starts_at, gathering.ends_at = starts_at, starts_at + timedelta(minutes=terms.minutes)
    for name, value in terms.fields.items():
        setattr(gathering, name, value)
    gathering.version += 1
    if gathering.series_id is None:
        gathering.on = on
    gathering.save()
    record(gathering.topic, facts.GatheringChanged(gathering.pk), by=by, at=now)
    if _when_and_where(gathering) != was:
        gathering.signups.coming().update(reminded_at=None)
        record(gathering.topic, facts.GatheringMoved(gathering.pk, gathering.version), by=by, at=now)
    fill_up(gathering, by=by, now=now)
    return gathering


def _when_and_where(gathering: Gathering) -> tuple[object, ...]:
    return gathering.starts_at, gathering.ends_at, gathering.zone, gathering.place, gathering.link


@transaction.atomic
def share_hosting(gathering: Gathering, person: Person, *, by: Actor, now: datetime) -> Gathering:
    """Somebody hosts it as well: its desk, its tables and its room. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    if gathering.hosts.filter(pk=person.pk).exists():
        return gathering
    require(rules.why_not_share(gathering, by=by))
    gathering.hosts.add(person)
    record(gathering.topic, facts.HostAdded(gathering.pk, person.pk), by=by, at=now)
    return gathering


@transaction.atomic
def cancel(gathering: Gathering, reason: str, *, by: Actor, now: datetime) -> Gathering:
    """Call it off; everybody who wanted to come gets a letter. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    if gathering.state == Gathering.State.CANCELLED:
        return gathering
    require(rules.why_not_change(gathering, by=by))
    gathering.state, gathering.cancelled_at, gathering.reason = Gathering.State.CANCELLED, now, reason.strip()[:300]
    gathering.version += 1
    gathering.save(update_fields=["state", "cancelled_at", "reason", "version"])
    record(gathering.topic, facts.GatheringCancelled(gathering.pk), by=by, at=now)
    return gathering


def _why_not(terms: Terms, on: date, starts: time, now: datetime) -> Refusal | None:
    if refusal := rules.why_not_zone(terms.zone):
        return refusal
    starts_at = instant(on, starts, terms.zone)
    refusal = rules.why_not_when(
        starts_at, terms.minutes, capacity=terms.capacity, table_size=terms.table_size, now=now
    )
    return refusal or why_not_board(terms.board)


@transaction.atomic
def _plan_one(series: Series, *, by: Actor, now: datetime) -> int:
    return _plan(Series.objects.lock(series.pk), by=by, now=now)


def _plan(series: Series, *, by: Actor, now: datetime) -> int:
    days = ahead(series, day_in(series.zone, now))
    known = set(series.gatherings.filter(on__in=days).values_list("on", flat=True))
    hosts = list(series.hosts.all())
    fresh = [day for day in days if day not in known and instant(day, series.starts, series.zone) > now]
    for day in fresh:
        gathering = _write(
            series.body, terms_of(series), day, series.starts, group=series.group, series=series, now=now
        )
        gathering.hosts.set(hosts)
        record(gathering.topic, facts.GatheringAnnounced(gathering.pk), by=by, at=now)
    return len(fresh)


def _write(
    body: Organisation,
    terms: Terms,
    on: date,
    starts: time,
    *,
    group: Group | None,
    series: Series | None = None,
    now: datetime,
) -> Gathering:
    starts_at = instant(on, starts, terms.zone)
    return Gathering.objects.create(
        body=body,
        group=group,
        series=series,
        on=on,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=terms.minutes),
        announced_at=now,
        **terms.fields,
    )
