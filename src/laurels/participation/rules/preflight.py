from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from laurels.participation.rules.participant import Participant


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the trainer should know before signing. A blocking one must be put right first."""

    code: str
    title: str
    advice: str
    is_blocking: bool = False
    # Where it is put right: on the "decisions" page, the "dossier" or the "workshop"'s own, with its people.
    place: str = "workshop"
    people: list[tuple[str, str]] = field(default_factory=list)


def findings(people: Iterable[Participant], *, minimum: int) -> list[Finding]:
    """All findings, blocking ones first, each with the names (and a detail) it is about."""
    people = list(people)
    open_people = [someone for someone in people if not someone.is_signed]
    ready = [someone for someone in open_people if someone.is_ready]
    found = [
        _undecided(open_people),
        _outdated(open_people),
        _same_address(ready),
        _undeclared(open_people),
        _returned(open_people),
        _below_minimum(ready, minimum),
        _missed(ready),
        _remarks(open_people),
        _unverified(ready),
        _members(ready),
        _same_name(ready),
        _elsewhere(ready),
        _unpaid(ready),
    ]
    return [finding for finding in found if finding.people]


def _undecided(people: list[Participant]) -> Finding:
    return Finding(
        "undecided",
        _("No decision yet"),
        _("Decide for each of them: eligible, not yet or not eligible."),
        is_blocking=True,
        place="decisions",
        people=[(someone.name, "") for someone in people if not someone.decision],
    )


def _outdated(people: list[Participant]) -> Finding:
    return Finding(
        "outdated",
        _("Attendance changed after the decision, or what was taken part in"),
        _("Look at the evidence and decide again."),
        is_blocking=True,
        place="decisions",
        people=[(someone.name, _what_changed(someone)) for someone in people if someone.is_decision_outdated],
    )


def _what_changed(someone: Participant) -> str:
    if someone.decided_minutes == someone.minutes_present:
        return _("no part in: %(exercises)s") % {"exercises": _titles(someone) or _("nothing that is required")}
    then_and_now = {"then": someone.decided_minutes, "now": someone.minutes_present}
    return _("%(then)s min then, %(now)s now") % then_and_now


def _titles(someone: Participant) -> str:
    return ", ".join(covered.title for covered in someone.missed)


def _same_address(ready: list[Participant]) -> Finding:
    times = Counter(someone.declared.email for someone in ready if someone.declared)
    return Finding(
        "same-address",
        _("Several people with one address"),
        _("An invitation goes to one person. Ask each of them for an address of their own."),
        is_blocking=True,
        people=[(one.name, one.declared.email) for one in ready if one.declared and times[one.declared.email] > 1],
    )


def _undeclared(people: list[Participant]) -> Finding:
    return Finding(
        "undeclared",
        _("Name for the certificate not confirmed"),
        _("They are left off this version and can follow in the next one. Remind them, or sign without them."),
        people=[
            (someone.name, "")
            for someone in people
            if someone.is_eligible and someone.declared is None and not someone.is_decision_outdated
        ],
    )


def _returned(people: list[Participant]) -> Finding:
    return Finding(
        "returned",
        _("Returned by the body, and nothing decided since"),
        _("Put right what the body asks and decide again; signing as it is sends the same line once more."),
        place="decisions",
        people=[
            (someone.name, someone.return_reason)
            for someone in people
            if someone.is_ready and someone.returned_attestation_id == someone.attestation_id
        ],
    )


def _below_minimum(ready: list[Participant], minimum: int) -> Finding:
    return Finding(
        "below-minimum",
        _("Below the minimum of hours, decided eligible all the same"),
        _("Your reason goes to the body with the line."),
        place="decisions",
        people=[(someone.name, someone.reason) for someone in ready if someone.minutes_present < minimum],
    )


def _missed(ready: list[Participant]) -> Finding:
    return Finding(
        "missed-exercise",
        _("No part in a required exercise, decided eligible all the same"),
        _("Your reason goes to the body with the line."),
        place="decisions",
        people=[(someone.name, f"{_titles(someone)}: {someone.reason}") for someone in ready if someone.missed],
    )


def _remarks(people: list[Participant]) -> Finding:
    return Finding(
        "open-remark",
        _("They say that something noted of them is not right"),
        _("Answer in the dossier, by a correction or in a sentence."),
        place="dossier",
        people=[(someone.name, "") for someone in people if someone.has_open_remark],
    )


def _unverified(ready: list[Participant]) -> Finding:
    return Finding(
        "unverified",
        _("Address not verified yet"),
        _("Nothing to do: the invitation verifies it. A wrong address would go unanswered, so glance over these."),
        people=[(one.name, one.declared.email) for one in ready if one.declared and not one.is_verified],
    )


def _members(ready: list[Participant]) -> Finding:
    return Finding(
        "member",
        _("Already a member, they say"),
        _("The body joins the new certification to that account; check that the address reads right."),
        people=[
            (one.name, one.declared.member_email or _("no address given"))
            for one in ready
            if one.declared and one.declared.is_member_already
        ],
    )


def _same_name(ready: list[Participant]) -> Finding:
    times = Counter(someone.declared.certificate_name.casefold() for someone in ready if someone.declared)
    return Finding(
        "same-name",
        _("The same name twice"),
        _("Two people may share a name. If it is one person with two seats, decide one of them not eligible."),
        place="decisions",
        people=[
            (one.declared.certificate_name, one.declared.email)
            for one in ready
            if one.declared and times[one.declared.certificate_name.casefold()] > 1
        ],
    )


def _elsewhere(ready: list[Participant]) -> Finding:
    return Finding(
        "elsewhere",
        _("Already signed for this certification in another workshop"),
        _("A person is certified once. If that one stands, decide not eligible here, with that reason."),
        place="decisions",
        people=[(someone.name, "") for someone in ready if someone.is_listed_elsewhere],
    )


def _unpaid(ready: list[Participant]) -> Finding:
    return Finding(
        "unpaid",
        _("Invoice not paid"),
        _("This does not hold up the certificate; the provider's office follows it up."),
        people=[(someone.name, "") for someone in ready if not someone.is_paid],
    )
