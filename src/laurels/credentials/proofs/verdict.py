"""What a verifier says."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    VALID = "valid"
    NOT_YET = "not-yet-valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    TAMPERED = "tampered"
    UNKNOWN_ISSUER = "unknown-issuer"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"


SENTENCES = {
    State.VALID: "This credential is valid.",
    State.NOT_YET: "This credential is genuine and not valid yet.",
    State.EXPIRED: "This credential is genuine and has expired.",
    State.SUSPENDED: "This credential is genuine and suspended by its issuer.",
    State.REVOKED: "This credential was revoked by its issuer.",
    State.SUPERSEDED: "This credential was replaced by a newer one.",
    State.TAMPERED: "This credential was changed after it was signed. Do not trust it.",
    State.UNKNOWN_ISSUER: "Nobody known stands behind this credential. Do not trust it.",
    State.UNREACHABLE: "The issuer could not be asked, so nothing can be said now. Try again later.",
    State.UNREADABLE: "This is not a credential that can be read.",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check; ``ok`` None means it was not made."""

    name: str
    ok: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. Names and dates are the document's own words: believe them only when ``is_authentic``."""

    state: State
    checks: tuple[Check, ...] = ()
    holder: str = ""
    achievement: str = ""
    issuer: str = ""
    issuer_name: str = ""
    number: str = ""
    credential_id: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None

    @property
    def is_valid(self) -> bool:
        return self.state is State.VALID

    @property
    def is_authentic(self) -> bool:
        """Whether the issuer signed exactly this, whatever became of it since."""
        return any(check.name == "signature" and check.ok for check in self.checks)

    @property
    def sentence(self) -> str:
        return SENTENCES[self.state]

    def and_check(self, name: str, ok: bool | None, detail: str) -> "Verdict":
        return replace(self, checks=(*self.checks, Check(name, ok, detail)))

    def as_json(self) -> dict[str, Any]:
        return {
            "state": str(self.state),
            "valid": self.is_valid,
            "sentence": self.sentence,
            "holder": self.holder,
            "achievement": self.achievement,
            "number": self.number,
            "issuer": self.issuer,
            "issuerName": self.issuer_name,
            "credential": self.credential_id,
            "validFrom": self.valid_from.isoformat() if self.valid_from else None,
            "validUntil": self.valid_until.isoformat() if self.valid_until else None,
            "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in self.checks],
        }
