from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from laurels.gatherings import actions
from laurels.gatherings.rules.terms import Terms
from laurels.journal.worker import drain
from laurels.kernel.actor import ANONYMOUS
from laurels.programmes.models import LetterText
from laurels.programmes.rules.letters import LETTERS
from laurels.rooms import actions as rooms
from laurels.rooms.models import Canvas

ON, STARTS, ZONE = date(2026, 3, 12), time(18), "Europe/Lisbon"
EVENING = datetime.combine(ON, STARTS, tzinfo=ZoneInfo(ZONE))
TERMS = Terms(title="Lean Coffee", zone=ZONE, link="https://meet.example/coffee", table_size=4)


@pytest.fixture
def letters(world):
    """What letters say, in a bare world."""
    _ = world.scheme
    for key in (key for key in LETTERS if key.startswith("gathering-")):
        LetterText.objects.create(
            body=world.guild, key=key, language="en", subject=key, text="{name} {link}\n", version=1, digest="0" * 64
        )


@pytest.fixture
def announced(world, letters):
    """``announced(**changes)``: a Lean Coffee of the guild on the second Thursday of March, hosted by Bo."""

    def announce(terms=TERMS, **more):
        given = {"on": ON, "starts": STARTS, "by": world.bo.actor, "now": world.noon} | more
        return actions.announce(world.guild, terms, **given)

    return announce


@pytest.fixture
def opened(world, announced):
    """``opened()``: its room is open, begun by Bo on the hour, and everybody of ``people`` is in it from then on."""

    def open_(*people, terms=TERMS):
        gathering = announced(terms)
        actions.open_doors(gathering, by=world.bo.actor, now=EVENING)
        came = [
            actions.come_in(gathering, one.name, person=one, by=one.actor, now=EVENING) for one in (world.bo, *people)
        ]
        room = came[0].room
        rooms.start_activity(room.activities.get(), by=world.bo.actor.hosting(room.pk), now=EVENING)
        gathering.refresh_from_db()
        return gathering, came

    return open_


@pytest.fixture
def drained():
    """Do what the worker would do by now."""
    return lambda: drain(is_strict=True)


def stay(participants, minutes, *, since=EVENING):
    """Their streams are open for that long, seen every 15 seconds."""
    for tick in range(minutes * 4 + 1):
        rooms.note_here([one.pk for one in participants], now=since + timedelta(seconds=15 * tick))


def do(participant, verb, *, now=EVENING, **values):
    canvas = Canvas.objects.with_activity().get(activity__room=participant.room_id)
    form = {name: [value] for name, value in values.items()}
    return rooms.act(canvas, participant, verb, form, by=participant_actor(participant), now=now)


def participant_actor(participant):
    return participant.person.actor if participant.person else ANONYMOUS
