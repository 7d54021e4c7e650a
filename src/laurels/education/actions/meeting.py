"""Units that write themselves: minutes at gatherings, hours given to a group."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.education.actions.ledger import credit
from laurels.education.models import LedgerEntry
from laurels.education.rules import hours_in_words
from laurels.education.rules.meeting import why_not_claim_minutes, why_not_stay
from laurels.gatherings.actions import claim_ticket
from laurels.gatherings.models import Gathering, Help, Ticket
from laurels.gatherings.queries import Stay, people_who_came, stays
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Person
from laurels.programmes.queries import preparation_minutes

Grade = LedgerEntry.Grade


def credit_gathering(gathering: Gathering, *, by: Actor, now: datetime) -> list[LedgerEntry]:
    """The minutes of everybody who was there with an account and did something, each once however often it is asked.

    Whoever hosted gets the time to prepare as well, where the policy says so.
    """
    came, found = people_who_came(gathering), stays(gathering)
    people = Person.objects.in_bulk(list(found))
    entries = []
    for pk, stay in sorted(found.items()):
        if why_not_stay(gathering, stay.minutes, stay.acts, came) is None:
            entries += _credit(gathering, people[pk], stay, by=by, now=now)
    return entries


@transaction.atomic
def claim_minutes(ticket: Ticket, person: Person, *, by: Actor, now: datetime) -> list[LedgerEntry]:
    """A guest has become a member: the minutes of their ticket are theirs. Using it twice gives the same.

    Raises Refused, and the ticket stays as it was.
    """
    require(why_not_claim_minutes(ticket.gathering, person, now=now))
    ticket = claim_ticket(ticket, person, by=by, now=now)
    gathering = ticket.gathering
    stay = stays(gathering).get(person.pk, Stay())
    require(why_not_stay(gathering, stay.minutes, stay.acts, people_who_came(gathering)))
    return _credit(gathering, person, stay, by=by, now=now)


def credit_help(help_: Help, *, by: Actor, now: datetime) -> LedgerEntry:
    """Hours that an organiser confirmed."""
    return credit(
        help_.person,
        f"{help_.group.name}: {help_.what}"[:200],
        source="group",
        key=f"help:{help_.pk}",
        on=help_.on,
        minutes=help_.minutes,
        category="volunteering",
        grade=Grade.COSIGNED,
        evidence=_("Confirmed by %(name)s") % {"name": help_.confirmed_by.name},
        by=by,
        now=now,
    )


@transaction.atomic
def _credit(gathering: Gathering, person: Person, stay: Stay, *, by: Actor, now: datetime) -> list[LedgerEntry]:
    on = gathering.local_start.date()
    words = _("%(time)s present by the server's record; took part by: %(acts)s")
    entries = [
        credit(
            person,
            gathering.title,
            source="gathering",
            key=f"gathering:{gathering.pk}",
            on=on,
            minutes=stay.minutes,
            category="events",
            evidence=words % {"time": hours_in_words(stay.minutes), "acts": ", ".join(sorted(stay.acts))},
            by=by,
            now=now,
        )
    ]
    prepared = preparation_minutes(gathering.body, on) if stay.is_host else 0
    if prepared:
        title = _("Preparing “%(title)s”") % {"title": gathering.title}
        entries.append(
            credit(
                person,
                title[:200],
                source="gathering",
                key=f"hosting:{gathering.pk}",
                on=on,
                minutes=prepared,
                category="volunteering",
                evidence=_("Hosted it"),
                by=by,
                now=now,
            )
        )
    return entries
