"""A gathering while it is held: its room, its tables, its end."""

from datetime import datetime, timedelta

from django.db import transaction

from laurels.gatherings import facts, queries, rules
from laurels.gatherings.models import FollowUp, Gathering, SignUp, Table
from laurels.gatherings.rules.boards import plan_of
from laurels.gatherings.rules.records import settled
from laurels.gatherings.rules.splitting import Split
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Person
from laurels.rooms import actions as rooms
from laurels.rooms.models import Activity, Canvas, Participant, Room
from laurels.rooms.queries import coffee_record, coffee_wishes

State = Gathering.State
TALK, WRAP_UP = "discuss", "takeaway"


@transaction.atomic
def open_doors(gathering: Gathering, *, by: Actor, now: datetime) -> Room:
    """The room where everybody comes in; asking twice gives the same. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    if table := gathering.tables.filter(number=0).select_related("room").first():
        return table.room
    require(rules.why_not_open(gathering, by=by, now=now))
    size, is_led = gathering.table_size, gathering.is_led
    plan = plan_of(gathering.title, gathering.board, minutes=gathering.minutes, is_led=is_led, table_size=size)
    room = rooms.open_meeting(
        gathering.title,
        plan,
        home=f"/gatherings/{gathering.public_id}",
        moves_itself=not gathering.is_led,
        by=by,
        now=now,
    )
    Table.objects.create(gathering=gathering, number=0, room=room)
    gathering.state, gathering.opened_at = State.OPEN, now
    gathering.save(update_fields=["state", "opened_at"])
    record(gathering.topic, facts.DoorsOpened(gathering.pk, room.pk), by=by, at=now)
    return room


@transaction.atomic
def come_in(
    gathering: Gathering,
    name: str,
    *,
    person: Person | None = None,
    signup: SignUp | None = None,
    by: Actor,
    now: datetime,
) -> Participant:
    """Into the room: hosts lead, everybody else takes part, at a table when all sit at tables. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    require(rules.why_not_come_in(gathering))
    room = gathering.tables.get(number=0).room
    if person is not None and rules.why_not_run(gathering, by=by) is None:
        return rooms.lead(room, name, person=person, by=by.hosting(room.pk), now=now)
    if signup is None and person is not None:
        signup = gathering.signups.coming().filter(person=person).first()
    if signup is not None and signup.participant and signup.participant.removed_at is None:
        return signup.participant
    if signup is None or signup.state != SignUp.State.GOING:
        require(rules.why_not_pass_by(gathering, queries.places_taken(gathering, room, now=now)))
    participant = rooms.attend(room, name, person=person, by=by, now=now)
    if signup is not None and not SignUp.objects.filter(participant=participant).exists():
        SignUp.objects.filter(pk=signup.pk).update(participant=participant)
    if emptiest := queries.emptiest_table(gathering):
        sent = rooms.send_to(room, emptiest, [participant.pk], by=by.hosting(room.pk), now=now)
        return sent.get(participant.pk, participant)
    return participant


@transaction.atomic
def set_tables(
    gathering: Gathering, count: int, *, by_interest: bool, seed: int, by: Actor, now: datetime
) -> list[Room]:
    """Everybody goes to one of ``count`` tables, each with its share of the topics; all talk until the same bell.

    Raises Refused.
    """
    gathering = Gathering.objects.lock(gathering.pk)
    room = gathering.tables.get(number=0).room
    split = queries.proposed_split(room, count, by_interest=by_interest, seed=seed)
    require(rules.why_not_split(gathering, sum(len(one.people) for one in split), count, by=by))
    opened = [_table(gathering, room, nth, one, by=by, now=now) for nth, one in enumerate(split, start=1)]
    record(gathering.topic, facts.TablesSet(gathering.pk, tuple(one.pk for one in opened)), by=by, at=now)
    return opened


@transaction.atomic
def give_tables_time(gathering: Gathering, minutes: int, *, by: Actor, now: datetime) -> int:
    """All tables talk that much longer; how many there are. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    require(rules.why_not_run(gathering, by=by))
    lines = Activity.objects.filter(room__table_of__gathering=gathering, room__table_of__number__gt=0).running()
    for line in lines.select_related("room"):
        rooms.extend(line, minutes, by=by.hosting(line.room_id), now=now)
    return len(lines)


@transaction.atomic
def harvest(gathering: Gathering, *, by: Actor, now: datetime) -> Room:
    """Tables close, everybody is back in one room, and what the tables take along lies there. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    require(rules.why_not_hold(gathering, by=by))
    room = gathering.tables.get(number=0).room
    canvas = Canvas.objects.filter(activity__room=room, activity__state=Activity.State.RUNNING).with_activity().first()
    rooms.thaw(room, by=by.hosting(room.pk), now=now)
    is_early = canvas is not None and canvas.step < len(canvas.activity.steps) - 1
    for table in gathering.tables.filter(number__gt=0).select_related("room"):
        if table.room.state == Room.State.OPEN:
            _close(table.room, by=by, now=now)
        elif not is_early:
            continue
        for words in coffee_wishes(table.room).takeaways if canvas else ():
            assert canvas is not None
            rooms.put_in(canvas, WRAP_UP, {"text": [words]}, by=by, now=now)
    if canvas and is_early:
        host = Participant(room=room, role=Participant.Role.TRAINER)
        rooms.go_on(canvas, host, len(canvas.activity.steps) - 1, by=by.hosting(room.pk), now=now)
    return room


