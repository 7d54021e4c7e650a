"""Writing to one another, and not wanting to. The two people's rows order it, always in the same order."""

from datetime import datetime

from django.db import transaction

from laurels.community import facts, queries, rules
from laurels.community.models import Blocking, Conversation, Message, Party
from laurels.community.models.conversations import pair_of
from laurels.community.queries.conversations import other_of
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Person


@transaction.atomic
def write_to(other: Person, text: str, *, by: Actor, now: datetime) -> Message:
    """The first words to somebody, or the next ones: two people have one conversation. Raises Refused."""
    writer, other = _both(by, other, now=now)
    conversation = Conversation.objects.between(writer, other).first()
    return _write(conversation, writer, other, text, by=by, now=now)


@transaction.atomic
def reply(conversation: Conversation, text: str, *, by: Actor, now: datetime) -> Message:
    """More words in a conversation of one's own. Raises Refused."""
    me = Person.objects.get(pk=by.person_id or 0)
    other = other_of(conversation, me) or me
    writer, other = _both(by, other, now=now)
    return _write(conversation, writer, other, text, by=by, now=now)


@transaction.atomic
def note_read(conversation: Conversation, person: Person, upto: Message) -> None:
    """The person has seen everything up to this message; it is never seen less."""
    mine = Party.objects.filter(conversation=conversation, person=person, read_to__lt=upto.pk)
    mine.update(read_to=upto.pk)


@transaction.atomic
def block(other: Person, *, by: Actor, now: datetime) -> Blocking:
    """From this moment the other neither sees one's profile nor writes; they are not told. Twice gives the same."""
    require(rules.why_not_block(other, by=by))
    people = Person.objects.lock_both(by.person_id or 0, other.pk)
    me, other = people[by.person_id or 0], people[other.pk]
    if earlier := Blocking.objects.filter(blocker=me, blocked=other).first():
        return earlier
    made = Blocking.objects.create(pair=f"{me.public_id}>{other.public_id}", blocker=me, blocked=other, at=now)
    record(me.topic, facts.PersonBlocked(me.pk, other.pk), by=by, at=now)
    return made


@transaction.atomic
def unblock(made: Blocking, *, by: Actor, now: datetime) -> None:
    """As if it had never been. Twice changes nothing; somebody else's block is refused."""
    require(rules.why_not_unblock(made, by=by))
    me = Person.objects.lock(made.blocker_id)
    removed, _of = Blocking.objects.filter(blocker=me, blocked=made.blocked_id).delete()
    if removed:
        record(me.topic, facts.BlockRemoved(me.pk, made.blocked_id), by=by, at=now)


def _both(by: Actor, other: Person, *, now: datetime) -> tuple[Person, Person]:
    """Writer and reader, locked, after the rule has agreed."""
    people = Person.objects.lock_both(by.person_id or 0, other.pk)
    require(rules.why_not_write(queries.sides(by.person_id, other.pk, now), other, by=by))
    return people[by.person_id or 0], people[other.pk]


def _write(
    conversation: Conversation | None, writer: Person, other: Person, text: str, *, by: Actor, now: datetime
) -> Message:
    require(
        rules.why_not_write_now(
            text,
            is_new=conversation is None,
            begun=Conversation.objects.filter(begun_by=writer, begun_at__gt=now - rules.DAY).count(),
            written=Message.objects.filter(author=writer).after(now - rules.HOUR).count(),
        )
    )
    conversation = conversation or _begin(writer, other, by=by, now=now)
    message = conversation.messages.create(author=writer, text=text.strip(), at=now)
    Conversation.objects.filter(pk=conversation.pk).update(latest_at=now)
    note_read(conversation, writer, message)
    record(conversation.topic, facts.MessageWritten(conversation.pk, message.pk), by=by, at=now)
    return message


def _begin(writer: Person, other: Person, *, by: Actor, now: datetime) -> Conversation:
    begun = Conversation.objects.create(pair=pair_of(writer, other), begun_by=writer, begun_at=now, latest_at=now)
    Party.objects.bulk_create(Party(conversation=begun, person=person) for person in (writer, other))
    record(begun.topic, facts.ConversationBegun(begun.pk), by=by, at=now)
    return begun
