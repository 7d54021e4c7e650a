"""One's conversations, and one of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from laurels.community import rules
from laurels.community.models import Conversation, Message, Party
from laurels.community.queries.standing import sides
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person

PAGE = 30
MESSAGES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the list; ``other`` is None where both accounts became one."""

    conversation: Conversation
    other: Person | None
    unread: int


@dataclass(frozen=True, slots=True)
class Inbox:
    lines: list[Line]
    next_after: str


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """The newest messages, oldest first. ``earlier`` continues before them; ``profile`` is the other's, if in sight."""

    conversation: Conversation
    person: Person
    other: Person | None
    messages: list[Message]
    earlier: str
    profile: str
    no_letters: Refusal | None

    @property
    def has_unread(self) -> bool:
        mine = next(one for one in self.conversation.parties.all() if one.person_id == self.person.pk)
        return bool(self.messages) and mine.read_to < self.messages[-1].pk


def unread_count(person: Person) -> int:
    """How many messages wait to be read."""
    return Message.objects.unread_by(person).count()


def inbox(person: Person, after: str) -> Inbox:
    """The latest first; ``after`` is the public id of the last one above."""
    mine = Party.objects.filter(conversation=OuterRef("pk"), person=person).values("read_to")[:1]
    unread = Count("messages", filter=Q(messages__pk__gt=Subquery(mine)) & ~Q(messages__author=person))
    found = Conversation.objects.filter(parties__person=person).annotate(unread=unread).latest_first()
    if after and (mark := Conversation.objects.filter(public_id=after).first()):
        found = found.filter(Q(latest_at__lt=mark.latest_at) | Q(latest_at=mark.latest_at, pk__lt=mark.pk))
    rows: list[Any] = list(found.prefetch_related("parties__person")[: PAGE + 1])
    lines = [Line(row, other_of(row, person), row.unread) for row in rows[:PAGE]]
    return Inbox(lines, rows[PAGE - 1].public_id if len(rows) > PAGE else "")


def conversation_page(
    conversation: Conversation, person: Person, before: str, by: Actor, now: datetime
) -> ConversationPage:
    found = conversation.messages.with_hidden(now).select_related("author").order_by("-pk")
    if before:
        found = found.filter(pk__lt=Subquery(Message.objects.filter(public_id=before).values("pk")[:1]))
    newest = list(found[: MESSAGES + 1])
    other = other_of(conversation, person)
    no_letters, profile = None, ""
    if other:
        between = sides(person.pk, other.pk, now)
        no_letters, profile = rules.why_not_write(between, other, by=by), between.their_profile
    earlier = newest[MESSAGES - 1].public_id if len(newest) > MESSAGES else ""
    return ConversationPage(conversation, person, other, newest[:MESSAGES][::-1], earlier, profile, no_letters)


def other_of(conversation: Conversation, person: Person) -> Person | None:
    """No query where the parties were loaded."""
    return next((one.person for one in conversation.parties.all() if one.person_id != person.pk), None)
