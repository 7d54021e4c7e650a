"""What stands in the way of beginning, completing and giving up a renewal; the price itself is the policy's."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Organisation, Person
from laurels.programmes.rules.renewal import Quote
from laurels.renewals.models import Group, Renewal

# A reminder that could not be sent on its day is still sent so many days later; an older one would only confuse.
CATCH_UP = 6
GROUP_MOST = 500
# When those are reminded who have not agreed that their company pays.
DAYS_AFTER, DAYS_BEFORE, DAYS_APART = 5, 3, 3
UNTIL_MOST = 366
# So many people's prices are worked out while somebody waits for a page; of more it is done in the background.
PEOPLE_AT_ONCE = 300


def due_reminder(ends_on: date, today: date, days: Iterable[int], sent: Collection[int]) -> int | None:
    """The latest of ``days`` that has come within the last week and was not sent."""
    left = (ends_on - today).days
    due = [day for day in days if left <= day <= left + CATCH_UP and day not in sent]
    return min(due, default=None)


def due_group_reminder(invited_on: date, until: date, today: date, sent: Collection[str]) -> str | None:
    """``before`` in the last days, ``after`` some days after the invitation; none on the day somebody was invited, and
    never both within three days."""
    closing = until - timedelta(days=DAYS_BEFORE)
    if closing <= today <= until:
        return "before" if "before" not in sent and today > invited_on else None
    is_time = invited_on + timedelta(days=DAYS_AFTER) <= today <= closing - timedelta(days=DAYS_APART)
    return "after" if is_time and "after" not in sent else None


def why_not_begin(
    person: Person, quote: Quote, *, is_paused: bool = False, open_: Renewal | None, by: Actor
) -> Refusal | None:
    if by.person_id != person.pk:
        return Refusal("not-yours", _("Only you yourself can renew what you hold."))
    if is_paused:
        return Refusal("suspended", _("What you hold is suspended. It can be renewed as soon as that is lifted."))
    if quote.is_for_life:
        return Refusal("for-life", _("What you hold is valid for life. There is nothing to renew."))
    if open_ is not None:
        return Refusal("open", _("A renewal of yours waits to be paid. Pay it, or give it up and choose again."))
    if quote.fee is None:
        return Refusal("no-price", _("These rules name no price. Ask the body, please."))
    return next(iter(quote.refusals), None)


def why_not_complete(renewal: Renewal) -> Refusal | None:
    if renewal.given_up_at is not None:
        return Refusal("given-up", _("This renewal was given up."))
    if not renewal.fee.is_free and not (renewal.bill and renewal.bill.is_paid):
        return Refusal("unpaid", _("The fee is not paid yet."))
    return None


def why_not_give_up(renewal: Renewal, *, by: Actor) -> Refusal | None:
    if by.person_id != renewal.person_id and not by.has("staff", at=renewal.body_id):
        return Refusal("not-yours", _("Only you yourself can give it up."))
    if renewal.completed_at is not None:
        return Refusal("completed", _("It is complete; there is nothing to give up."))
    if renewal.group and renewal.group.order:
        return Refusal("billed", _("Your company has the invoice already. Ask whoever pays it, please."))
    return None


def fell_short() -> str:
    """What stands on the credit note."""
    return _("Not renewed: units were taken back before it was paid")


def used_up(quote: Quote) -> list[str]:
    """Keys of the oldest entries that together reach what is required; the others stay for another time."""
    left, taken = quote.minutes_required, []
    for one in quote.counted:
        if left <= 0:
            break
        if one.minutes > 0:
            taken.append(one.entry.key)
            left -= one.minutes
    return taken


def is_same_choice(renewal: Renewal, numbers: Iterable[int], *, by: Actor) -> bool:
    """Whether the holder asks again for what waits already; ``numbers`` are certifications' keys."""
    return by.person_id == renewal.person_id and {one.certification_id for one in renewal.renewed.all()} == set(numbers)


def why_not_effect(*, is_this: bool, is_worked_out: bool) -> Refusal | None:
    """Rules bind people, so whoever puts them into effect has seen for whom exactly this text changes what."""
    if not is_worked_out:
        return Refusal(
            "no-preview", _("First have it worked out for everybody what this draft changes; it takes a moment.")
        )
    if not is_this:
        return Refusal("other-text", _("The draft has changed since you looked. See first what it changes now."))
    return None


def why_not_join(group: Group, body: Organisation) -> Refusal | None:
    if group.body_id != body.pk:
        return Refusal("other-body", _("This company pays for renewals at another body."))
    if group.order is not None:
        return Refusal("billed", _("The invoice for this group is written. Ask your company for a new link."))
    return None


def why_not_make_group(company: str, until: date | None, today: date, *, by: Actor) -> Refusal | None:
    if by.person_id is None:
        return Refusal("not-yours", _("Sign in first: the invoice needs somebody."))
    if not company.strip():
        return Refusal("company", _("Say who pays: the name stands in the letters."), field="company")
    if until is not None and not today < until <= today + timedelta(days=UNTIL_MOST):
        return Refusal("until", _("A day from tomorrow on, at most a year ahead."), field="until")
    return None


def why_not_invite(group: Group, emails: Collection[str], *, by: Actor) -> Refusal | None:
    if by.person_id != group.buyer_id:
        return Refusal("not-yours", _("Only whoever pays invites."))
    if group.order is not None:
        return Refusal("billed", _("The invoice for this group is written. Begin another group for more people."))
    if not emails:
        return Refusal("emails", _("One e-mail address on each line, please."), field="emails")
    if len(emails) > GROUP_MOST:
        return Refusal("emails", _("At most 500 at a time, please."), field="emails")
    return None


def why_not_bill(group: Group, renewals: Collection[Renewal], *, by: Actor) -> Refusal | None:
    if by.person_id != group.buyer_id:
        return Refusal("not-yours", _("Only whoever pays asks for the invoice."))
    if not renewals:
        return Refusal("nobody", _("Nobody of your people has agreed yet, so there is nothing to pay."))
    return None
