from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from laurels.participation.models import Coverage
from laurels.participation.rules.participant import Participant


@dataclass(frozen=True, slots=True)
class Header:
    """What a roster is about: stable public names, so that a digest can be checked from an export."""

    body: str
    scheme: str
    workshop: str
    version: int


@dataclass(frozen=True, slots=True)
class Draft:
    """One line as it is signed: who, under which name, on which evidence, decided by whom."""

    seat: str
    certificate_name: str
    email: str
    is_member_already: bool
    member_email: str
    minutes_present: int
    evidence: dict[str, int]
    # Source → exercise key → level; empty where no exercise was held in a room.
    coverage: dict[str, dict[str, str]]
    decision: str
    reason: str
    decided_by: str
    decided_at: str

    @property
    def levels(self) -> list[str]:
        """One for each exercise, whoever says so."""
        return [level for levels in self.coverage.values() for level in levels.values()]

    @property
    def took_part(self) -> int:
        return sum(level != Coverage.Level.NONE for level in self.levels)


def drafts(people: Iterable[Participant]) -> dict[int, Draft]:
    """The lines a signature given now would hold, by seat."""
    return {someone.seat_id: _draft(someone) for someone in people if someone.is_ready}


def _draft(someone: Participant) -> Draft:
    assert someone.declared is not None and someone.decided_at is not None  # noqa: PT018 - what is_ready means
    return Draft(
        seat=someone.public_id,
        certificate_name=someone.declared.certificate_name,
        email=someone.declared.email,
        is_member_already=someone.declared.is_member_already,
        member_email=someone.declared.member_email,
        minutes_present=someone.minutes_present,
        evidence=dict(someone.minutes),
        coverage=_by_source(someone),
        decision=someone.decision,
        reason=someone.reason,
        decided_by=someone.decided_by,
        decided_at=someone.decided_at.isoformat(),
    )


def _by_source(someone: Participant) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for covered in someone.coverage:
        found.setdefault(covered.source, {})[covered.key] = covered.level
    return found


def seal(header: Header, lines: Iterable[Draft]) -> str:
    """SHA-256 in hex over the roster in canonical JSON (RFC 8785), lines in the order of their seats' public ids."""
    ordered: list[dict[str, Any]] = [_plain(line) for line in sorted(lines, key=lambda line: line.seat)]
    return sha256(rfc8785.dumps({**asdict(header), "lines": ordered})).hexdigest()


def _plain(line: Draft) -> dict[str, Any]:
    # asdict() would deep-copy every line's evidence: half the time of a big roster.
    plain = {name: getattr(line, name) for name in Draft.__slots__}
    if not line.coverage:
        # What was signed without exercises keeps the form, and so the digest, that it had before there were any.
        del plain["coverage"]
    return plain