@transaction.atomic
def deal_if_crowded(room: Room, *, by: Actor, now: datetime) -> list[Room]:
    """Where nobody leads and more came than fit around a table, the room deals them to tables when the talk begins.

    It rests meanwhile. Empty where a host decides, or all fit.
    """
    table = Table.objects.filter(room=room, number=0).first()
    if table is None:
        return []
    gathering = Gathering.objects.lock(table.gathering_id)
    count = queries.tables_wanted(gathering, room)
    if count < 2 or gathering.tables.filter(number__gt=0).exists():
        return []
    opened = set_tables(gathering, count, by_interest=True, seed=gathering.pk, by=by, now=now)
    rooms.freeze(room, by=by.hosting(room.pk), now=now)
    return opened


@transaction.atomic
def harvest_if_done(room: Room, *, by: Actor, now: datetime) -> Room | None:
    """The last table has closed by its clock, so what all took along is laid out. None while others still talk."""
    table = Table.objects.filter(room=room, number__gt=0).select_related("gathering").first()
    if table is None:
        return None
    gathering = Gathering.objects.lock(table.gathering_id)
    others = gathering.tables.filter(number__gt=0, room__state=Room.State.OPEN)
    if gathering.state != State.OPEN or others.exists() or not queries.waits_for_tables(gathering):
        return None
    return harvest(gathering, by=by, now=now)


@transaction.atomic
def hold(gathering: Gathering, *, by: Actor, now: datetime) -> Gathering:
    """It is over: rooms close, what came of it is kept, units follow. Asking twice changes nothing. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    if gathering.state == State.HELD:
        return gathering
    require(rules.why_not_hold(gathering, by=by))
    main, *others = gathering.tables.select_related("room").order_by("number")
    for table in (main, *others):
        _close(table.room, by=by, now=now)
    record_of_all, at_tables = settled(coffee_record(main.room), [coffee_record(table.room) for table in others])
    for table, found in zip((main, *others), (record_of_all, *at_tables), strict=True):
        table.record = found
        table.save(update_fields=["record"])
        _keep_follow_ups(gathering, table)
    gathering.state, gathering.held_at = State.HELD, now
    gathering.save(update_fields=["state", "held_at"])
    record(gathering.topic, facts.GatheringHeld(gathering.pk), by=by, at=now)
    return gathering


def hold_if_over(room: Room, *, by: Actor, now: datetime) -> Gathering | None:
    """The room where everybody came in has closed, so the gathering is over. None for any other room."""
    table = Table.objects.filter(room=room, number=0).select_related("gathering").first()
    return hold(table.gathering, by=by, now=now) if table else None


def tend(*, by: Actor, now: datetime) -> None:
    """Rooms that nobody leads open and begin in time; what was forgotten is closed. Each by itself."""
    for gathering in queries.to_be_opened(now):
        open_doors(gathering, by=by, now=now)
    for line in queries.to_be_begun(now):
        rooms.start_activity(line, by=by, now=now)
    for gathering in queries.forgotten(now):
        hold(gathering, by=by, now=now)


@transaction.atomic
def lay_out_last_time(room: Room, *, by: Actor, now: datetime) -> int:
    """Topics that were not talked about last time lie in the new room, if their authors wanted that; how many."""
    table = Table.objects.filter(room=room, number=0).select_related("gathering").first()
    canvas = Canvas.objects.filter(activity__room=room).with_activity().first()
    if table is None or canvas is None:
        return 0
    found = queries.offered_again(table.gathering)
    for words in found:
        rooms.put_in(canvas, "propose", {"text": [words]}, by=by, now=now)
    return len(found)


def _table(gathering: Gathering, room: Room, number: int, split: Split, *, by: Actor, now: datetime) -> Room:
    canvas = Canvas.objects.filter(activity__room=room).with_activity().get()
    plan = dict(canvas.activity.plan)
    talk = next(nth for nth, step in enumerate(plan["step"]) if TALK in step["allow"])
    plan["step"] = plan["step"][talk:]
    plan["settings"] = plan["settings"] | {"led_by": "clock", "table_size": 0}
    left = gathering.ends_at - now - timedelta(minutes=sum(step["minutes"] for step in plan["step"][1:]))
    plan["step"][0] = plan["step"][0] | {"minutes": max(5, int(left.total_seconds() // 60))}
    name = f"{gathering.title} · {number}"
    there = rooms.open_meeting(name, plan, home=f"/gatherings/{gathering.public_id}", moves_itself=True, by=by, now=now)
    Table.objects.create(gathering=gathering, number=number, room=there)
    by = by.hosting(room.pk)
    people = rooms.send_to(room, there, split.people, by=by, now=now)
    line = rooms.start_activity(there.activities.get(), by=by.hosting(there.pk), now=now)
    laid = line.canvases.with_activity().get()
    for key in split.topics:
        card = room.cards.get(key=key)
        author = people.get(card.author_id or 0)
        rooms.put_in(laid, "propose", {"text": [card.text]}, author=author, by=by, now=now)
    return there


def _close(room: Room, *, by: Actor, now: datetime) -> None:
    if line := room.activities.running().first():
        rooms.end_activity(line, by=by.hosting(room.pk), now=now)
    rooms.close_room(room, by=by.hosting(room.pk), now=now)


def _keep_follow_ups(gathering: Gathering, table: Table) -> None:
    rows = [
        FollowUp(gathering=gathering, text=one["text"][:300], owner=one["owner"][:80], due_on=one["due"] or None)
        for one in table.record.get("actions", ())
    ]
    FollowUp.objects.bulk_create(rows)
