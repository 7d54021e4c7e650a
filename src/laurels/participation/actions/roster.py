from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.participation import facts, rules
from laurels.participation.models import Line, Roster, Signature, Submission
from laurels.participation.queries import Preflight, is_intact, preflight, trainers_of
from laurels.participation.rules import Draft, Participant
from laurels.workshops.models import Workshop


@transaction.atomic
def sign_roster(workshop: Workshop, *, seen: str = "", by: Actor, now: datetime) -> Roster:
    """Sign the next version: everybody ready who is on no live line. Two signing at once make one roster.

    ``seen`` is the digest the signer was shown; a list that changed meanwhile is refused. Returned lines that are
    listed again become *amended* where they were.
    """
    workshop = Workshop.objects.lock(workshop.pk)
    require(rules.why_not_decide(workshop, trainers=trainers_of(workshop), by=by))
    flight = preflight(workshop)
    if (signed := _already_signed(flight, seen)) is not None:
        return signed
    refusal = rules.why_not_sign(
        flight.latest, flight.findings, lines=len(flight.lines), seen=seen, digest=flight.digest
    )
    require(refusal)
    roster = _write(workshop, flight, by, now)
    record(roster.topic, facts.RosterSigned(workshop.pk, roster.pk), by=by, at=now)
    return roster


def _already_signed(flight: Preflight, seen: str) -> Roster | None:
    """The latest version, if it is what the signer was shown, or waits for submission with nobody new since."""
    latest = flight.latest
    if latest is None:
        return None
    if seen and latest.signature.digest == seen:
        return latest
    return latest if latest.state == Roster.State.SIGNED and not flight.lines else None


def _write(workshop: Workshop, flight: Preflight, by: Actor, now: datetime) -> Roster:
    scheme = workshop.course.scheme
    roster = workshop.rosters.create(
        body_id=scheme.body_id, scheme=scheme, version=flight.next_version, state=Roster.State.SIGNED, made_at=now
    )
    listed = [someone for someone in flight.people if someone.seat_id in flight.lines]
    amended = [someone.returned_line_id for someone in listed if someone.returned_line_id]
    if amended:
        Line.objects.filter(roster__workshop=workshop, state=Line.State.RETURNED, pk__in=amended).update(
            state=Line.State.AMENDED
        )
    rows = [_line(roster, someone, flight.lines[someone.seat_id]) for someone in listed]
    Line.objects.bulk_create(rows, batch_size=2000)
    Signature.objects.create(roster=roster, digest=flight.digest, by_id=by.person_id, at=now)
    return roster


def _line(roster: Roster, someone: Participant, draft: Draft) -> Line:
    assert someone.attestation_id is not None
    return Line(
        roster=roster,
        seat_id=someone.seat_id,
        attestation_id=someone.attestation_id,
        certificate_name=draft.certificate_name,
        email=draft.email,
        is_member_already=draft.is_member_already,
        member_email=draft.member_email,
        minutes_present=draft.minutes_present,
        evidence=draft.evidence,
        coverage=draft.coverage,
    )


@transaction.atomic
def submit_roster(roster: Roster, *, by: Actor, now: datetime) -> Roster:
    """Hand a signed roster to the body; asking twice submits once."""
    roster = Roster.objects.lock(roster.pk)
    if Submission.objects.filter(roster=roster).exists():
        return roster
    workshop = roster.workshop
    intact = is_intact(roster)
    require(rules.why_not_submit(roster, workshop, trainers=trainers_of(workshop), is_intact=intact, by=by))
    Submission.objects.create(roster=roster, by_id=by.person_id, at=now)
    roster.state = Roster.State.SUBMITTED
    roster.save(update_fields=["state"])
    record(roster.topic, facts.RosterSubmitted(workshop.pk, roster.pk), by=by, at=now)
    return roster


@transaction.atomic
def receive_roster(roster: Roster, *, by: Actor, now: datetime) -> Roster:
    """Open every line of a submitted roster for the body's ruling; asking twice changes nothing."""
    roster = Roster.objects.lock(roster.pk)
    require(rules.why_not_receive(roster, by=by))
    if roster.lines.filter(state=Line.State.LISTED).update(state=Line.State.RECEIVED):
        record(roster.topic, facts.RosterReceived(roster.pk), by=by, at=now)
    return roster
