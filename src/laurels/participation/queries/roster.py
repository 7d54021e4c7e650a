from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from laurels.participation.models import Line, Roster
from laurels.participation.queries.participants import participants
from laurels.participation.rules import Draft, Finding, Header, Participant, drafts, findings, seal
from laurels.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Preflight:
    """What a signature given now would mean: the lines, what speaks against them, and the versions so far."""

    workshop: Workshop
    people: list[Participant]
    lines: dict[int, Draft]
    findings: list[Finding]
    versions: list[Roster]
    digest: str

    @property
    def latest(self) -> Roster | None:
        return self.versions[0] if self.versions else None

    @property
    def next_version(self) -> int:
        return self.latest.version + 1 if self.latest else 1

    @property
    def is_clear(self) -> bool:
        waits = self.latest is not None and self.latest.state == Roster.State.SIGNED
        return bool(self.lines) and not waits and not any(finding.is_blocking for finding in self.findings)

    @property
    def has_exercises(self) -> bool:
        return any(line.coverage for line in self.lines.values())

    def counted(self) -> dict[str, int]:
        """How many stand where: ready, signed, not-yet, not-eligible, undecided."""
        people = self.people
        return {
            "ready": len(self.lines),
            "signed": sum(someone.is_signed for someone in people),
            "not_yet": sum(someone.decision == "not-yet" for someone in people),
            "not_eligible": sum(someone.decision == "not-eligible" for someone in people),
            "undecided": sum(not someone.decision for someone in people),
        }

    @property
    def listed(self) -> list[Draft]:
        return sorted(self.lines.values(), key=lambda line: line.certificate_name.casefold())


def preflight(workshop: Workshop) -> Preflight:
    """Everything the signer must see; the digest is the one the signature would carry."""
    people = participants(workshop)
    lines = drafts(people)
    versions = list(workshop.rosters.select_related("signature__by", "submission").newest_first())
    header = header_of(workshop, versions[0].version + 1 if versions else 1)
    found = findings(people, minimum=workshop.curriculum.minimum_minutes)
    return Preflight(workshop, people, lines, found, versions, seal(header, lines.values()))


def header_of(workshop: Workshop, version: int) -> Header:
    scheme = workshop.course.scheme
    return Header(body=scheme.body.slug, scheme=scheme.code, workshop=workshop.public_id, version=version)


def is_intact(roster: Roster) -> bool:
    """Whether the stored lines still are what was signed."""
    signature = getattr(roster, "signature", None)
    return signature is not None and signature.digest == seal_of(roster)


def seal_of(roster: Roster, lines: Iterable[Line] | None = None) -> str:
    """The digest computed anew from the stored lines (give them with seat, attestation and decider if at hand)."""
    rows = roster.lines.select_related("seat", "attestation__decided_by") if lines is None else lines
    workshop = Workshop.objects.select_related("course__scheme__body").get(pk=roster.workshop_id)
    return seal(header_of(workshop, roster.version), (as_draft(line) for line in rows))


def as_draft(line: Line) -> Draft:
    """The line as it was signed."""
    decided = line.attestation
    return Draft(
        seat=line.seat.public_id,
        certificate_name=line.certificate_name,
        email=line.email,
        is_member_already=line.is_member_already,
        member_email=line.member_email,
        minutes_present=line.minutes_present,
        evidence=line.evidence,
        coverage=line.coverage,
        decision=decided.decision,
        reason=decided.reason,
        decided_by=decided.decided_by.public_id if decided.decided_by else "",
        decided_at=decided.decided_at.astimezone(UTC).isoformat(),
    )
