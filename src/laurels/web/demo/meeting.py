"""A monthly Lean Coffee that has been held twice, one that begins in a quarter of an hour, and a group."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from laurels.gatherings import actions as gatherings
from laurels.gatherings.models import Gathering, Series
from laurels.gatherings.rules.terms import Terms
from laurels.journal.worker import drain
from laurels.people.models import Person
from laurels.rooms import actions as rooms
from laurels.rooms.models import Canvas, Participant
from laurels.web.demo import cast
from laurels.web.demo.stage import Stage

STREAM_SECONDS = timedelta(seconds=40)
MONTHLY = Terms(
    title="Lean Coffee of the Guild",
    zone="Europe/Lisbon",
    about="An hour for whatever is on your mind. **No agenda, no slides.** Bring one question; take one thing along.",
    link="https://meet.example/guild-coffee",
    capacity=40,
)
SOON = Terms(
    title="Lean Coffee, today",
    zone="Europe/Berlin",
    about="A short one in between, for everybody who is here.",
    link="https://meet.example/today",
    minutes=45,
    table_size=6,
)


def meet_up(stage: Stage) -> None:
    people = [person for person in map(_person, cast.COFFEE_PEOPLE) if person is not None]
    series = _monthly(stage)
    for nth, gathering in enumerate(series.gatherings.filter(starts_at__lt=stage.now).order_by("starts_at")):
        _hold(gathering, stage.tess, people[: 5 + nth], cast.COFFEE_TOPICS[nth % len(cast.COFFEE_TOPICS)])
    found = gatherings.found(
        stage.body,
        stage.tess,
        "Product people by the water",
        kind="place",
        place="Hamburg",
        about="We meet in Hamburg and talk about work that floats.",
        by=stage.tess.actor,
        now=stage.now - timedelta(days=80),
    )
    for person in people[:4]:
        gatherings.join_group(found, person, by=person.actor, now=stage.now - timedelta(days=70))
    _soon(stage, people)


def _person(email: str) -> Person | None:
    return Person.objects.with_email(email).first()


def _monthly(stage: Stage) -> Series:
    first = _second_thursday(stage.today - timedelta(days=75))
    return gatherings.begin_series(
        stage.body,
        MONTHLY,
        rhythm=Series.Rhythm.MONTHLY,
        first_on=first,
        starts=time(18),
        hosts=[stage.tess],
        by=stage.bo.actor,
        now=stage.now - timedelta(days=90),
    )


def _second_thursday(after: date) -> date:
    month = after.replace(day=1)
    first = month + timedelta(days=(3 - month.weekday()) % 7)
    found = first + timedelta(days=7)
    return found if found > after else _second_thursday(month + timedelta(days=31))


def _soon(stage: Stage, people: list[Person]) -> None:
    local = (stage.now + timedelta(minutes=15)).astimezone(ZoneInfo(SOON.zone))
    gathering = gatherings.announce(
        stage.body,
        SOON,
        on=local.date(),
        starts=local.time().replace(second=0, microsecond=0),
        hosts=[stage.tess],
        by=stage.bo.actor,
        now=stage.now - timedelta(days=5),
    )
    for nth, person in enumerate(people[:5]):
        when = stage.now - timedelta(days=4, hours=nth)
        gatherings.sign_up(gathering, person, shows_name=nth % 2 == 0, by=person.actor, now=when)


def _hold(gathering: Gathering, host: Person, people: list[Person], topics: tuple[str, ...]) -> None:
    """An hour with its topics, votes, talk and take-aways, all as people did it."""
    at = gathering.starts_at
    for person in people:
        gatherings.sign_up(gathering, person, shows_name=True, by=person.actor, now=at - timedelta(days=3))
    gatherings.open_doors(gathering, by=host.actor, now=at - timedelta(minutes=5))
    everybody = [host, *people]
    came = [gatherings.come_in(gathering, one.name, person=one, by=one.actor, now=at) for one in everybody]
    room = came[0].room
    leads = host.actor.hosting(room.pk)
    rooms.start_activity(room.activities.get(), by=leads, now=at)
    canvas = Canvas.objects.with_activity().get(activity__room=room)
    for nth in range(int(timedelta(minutes=55) / STREAM_SECONDS)):
        rooms.note_here([one.pk for one in came], now=at + nth * STREAM_SECONDS)
    for nth, text in enumerate(topics):
        _do(canvas, came[nth % len(came)], "propose", at + timedelta(seconds=90 + nth * 20), text=text)
    rooms.go_on(canvas, came[0], 2, by=leads, now=at + timedelta(minutes=8))
    keys = list(room.cards.order_by("pk").values_list("key", flat=True))
    for nth, one in enumerate(came):
        _do(canvas, one, "vote", at + timedelta(minutes=9), card=keys[nth % 3])
    rooms.go_on(canvas, came[0], 3, by=leads, now=at + timedelta(minutes=11))
    for nth in range(3):
        begins = at + timedelta(minutes=12 + nth * 12)
        _do(canvas, came[0], "discuss", begins)
        _do(canvas, came[1], "takeaway", begins + timedelta(minutes=5), text=cast.COFFEE_TAKEAWAYS[nth])
        _do(canvas, came[0], "next", begins + timedelta(minutes=11))
    gatherings.hold(gathering, by=host.actor, now=at + timedelta(minutes=58))
    drain()


def _do(canvas: Canvas, who: Participant, verb: str, now: datetime, **values: str) -> None:
    assert who.person is not None
    rooms.act(canvas, who, verb, {name: [value] for name, value in values.items()}, by=who.person.actor, now=now)
