"""What may be done with gatherings, groups and boards, and why not."""

from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from laurels.gatherings.models import Board, FollowUp, Gathering, Group, GroupMember, Series, SignUp, Ticket
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal

# The room opens this long before, and one that nobody closed is closed this long after its end.
OPENS_BEFORE = timedelta(minutes=60)
OPENS_BY_ITSELF_BEFORE = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=3)
# A place is kept this long for whoever is late.
PLACES_KEPT = timedelta(minutes=10)
# A meeting is at least two people: nobody earns by sitting in a room alone.
FEWEST = 2
TICKET_DAYS = 30
BOARD_LASTS = timedelta(days=30)
GUESTS_AN_HOUR = 5


def why_not_announce(body_id: int, group: Group | None, *, by: Actor) -> Refusal | None:
    """A body's staff announce for everybody; a group's organisers for their group."""
    if by.has("staff", at=body_id):
        return None
    if group is not None and by.person_id is not None:
        if group.closed_at is not None:
            return Refusal("closed", _("This group is closed."))
        if GroupMember.objects.filter(group=group, person=by.person_id, is_organiser=True).exists():
            return None
    return Refusal("not-yours", _("Gatherings are announced by organisers of a group, or by the body's staff."))


def why_not_zone(zone: str) -> Refusal | None:
    if zone not in available_timezones():
        return Refusal("zone", _("This is not a time zone. Write it like Europe/Berlin."), "zone")
    return None


def why_not_when(
    starts_at: datetime, minutes: int, *, capacity: int | None, table_size: int, now: datetime
) -> Refusal | None:
    if starts_at <= now:
        return Refusal("past", _("This time is over. Choose one to come."), "starts")
    if not 15 <= minutes <= 480:
        return Refusal("minutes", _("A gathering takes between 15 minutes and 8 hours."), "minutes")
    if not 2 <= table_size <= 50:
        return Refusal("table", _("Between 2 and 50 people sit at a table."), "table_size")
    if capacity is not None and not 2 <= capacity <= 2000:
        return Refusal("capacity", _("Between 2 and 2,000 people; leave it empty for everybody who wants."), "capacity")
    return None


def why_not_run(gathering: Gathering, *, by: Actor) -> Refusal | None:
    if by.is_system or Gathering.objects.hosted_by(by).filter(pk=gathering.pk).exists():
        return None
    return Refusal("not-yours", _("Only hosts of this gathering do that."))


def why_not_change(gathering: Gathering, *, by: Actor) -> Refusal | None:
    if refusal := why_not_run(gathering, by=by):
        return refusal
    if gathering.state != Gathering.State.ANNOUNCED:
        return Refusal("state", _("This has begun, is over or was cancelled; it cannot be changed any more."))
    return None


def why_not_share(gathering: Gathering, *, by: Actor) -> Refusal | None:
    if refusal := why_not_run(gathering, by=by):
        return refusal
    if gathering.state not in Gathering.COMING:
        return Refusal("state", _("This is over or was cancelled."))
    return None


def why_not_end_series(series: Series, *, by: Actor) -> Refusal | None:
    return why_not_announce(series.body_id, series.group, by=by)


def why_not_sign_up(gathering: Gathering, *, now: datetime) -> Refusal | None:
    if gathering.state == Gathering.State.CANCELLED:
        return Refusal("cancelled", _("This was cancelled. Look at the other dates."))
    if gathering.state == Gathering.State.HELD or gathering.ends_at <= now:
        return Refusal("over", _("This is over. Look at the other dates."))
    return None


def why_not_sign_up_guest(gathering: Gathering, lately: int, *, now: datetime) -> Refusal | None:
    """``lately``: how often this address was signed up within the hour."""
    if refusal := why_not_sign_up(gathering, now=now):
        return refusal
    if lately >= GUESTS_AN_HOUR:
        return Refusal("often", _("This address was signed up several times just now. Try again in an hour."), "email")
    return None


def why_not_sign_off(signup: SignUp, *, by: Actor) -> Refusal | None:
    """A person signs off themselves; for a guest the address of the page in their letter is enough."""
    if by.is_system or signup.person_id is None or signup.person_id == by.person_id:
        return None
    return Refusal("not-yours", _("Only whoever signed up signs off."))


def why_not_open(gathering: Gathering, *, by: Actor, now: datetime) -> Refusal | None:
    if refusal := why_not_run(gathering, by=by):
        return refusal
    if gathering.state != Gathering.State.ANNOUNCED:
        return Refusal("state", _("This is over or was cancelled."))
    if now < gathering.starts_at - OPENS_BEFORE:
        return Refusal("early", _("The room opens an hour before it begins."))
    return None


