from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from laurels.participation.actions import Choice
from laurels.participation.forms.attendance import read_json
from laurels.participation.queries import DecisionPage
from laurels.participation.rules import why_not_attest


@dataclass(slots=True)
class Decided:
    """What came back from the decisions page: choices by seat, and those refused as they were typed."""

    choices: dict[int, Choice] = field(default_factory=dict)
    refused: dict[str, tuple[str, str, str]] = field(default_factory=dict)


def read_decisions(post: QueryDict, page: DecisionPage) -> Decided:
    """Only changed rows count; a row decided by somebody else meanwhile is refused, not overwritten."""
    shown = read_json(post.get("seen", ""))
    decided = Decided()
    for row in page.rows:
        someone = row.someone
        decision = post.get(f"decision.{someone.public_id}", "")
        reason = post.get(f"reason.{someone.public_id}", "").strip()
        if not decision and not reason:
            continue
        if (decision, reason) == (someone.decision, someone.reason) and not someone.is_decision_outdated:
            continue
        refusal = why_not_attest(someone, decision, reason, minimum=page.minimum)
        if shown.get(someone.public_id) != someone.attestation_id:
            decided.refused[someone.public_id] = (decision, reason, _("Somebody else decided meanwhile. Look again."))
        elif refusal:
            decided.refused[someone.public_id] = (decision, reason, str(refusal))
        else:
            decided.choices[someone.seat_id] = Choice(decision, reason)
    return decided
