"""The invited person's page, and the body's queue."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import nh3
from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from laurels.credentials import rules
from laurels.credentials.models import Certification, Invitation
from laurels.credentials.queries.holding import held_by_reader, is_powerful
from laurels.credentials.queries.readiness import readiness_of, readiness_of_reader
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person, normal_email
from laurels.programmes.models import Licence
from laurels.programmes.queries import latest_licence
from laurels.programmes.rules import Need

PAGE = 50


class State(StrEnum):
    SENT = "sent"
    OPENED = "opened"
    EXPIRED = "expired"


LABELS: dict[State, Any] = {State.SENT: _("Sent"), State.OPENED: _("Opened"), State.EXPIRED: _("Expired")}
TONES = {State.SENT: "wait", State.OPENED: "wait", State.EXPIRED: "bad"}


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """A waiting invitation in the body's queue, with its age in whole days."""

    invitation: Invitation
    state: State
    days: int

    @property
    def label(self) -> Any:
        return LABELS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


@dataclass(frozen=True, slots=True)
class InvitationQueue:
    rows: list[InvitationLine]
    older: str


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """``is_elsewhere``: whoever is signed in reads other addresses than the one the letter went to."""

    invitation: Invitation
    licence: Licence
    person: Person | None
    emails: list[str]
    held: Certification | None
    needs: list[Need]
    refusal: Refusal | None

    @property
    def terms(self) -> SafeString:
        """The licence's Markdown as HTML."""
        drawn: str = MarkdownIt("commonmark", {"html": False}).render(self.licence.text)
        return mark_safe(nh3.clean(drawn))

    @property
    def is_elsewhere(self) -> bool:
        return self.person is not None and normal_email(self.invitation.email) not in self.emails

    @property
    def is_waiting(self) -> bool:
        """The class is done and something else that the scheme needs is missing."""
        return self.refusal is not None and self.refusal.code == "waits"

    @property
    def may_ask_again(self) -> bool:
        return self.refusal is not None and self.refusal.code == "invitation-expired"


def invitation_by_secret(secret: str) -> Invitation | None:
    """The invitation a link belongs to, with its programme, whatever became of it."""
    return Invitation.objects.with_secret(secret).with_programme().first()


def invitation_page(invitation: Invitation, person: Person | None, *, by: Actor, now: datetime) -> InvitationPage:
    roster = invitation.line.roster
    held = held_by_reader(person, invitation.email, roster.scheme)
    ready = readiness_of_reader(person, invitation.email, roster.scheme, now)
    powerful = person is None and is_powerful(invitation.email)
    return InvitationPage(
        invitation=invitation,
        licence=latest_licence(roster.body),
        person=person,
        emails=list(person.addresses.verified().values_list("email", flat=True)) if person else [],
        held=held,
        needs=ready.needs,
        refusal=rules.why_not_redeem(invitation, person, held=held, is_powerful=powerful, ready=ready, by=by, now=now),
    )


def invitations_waiting(person: Person, *, scheme: str, role: str, now: datetime) -> list[Invitation]:
    """The person's unanswered invitations that could be accepted now and needed ``scheme`` or ``role`` before."""
    theirs = Q(line__seat__person=person) | Q(email__in=person.addresses.verified().values("email"))
    waiting = Invitation.objects.waiting().filter(theirs).exclude(line__roster__scheme__prerequisites={})
    found = list(waiting.with_programme().order_by("pk"))
    ready = readiness_of([(person.pk, one.line.roster.scheme) for one in found], now)
    return [
        one
        for one in found
        if (state := ready[person.pk, one.line.roster.scheme_id]).is_ready and state.wanted.names(scheme, role)
    ]


def invitation_queue(actor: Actor, after: str, now: datetime) -> InvitationQueue:
    """A page of what the actor's bodies wait for, newest first; ``after`` is the public id above the page."""
    waiting = Invitation.objects.visible_to(actor).waiting().with_programme().newest_first()
    if after and (above := Invitation.objects.visible_to(actor).filter(public_id=after).only("pk").first()):
        waiting = waiting.filter(pk__lt=above.pk)
    rows = [_line(invitation, now) for invitation in waiting[: PAGE + 1]]
    return InvitationQueue(rows[:PAGE], rows[PAGE - 1].invitation.public_id if len(rows) > PAGE else "")


def _line(invitation: Invitation, now: datetime) -> InvitationLine:
    return InvitationLine(invitation, _state(invitation, now), (now - invitation.sent_at).days)


def _state(invitation: Invitation, now: datetime) -> State:
    if invitation.expires_at <= now:
        return State.EXPIRED
    return State.OPENED if invitation.opened_at else State.SENT
