"""When minutes at a gathering count."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from laurels.credentials.models import Membership
from laurels.gatherings.models import Gathering
from laurels.gatherings.rules import FEWEST, TICKET_DAYS
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person


def why_not_stay(gathering: Gathering, minutes: int, acts: Collection[str], people: int) -> Refusal | None:
    """Minutes present and at least one act (cspo.md §4); a meeting is at least two people."""
    if gathering.held_at is None:
        return Refusal("not-held", _("This is not over yet. Units follow when it is."))
    if people < FEWEST:
        return Refusal("alone", _("A gathering counts when at least two people were there."))
    if minutes < 1:
        return Refusal("away", _("The server saw nobody by this name in the room while it went on."))
    if not acts:
        return Refusal("idle", _("Being there counts with a topic, a vote, a thumb or a note; there was none."))
    return None


def why_not_claim_minutes(gathering: Gathering, person: Person, *, now: datetime) -> Refusal | None:
    """A guest's minutes count for a member, until 30 days after they joined or after the gathering."""
    membership = Membership.objects.filter(person=person, body=gathering.body_id).first()
    if membership is None:
        return Refusal("no-member", _("Keep the link. Once you are a member, it works for 30 days."))
    since = max(membership.activated_at, gathering.held_at or gathering.ends_at)
    if now > since + timedelta(days=TICKET_DAYS):
        return Refusal("late", _("The 30 days after you joined are over. You can still enter it yourself."))
    return None
