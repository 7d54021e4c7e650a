from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from laurels.participation.models import Attestation, Coverage
from laurels.participation.rules.coverage import Covered
from laurels.participation.rules.declaration import Declared


@dataclass(frozen=True, slots=True)
class Participant:
    """One taken seat with all that decides about its certification; the unit every rule here looks at."""

    seat_id: int
    public_id: str
    person_id: int
    name: str
    minutes: Mapping[str, int] = field(default_factory=dict)
    # One for each exercise that was held, in their order.
    coverage: tuple[Covered, ...] = ()
    attestation_id: int | None = None
    decision: str = ""
    reason: str = ""
    decided_minutes: int = 0
    decided_missed: Collection[str] = ()
    decided_at: datetime | None = None
    decided_by: str = ""
    decided_by_name: str = ""
    declared: Declared | None = None
    is_verified: bool = False
    is_paid: bool = True
    is_listed_elsewhere: bool = False
    has_open_remark: bool = False
    signed_version: int | None = None
    returned_line_id: int | None = None
    return_reason: str = ""
    returned_attestation_id: int | None = None

    @property
    def minutes_present(self) -> int:
        return sum(self.minutes.values())

    @property
    def missed(self) -> list[Covered]:
        """Required exercises this person had no part in."""
        return [covered for covered in self.coverage if covered.is_missed]

    @property
    def took_part(self) -> int:
        """In how many exercises, met or partly."""
        return sum(covered.level != Coverage.Level.NONE for covered in self.coverage)

    @property
    def is_signed(self) -> bool:
        return self.signed_version is not None

    @property
    def is_eligible(self) -> bool:
        return self.decision == Attestation.Decision.ELIGIBLE

    @property
    def is_decision_outdated(self) -> bool:
        """Whether the evidence changed after the decision, so that it must be taken again."""
        is_open = bool(self.decision) and not self.is_signed
        return is_open and (self.decided_minutes != self.minutes_present or self.is_coverage_changed)

    @property
    def is_coverage_changed(self) -> bool:
        """Whether other required exercises are missed than when it was decided."""
        return set(self.decided_missed) != {covered.key for covered in self.missed}

    @property
    def is_ready(self) -> bool:
        """Whether a signature given now would list this person."""
        return self.is_eligible and not self.is_decision_outdated and self.declared is not None and not self.is_signed
