"""What people are told about gatherings. Each is called by a reaction, after the fact, or by the schedule."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from laurels.gatherings import queries
from laurels.gatherings.actions.tickets import give_ticket
from laurels.gatherings.models import Gathering, SignUp
from laurels.kernel.actor import Actor
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.people.models import Person
from laurels.programmes.queries import letter_template

CALENDAR = "text/calendar; charset=utf-8"
REMINDED_BEFORE = timedelta(hours=24)


@transaction.atomic
def tell_of_place(signup: SignUp, *, by: Actor, now: datetime) -> Letter | None:
    """A place, with its time for a calendar, or one on the waiting list. None once they signed off."""
    if signup.state == SignUp.State.CANCELLED:
        return None
    is_going = signup.state == SignUp.State.GOING
    return _write("gathering-place" if is_going else "gathering-waiting", signup, has_time=is_going, by=by, now=now)


@transaction.atomic
def tell_of_move(gathering: Gathering, version: int, *, by: Actor, now: datetime) -> list[Letter]:
    """Another time or place, with the new entry for calendars. Nobody, where a later change tells it anew."""
    if gathering.state != Gathering.State.ANNOUNCED or gathering.version != version:
        return []
    coming = gathering.signups.coming().select_related("person")
    letters = [_write("gathering-moved", one, has_time=True, by=by, now=now) for one in coming]
    return [letter for letter in letters if letter]


@transaction.atomic
def tell_of_cancellation(gathering: Gathering, *, by: Actor, now: datetime) -> list[Letter]:
    """Everybody who wanted to come hears why it is off. Nobody, once its time is over."""
    if gathering.cancelled_at is None or gathering.cancelled_at > gathering.ends_at:
        return []
    coming = gathering.signups.coming().select_related("person")
    more = {"reason": gathering.reason}
    letters = [_write("gathering-cancelled", one, more, has_time=True, by=by, now=now) for one in coming]
    return [letter for letter in letters if letter]


def remind(*, by: Actor, now: datetime) -> int:
    """A day before, everybody who goes is reminded, once; how many were."""
    soon = SignUp.objects.going().filter(
        reminded_at=None,
        gathering__state=Gathering.State.ANNOUNCED,
        gathering__starts_at__gt=now,
        gathering__starts_at__lte=now + REMINDED_BEFORE,
    )
    return sum(_remind(pk, by=by, now=now) for pk in soon.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, *, by: Actor, now: datetime) -> bool:
    signup = SignUp.objects.select_for_update().get(pk=pk)
    if signup.reminded_at or signup.state != SignUp.State.GOING:
        return False
    signup.reminded_at = now
    signup.save(update_fields=["reminded_at"])
    # Whoever signed up within the last day has just had a letter that says all this.
    if signup.asked_at > now - REMINDED_BEFORE:
        return False
    return _write("gathering-reminder", signup, by=by, now=now) is not None


@transaction.atomic
def tell_of_summary(gathering: Gathering, *, by: Actor, now: datetime) -> list[Letter]:
    """What came of it, to everybody who was there and can be reached, also without a place."""
    more = {"topics": queries.topics_in_words(gathering)}
    came = Person.objects.filter(pk__in=queries.people_in_its_rooms(gathering)).order_by("pk")
    guests = gathering.signups.coming().filter(person=None, participant__isnull=False)
    places = [SignUp(gathering=gathering, person=one, name=one.name[:80]) for one in came]
    page = settings.PUBLIC_URL + reverse("gathering", args=[gathering.public_id])
    letters = [_write("gathering-summary", one, more | {"link": page}, by=by, now=now) for one in [*places, *guests]]
    return [letter for letter in letters if letter]


@transaction.atomic
def give_tickets(gathering: Gathering, *, by: Actor, now: datetime) -> list[Letter]:
    """Guests who were there get the link by which the minutes can be theirs later; once each."""
    were_here = gathering.signups.coming().filter(person=None, participant__isnull=False, participant__ticket=None)
    return [_give_ticket(signup, by=by, now=now) for signup in were_here.select_related("participant__room")]


def _give_ticket(signup: SignUp, *, by: Actor, now: datetime) -> Letter:
    assert signup.participant is not None
    _ticket, secret = give_ticket(signup.participant, by=by, now=now)
    more = {"link": settings.PUBLIC_URL + reverse("ticket", args=[secret])}
    letter = _write("gathering-ticket", signup, more, is_secret=True, by=by, now=now)
    assert letter is not None, "a guest has an address"
    return letter


def _write(
    key: str,
    signup: SignUp,
    more: dict[str, str] | None = None,
    *,
    has_time: bool = False,
    is_secret: bool = False,
    by: Actor,
    now: datetime,
) -> Letter | None:
    gathering, person = signup.gathering, signup.person
    email = person.email if person else signup.email
    if not email:
        return None
    return write(
        key,
        letter_template(gathering.body, key, person.language if person else gathering.language),
        to=email,
        values=_values(signup) | (more or {}),
        person=person,
        sender_name=gathering.body.name,
        topic=gathering.topic,
        is_secret=is_secret,
        attachments=[("gathering.ics", CALENDAR, queries.calendar_file([gathering], has_link=True))]
        if has_time
        else [],
        by=by,
        now=now,
    )


def _values(signup: SignUp) -> dict[str, str]:
    gathering = signup.gathering
    page = reverse("signup", args=[signup.public_id])
    return {
        "name": signup.name,
        "title": gathering.title,
        "when": queries.when_in_words(gathering),
        "where": queries.where_in_words(gathering),
        "body": gathering.body.name,
        "link": settings.PUBLIC_URL + page,
    }
