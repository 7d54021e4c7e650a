from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record, record_all
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.participation import facts, rules
from laurels.participation.models import Line, Roster

RULED = ["state", "return_reason", "ruled_by", "ruled_at"]


@transaction.atomic
def accept_line(line: Line, *, by: Actor, now: datetime) -> Line:
    """The body's yes to one line; asking twice changes nothing. The last ruling settles the roster."""
    roster, line = _locked(line)
    if line.state == Line.State.ACCEPTED and by.has("staff", at=roster.body_id):
        return line
    require(rules.why_not_rule(roster, by=by) or rules.why_not_accept(line))
    _rule(line, Line.State.ACCEPTED, by, now)
    record(roster.topic, facts.LineAccepted(roster.pk, line.pk), by=by, at=now)
    _settle(roster, by, now)
    return line


@transaction.atomic
def return_line(line: Line, *, reason: str, by: Actor, now: datetime) -> Line:
    """The body's "not like this" to one line, with what to put right; the same again changes nothing."""
    roster, line = _locked(line)
    reason = reason.strip()
    if (line.state, line.return_reason) == (Line.State.RETURNED, reason) and by.has("staff", at=roster.body_id):
        return line
    require(rules.why_not_rule(roster, by=by) or rules.why_not_return(line, reason))
    line.return_reason = reason
    _rule(line, Line.State.RETURNED, by, now)
    record(roster.topic, facts.LineReturned(roster.pk, line.pk), by=by, at=now)
    _settle(roster, by, now)
    return line


@transaction.atomic
def accept_roster(roster: Roster, *, by: Actor, now: datetime) -> list[Line]:
    """Accept every line that still waits; returns those, which are none the second time."""
    roster = Roster.objects.lock(roster.pk)
    lines = list(roster.lines.filter(state=Line.State.RECEIVED).by_name())
    if not lines and roster.state == Roster.State.SETTLED and by.has("staff", at=roster.body_id):
        return []
    require(rules.why_not_rule(roster, by=by))
    for line in lines:
        line.state, line.ruled_by_id, line.ruled_at = Line.State.ACCEPTED, by.person_id, now
    roster.lines.filter(state=Line.State.RECEIVED).update(
        state=Line.State.ACCEPTED, ruled_by=by.person_id, ruled_at=now
    )
    if lines:
        record_all(roster.topic, [facts.LineAccepted(roster.pk, line.pk) for line in lines], by=by, at=now)
    _settle(roster, by, now)
    return lines


def _locked(line: Line) -> tuple[Roster, Line]:
    """The roster's row orders all rulings on it; the line is read anew under that lock."""
    roster = Roster.objects.lock(line.roster_id)
    return roster, roster.lines.get(pk=line.pk)


def _rule(line: Line, state: Line.State, by: Actor, now: datetime) -> None:
    line.state, line.ruled_by_id, line.ruled_at = state, by.person_id, now
    line.save(update_fields=RULED)


def _settle(roster: Roster, by: Actor, now: datetime) -> None:
    if roster.lines.awaiting_ruling().exists():
        return
    roster.state = Roster.State.SETTLED
    roster.save(update_fields=["state"])
    record(roster.topic, facts.RosterSettled(roster.pk), by=by, at=now)
