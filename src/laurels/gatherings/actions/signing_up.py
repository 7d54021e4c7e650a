"""Who comes. The gathering's row orders those who sign up and off."""

from datetime import datetime, timedelta

from django.db import transaction

from laurels.gatherings import facts, rules
from laurels.gatherings.models import Gathering, SignUp
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Person

State = SignUp.State


@transaction.atomic
def sign_up(gathering: Gathering, person: Person, *, shows_name: bool = False, by: Actor, now: datetime) -> SignUp:
    """A place, or one on the waiting list when all are taken; asking twice gives the same. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    if signup := gathering.signups.coming().filter(person=person).first():
        return signup
    require(rules.why_not_sign_up(gathering, now=now))
    return _add(gathering, SignUp(person=person, name=person.name[:80], shows_name=shows_name), by=by, now=now)


@transaction.atomic
def sign_up_guest(
    gathering: Gathering, name: str, email: str, *, shows_name: bool = False, by: Actor, now: datetime
) -> SignUp:
    """``sign_up`` for somebody without an account, who signs off by the page in their letter. Raises Refused."""
    gathering = Gathering.objects.lock(gathering.pk)
    email = email.strip().lower()
    if signup := gathering.signups.coming().filter(person=None, email=email).first():
        return signup
    lately = SignUp.objects.filter(email=email, asked_at__gt=now - timedelta(hours=1)).count()
    require(rules.why_not_sign_up_guest(gathering, lately, now=now))
    return _add(gathering, SignUp(name=name.strip()[:80], email=email, shows_name=shows_name), by=by, now=now)


@transaction.atomic
def sign_off(signup: SignUp, *, by: Actor, now: datetime) -> SignUp:
    """Give the place back; the first who waits has it. Raises Refused."""
    gathering = Gathering.objects.lock(signup.gathering_id)
    signup = SignUp.objects.get(pk=signup.pk)
    if signup.state == State.CANCELLED:
        return signup
    require(rules.why_not_sign_off(signup, by=by) or rules.why_not_sign_up(gathering, now=now))
    signup.state, signup.cancelled_at = State.CANCELLED, now
    signup.save(update_fields=["state", "cancelled_at"])
    record(gathering.topic, facts.SignedOff(gathering.pk, signup.pk), by=by, at=now)
    fill_up(gathering, by=by, now=now)
    return signup


def fill_up(gathering: Gathering, *, by: Actor, now: datetime) -> int:
    """Give free places to those who wait, in order, inside the transaction that holds the gathering; how many."""
    free = _free(gathering)
    waiting = list(gathering.signups.waiting()[: free if free is not None else None])
    for signup in waiting:
        signup.state = State.GOING
        signup.save(update_fields=["state"])
        record(gathering.topic, facts.MovedUp(gathering.pk, signup.pk), by=by, at=now)
    return len(waiting)


def _add(gathering: Gathering, signup: SignUp, *, by: Actor, now: datetime) -> SignUp:
    free = _free(gathering)
    signup.gathering, signup.asked_at = gathering, now
    signup.state = State.GOING if free is None or free > 0 else State.WAITING
    signup.save()
    record(gathering.topic, facts.SignedUp(gathering.pk, signup.pk), by=by, at=now)
    return signup


def _free(gathering: Gathering) -> int | None:
    """Free places; None: as many as want."""
    return None if gathering.capacity is None else max(0, gathering.capacity - gathering.signups.going().count())
