"""What members and strangers do about something that breaks the code of conduct."""

from datetime import datetime

from django.db import transaction

from laurels.community import facts, queries, rules
from laurels.community.models import Appeal, Case, Report, Ruling
from laurels.community.queries import Subject
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Organisation, keyed_digest


@transaction.atomic
def report(
    kind: str,
    public_id: str,
    subject: Subject,
    reason: str,
    words: str = "",
    *,
    client: str = "",
    by: Actor,
    now: datetime,
) -> Report:
    """Tell the staff of the body that looks after whoever stands behind it, with its text as it is now.

    ``client`` says where a stranger's request came from. The same person reports one thing once while it waits;
    asking again gives that report. Raises Refused.
    """
    body = queries.body_of(subject.concerned)
    require(rules.why_not_look_after(body))
    assert body is not None
    # One report at a time: reports are few, and what is counted must not change meanwhile.
    body = Organisation.objects.lock(body.pk)
    case = Case.objects.open().filter(kind=kind, subject=public_id).first()
    client_digest = keyed_digest("report", client) if client and by.is_anonymous else ""
    if case and (earlier := _earlier(case, client_digest, by)):
        return earlier
    concerned = subject.concerned.pk if subject.concerned else None
    lately = _lately(client_digest, by, now)
    require(rules.why_not_report(reason, words, concerned=concerned, lately=lately, by=by))
    case = case or Case.objects.create(body=body, kind=kind, subject=public_id, concerned_id=concerned, opened_at=now)
    made = case.reports.create(
        reporter_id=by.person_id,
        client_digest=client_digest,
        reason=reason,
        words=words.strip(),
        shown=subject.text,
        at=now,
    )
    record(case.topic, facts.Reported(case.pk, made.pk), by=by, at=now)
    return made


@transaction.atomic
def appeal(ruling: Ruling, words: str, *, by: Actor, now: datetime) -> Appeal:
    """Somebody else shall look at a ruling; appealing twice gives the same. Raises Refused."""
    Case.objects.lock(ruling.case_id)
    ruling = Ruling.objects.select_related("case", "lifted_by").get(pk=ruling.pk)
    is_own = by.person_id == ruling.case.concerned_id
    if is_own and (earlier := Appeal.objects.filter(ruling=ruling).first()):
        return earlier
    require(rules.why_not_appeal(ruling, words, now=now, by=by))
    made = Appeal.objects.create(ruling=ruling, words=words.strip(), made_at=now)
    record(ruling.case.topic, facts.AppealMade(ruling.case_id, made.pk), by=by, at=now)
    return made


def _earlier(case: Case, client_digest: str, by: Actor) -> Report | None:
    if by.person_id is not None:
        return case.reports.filter(reporter=by.person_id).first()
    return case.reports.filter(client_digest=client_digest, reporter=None).first() if client_digest else None


def _lately(client_digest: str, by: Actor, now: datetime) -> int:
    since = Report.objects.filter(at__gt=now - rules.DAY)
    if by.person_id is not None:
        return since.filter(reporter=by.person_id).count()
    return since.filter(reporter=None, client_digest=client_digest).count()