def why_not_come_in(gathering: Gathering) -> Refusal | None:
    if gathering.state != Gathering.State.OPEN:
        return Refusal("not-open", _("The room is not open now."))
    return None


def why_not_pass_by(gathering: Gathering, taken: int) -> Refusal | None:
    """Whoever has no place comes in while some are free."""
    if gathering.capacity is not None and taken >= gathering.capacity:
        words = _("All places are taken. Put yourself on the waiting list; who is missing after %s minutes makes room.")
        return Refusal("full", words % (PLACES_KEPT.seconds // 60))
    return None


def why_not_split(gathering: Gathering, people: int, tables: int, *, by: Actor) -> Refusal | None:
    if refusal := why_not_run(gathering, by=by) or why_not_come_in(gathering):
        return refusal
    if gathering.tables.filter(number__gt=0).exists():
        return Refusal("split", _("Everybody is at a table already."))
    if not 2 <= tables <= 60 or people < 2 * tables:
        return Refusal("tables", _("At least two people sit at each table, and there are at least two tables."))
    return None


def why_not_hold(gathering: Gathering, *, by: Actor) -> Refusal | None:
    if refusal := why_not_run(gathering, by=by):
        return refusal
    if gathering.state != Gathering.State.OPEN:
        return Refusal("not-open", _("The room is not open now."))
    return None


def why_not_hide(*, by: Actor) -> Refusal | None:
    """Words are hidden by the rulings of staff, which reach this stage through the worker."""
    return None if by.is_system else Refusal("not-yours", _("A ruling on a report does that."))


def why_not_follow_up(followup: FollowUp, *, by: Actor) -> Refusal | None:
    return why_not_run(followup.gathering, by=by)


def why_not_found(name: str, *, by: Actor) -> Refusal | None:
    if by.person_id is None and not by.is_system:
        return Refusal("sign-in", _("Sign in first: a group needs an organiser."))
    if not name.strip():
        return Refusal("name", _("Give the group a name."), "name")
    return None


def why_not_organise(group: Group, *, by: Actor) -> Refusal | None:
    if Group.objects.organised_by(by).filter(pk=group.pk).exists():
        return None
    return Refusal("not-yours", _("Only organisers of this group do that."))


def why_not_join_group(group: Group) -> Refusal | None:
    return Refusal("closed", _("This group is closed.")) if group.closed_at else None


def why_not_leave_group(group: Group, member: GroupMember | None) -> Refusal | None:
    others = group.members.filter(is_organiser=True).exclude(pk=member.pk if member else 0)
    if member and member.is_organiser and not others.exists():
        return Refusal("last", _("A group needs an organiser. Make somebody else one first."))
    return None


def why_not_note_help(group: Group, helper: int, *, by: Actor) -> Refusal | None:
    """Nobody confirms their own hours."""
    if refusal := why_not_organise(group, by=by):
        return refusal
    if helper == by.person_id:
        return Refusal("own", _("Somebody else who organises this group confirms your hours."), "person")
    return None


def why_not_help(what: str, on: date, minutes: int, *, is_member: bool, now: datetime) -> Refusal | None:
    if not is_member:
        return Refusal("no-member", _("Only who belongs to the group can have helped it here."), "person")
    if not what.strip():
        return Refusal("what", _("Say in a few words what it was."), "what")
    # Whoever lives furthest east may already have tomorrow.
    if on > day_in("Pacific/Kiritimati", now):
        return Refusal("future", _("This day has not come yet."), "on")
    if not 1 <= minutes <= 24 * 60:
        return Refusal("minutes", _("Between one minute and twenty-four hours. Enter each day by itself."), "hours")
    return None


def why_not_claim_ticket(ticket: Ticket, *, by: Actor) -> Refusal | None:
    if by.person_id is None:
        return Refusal("sign-in", _("Sign in first, so that the minutes become yours."))
    if ticket.person_id not in (None, by.person_id):
        return Refusal("claimed", _("Somebody else has used this link already."))
    return None


def why_not_claim_board(board: Board, *, by: Actor, now: datetime) -> Refusal | None:
    if by.person_id is None:
        return Refusal("sign-in", _("Sign in first, then the board is yours."))
    if board.person_id not in (None, by.person_id):
        return Refusal("claimed", _("Somebody else keeps this board already."))
    if board.expires_at <= now:
        return Refusal("expired", _("This board has expired."))
    return None
