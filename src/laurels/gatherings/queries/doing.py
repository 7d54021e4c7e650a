"""What actions ask while a gathering is held."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from laurels.gatherings.models import Gathering
from laurels.gatherings.rules import FORGOTTEN_AFTER, OPENS_BY_ITSELF_BEFORE, PLACES_KEPT
from laurels.gatherings.rules.splitting import Split, deal, tables_needed
from laurels.rooms.models import Activity, Canvas, Participant, Room
from laurels.rooms.queries import coffee_wishes


def to_be_opened(now: datetime) -> QuerySet[Gathering]:
    """Announced gatherings that nobody leads, a quarter of an hour before they begin."""
    soon = Gathering.objects.upcoming(now).filter(state=Gathering.State.ANNOUNCED, is_led=False)
    return soon.filter(starts_at__lte=now + OPENS_BY_ITSELF_BEFORE)


def to_be_begun(now: datetime) -> QuerySet[Activity]:
    """Lines of rooms that nobody leads, whose time has come."""
    rooms = Room.objects.filter(
        moves_itself=True,
        state=Room.State.OPEN,
        table_of__number=0,
        table_of__gathering__starts_at__lte=now,
        table_of__gathering__ends_at__gt=now,
    )
    return Activity.objects.filter(room__in=rooms, state=Activity.State.PLANNED).order_by("pk")


def forgotten(now: datetime) -> QuerySet[Gathering]:
    """Open long after their end."""
    late = Gathering.objects.filter(state=Gathering.State.OPEN, ends_at__lte=now - FORGOTTEN_AFTER)
    return late.order_by("pk")


def places_taken(gathering: Gathering, room: Room, *, now: datetime) -> int:
    """By those who are in, and until a little after the beginning by those who have a place and are not."""
    inside = Participant.objects.taking_part().filter(room=room)
    count = inside.count()
    if now > gathering.starts_at + PLACES_KEPT:
        return count
    people = inside.exclude(person=None).values("person")
    return count + gathering.signups.going().filter(participant=None).exclude(person__in=people).count()


def emptiest_table(gathering: Gathering) -> Room | None:
    """The open table with the fewest people; None where nobody sits at tables."""
    tables = Room.objects.filter(table_of__gathering=gathering, table_of__number__gt=0, state=Room.State.OPEN)
    sized = tables.annotate(size=Count("participants", filter=Q(participants__removed_at=None)))
    return sized.order_by("size", "table_of__number").first()


def tables_wanted(gathering: Gathering, room: Room) -> int:
    """How many tables a room that nobody leads would make of those who are here, once its talk begins; else 0."""
    canvas = _canvas(room)
    if gathering.is_led or gathering.state != Gathering.State.OPEN or canvas is None:
        return 0
    is_talk = "discuss" in canvas.activity.steps[canvas.step]["allow"]
    people = Participant.objects.taking_part().filter(room=room, table=None).count()
    return tables_needed(people, gathering.table_size) if is_talk else 0


def waits_for_tables(gathering: Gathering) -> bool:
    """Whether the room where all came in has not gone on to its end."""
    canvas = _canvas(gathering.tables.get(number=0).room)
    return canvas is not None and canvas.step < len(canvas.activity.steps) - 1


def _canvas(room: Room) -> Canvas | None:
    running = Canvas.objects.filter(activity__room=room, activity__state=Activity.State.RUNNING)
    return running.with_activity().first()


def proposed_split(room: Room, count: int, *, by_interest: bool, seed: int) -> list[Split]:
    """Who would sit at which of ``count`` tables, and with which topics."""
    people = Participant.objects.taking_part().filter(room=room, table=None)
    wishes = coffee_wishes(room)
    pks = list(people.order_by("pk").values_list("pk", flat=True))
    return deal(pks, wishes.topics, wishes.votes, max(1, count), by_interest=by_interest, seed=seed)
