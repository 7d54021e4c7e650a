"""What a person still lacks for a certification beside its course. Award, acceptance, journey and pages ask here."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from laurels.credentials.rules.standing import LABELS, State
from laurels.kernel.refusal import Refusal
from laurels.programmes.rules.prerequisites import ACTIVE, LowerCertificate, Need, Prerequisites

ENOUGH = {ACTIVE: {State.ACTIVE}}
ENDED_TOO = {State.ACTIVE, State.GRACE, State.ENDED, State.LAPSED}


@dataclass(frozen=True, slots=True)
class Readiness:
    """``standings``: how the person's certifications of the body stand, by code. ``months_told`` holds the validated
    months and those that the body has not ruled on."""

    wanted: Prerequisites
    standings: Mapping[str, State]
    months_validated: int = 0
    months_told: int = 0

    @property
    def has_lower(self) -> bool:
        return not self.wanted.requires or any(self._stands(each) for each in self.wanted.requires)

    @property
    def months_missing(self) -> int:
        asked = self.wanted.experience
        return max(0, asked.months - self.months_validated) if asked else 0

    @property
    def is_ready(self) -> bool:
        return self.has_lower and not self.months_missing

    @property
    def waits_for_body(self) -> bool:
        """Whether nothing is left to the person: enough was told, and the body has to look at it."""
        asked = self.wanted.experience
        return self.has_lower and bool(self.months_missing and asked and self.months_told >= asked.months)

    @property
    def needs(self) -> list[Need]:
        found = [Need(self._lower_words, self.has_lower, self._lower_progress)] if self.wanted.requires else []
        if asked := self.wanted.experience:
            found.append(Need(asked.in_words, not self.months_missing, self._months_progress))
        return found

    @property
    def missing(self) -> str:
        """In one line what is waited for; empty when everything is there."""
        parts = [] if self.has_lower else [self._lower_words]
        if self.months_missing:
            words = ngettext(
                "%(n)s more month of validated experience",
                "%(n)s more months of validated experience",
                self.months_missing,
            )
            parts.append(words % {"n": self.months_missing})
        return "; ".join(parts)

    @property
    def _lower_words(self) -> str:
        return str(_(" or ")).join(str(each.in_words) for each in self.wanted.requires)

    @property
    def _lower_progress(self) -> str:
        held = [(each.scheme, self.standings.get(each.scheme)) for each in self.wanted.requires]
        return ", ".join(str(format_lazy("{}: {}", code, LABELS[state])) for code, state in held if state)

    @property
    def _months_progress(self) -> str:
        asked = self.wanted.experience
        words = _("%(got)s of %(all)s months validated")
        return words % {"got": min(self.months_validated, asked.months), "all": asked.months} if asked else ""

    def _stands(self, lower: LowerCertificate) -> bool:
        """A revoked one never counts; a suspended one not until the suspension is lifted."""
        return self.standings.get(lower.scheme) in ENOUGH.get(lower.standing, ENDED_TOO)


def why_not_yet(readiness: Readiness) -> Refusal | None:
    """Why the certification waits, although the course is attested."""
    if readiness.is_ready:
        return None
    words = _("This certificate waits for: %(missing)s. Nothing is lost: once it is there, a new letter comes.")
    return Refusal("waits", words % {"missing": readiness.missing})
