from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from laurels.participation.models import Attestation
from laurels.participation.rules.declaration import Declared


@dataclass(frozen=True, slots=True)
class Participant:
    """One taken seat with all that decides about its certification; the unit every rule here looks at."""

    seat_id: int
    public_id: str
    person_id: int
    name: str
    minutes: Mapping[str, int] = field(default_factory=dict)
    attestation_id: int | None = None
    decision: str = ""
    reason: str = ""
    decided_minutes: int = 0
    decided_at: datetime | None = None
    decided_by: str = ""
    decided_by_name: str = ""
    declared: Declared | None = None
    is_verified: bool = False
    is_paid: bool = True
    is_listed_elsewhere: bool = False
    signed_version: int | None = None
    returned_line_id: int | None = None
    return_reason: str = ""
    returned_attestation_id: int | None = None

    @property
    def minutes_present(self) -> int:
        return sum(self.minutes.values())

    @property
    def is_signed(self) -> bool:
        return self.signed_version is not None

    @property
    def is_eligible(self) -> bool:
        return self.decision == Attestation.Decision.ELIGIBLE

    @property
    def is_decision_outdated(self) -> bool:
        """Whether attendance changed after the decision, so that it must be taken again."""
        return bool(self.decision) and not self.is_signed and self.decided_minutes != self.minutes_present

    @property
    def is_ready(self) -> bool:
        """Whether a signature given now would list this person."""
        return self.is_eligible and not self.is_decision_outdated and self.declared is not None and not self.is_signed
