"""What the rules that bind a member say about their ledger: what has to be shown, and until when a line can change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.education.models import LedgerEntry
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal
from laurels.people.models import Organisation
from laurels.programmes.models import Policy


@dataclass(frozen=True, slots=True)
class Binding:
    """The rules of a body at which somebody holds something, as they bind ``today`` in its zone."""

    body: Organisation
    policy: Policy
    today: date

    @property
    def evidence_needed(self) -> bool:
        return bool(self.policy.parameters.get("evidence_needed", False))

    @property
    def step(self) -> int:
        """In how many minutes the body counts: 1 where it says nothing."""
        hours: float = self.policy.parameters.get("unit_step", 0)
        return max(1, round(hours * 60))

    def changes_until(self, entry: LedgerEntry) -> date | None:
        """The last day on which its owner can correct the entry; None where the rules name no such day."""
        days = self.policy.parameters.get("entries_fixed_after_days")
        return None if days is None else day_in(self.body.zone, entry.recorded_at) + timedelta(days=days)

    def is_fixed(self, entry: LedgerEntry) -> bool:
        until = self.changes_until(entry)
        return until is not None and self.today > until


def is_kept_by(bindings: Iterable[Binding], by: Actor) -> bool:
    """Whether the actor is staff of a body at which the owner of the ledger holds something."""
    return any(by.has("staff", at=one.body.pk) for one in bindings)


def why_fixed(entry: LedgerEntry, bindings: Iterable[Binding], *, by: Actor) -> Refusal | None:
    """After so many days an entry is no longer its owner's to change; audits and the body's staff still can."""
    if by.is_system or by.person_id != entry.person_id:
        return None
    for one in bindings:
        if one.is_fixed(entry):
            words = _(
                "This entry could be changed until %(day)s (%(policy)s · entries_fixed_after_days). Is something wrong"
                " with it? Send the address of its page to %(body)s, whose staff can take it back."
            )
            until = date_format(one.changes_until(entry) or one.today, "j F Y")
            return Refusal("fixed", words % {"day": until, "policy": one.policy.key, "body": one.body.name})
    return None
