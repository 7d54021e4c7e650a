"""What guests take away, so that their minutes can be theirs later."""

from datetime import datetime

from django.db import transaction

from laurels.gatherings import facts, rules
from laurels.gatherings.models import Gathering, Table, Ticket
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, secret_token
from laurels.kernel.refusal import require
from laurels.people.models import Person
from laurels.rooms.models import Participant


@transaction.atomic
def give_ticket(participant: Participant, *, by: Actor, now: datetime) -> tuple[Ticket, str]:
    """A ticket and its secret, for somebody who came without an account; a newer secret replaces an older one."""
    table = Table.objects.select_related("gathering").get(room=participant.room_id)
    gathering = Gathering.objects.lock(table.gathering_id)
    secret = secret_token()
    ticket = Ticket.objects.filter(participant=participant).first()
    if ticket is None:
        ticket = Ticket(gathering=gathering, participant=participant, given_at=now)
    ticket.secret_digest = digest(secret)
    ticket.save()
    record(gathering.topic, facts.TicketGiven(gathering.pk, ticket.pk), by=by, at=now)
    return ticket, secret


@transaction.atomic
def claim_ticket(ticket: Ticket, person: Person, *, by: Actor, now: datetime) -> Ticket:
    """The minutes of this ticket are ``person``'s; whether they earn units is the ledger's to say. Raises Refused."""
    ticket = Ticket.objects.lock(ticket.pk)
    if ticket.person_id == person.pk:
        return ticket
    require(rules.why_not_claim_ticket(ticket, by=by))
    ticket.person, ticket.claimed_at = person, now
    ticket.save(update_fields=["person", "claimed_at"])
    record(ticket.gathering.topic, facts.TicketClaimed(ticket.gathering_id, ticket.pk, person.pk), by=by, at=now)
    return ticket
