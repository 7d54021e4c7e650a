"""The verbs of a company that pays for its people."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal, Refused, require
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.payments.actions import place_order
from laurels.people.models import Organisation, Person, normal_email
from laurels.programmes.queries import letter_template
from laurels.renewals import facts, rules
from laurels.renewals.models import Group, GroupInvitation, GroupReminder

DAYS_TO_PAY = timedelta(days=30)


@transaction.atomic
def make_group(
    buyer: Person, body: Organisation, company: str, *, until: date | None = None, by: Actor, now: datetime
) -> Group:
    """``company`` will pay for those of its people who agree; ``buyer`` gets the invoice. Raises Refused.

    Who has not agreed by then is reminded before ``until``, the last day; nobody is where there is none.
    """
    require(rules.why_not_make_group(company, until, day_in(body.zone, now), by=by))
    group = Group.objects.create(buyer=buyer, body=body, company=company.strip(), until=until, made_at=now)
    record(group.topic, facts.GroupMade(group.pk, buyer.pk), by=by, at=now)
    return group


@transaction.atomic
def invite_to_group(group: Group, emails: Collection[str], *, by: Actor, now: datetime) -> list[GroupInvitation]:
    """Write to every address once; a wrong one is named and nobody is written to. The fresh invitations."""
    group = Group.objects.lock(group.pk)
    wanted = list(dict.fromkeys(normal_email(email) for email in emails if email.strip()))
    require(rules.why_not_invite(group, wanted, by=by))
    for nth, email in enumerate(wanted, start=1):
        try:
            validate_email(email)
        except ValidationError:
            words = _("Line %(nth)s is not an e-mail address: %(email)s")
            raise Refused(Refusal("emails", words % {"nth": nth, "email": email}, field="emails")) from None
    known = set(group.invitations.values_list("email", flat=True))
    fresh = [group.invitations.create(email=email, invited_at=now) for email in wanted if email not in known]
    for one in fresh:
        record(group.topic, facts.GroupInvited(group.pk, one.pk), by=by, at=now)
    return fresh


@transaction.atomic
def tell_of_group(invitation: GroupInvitation, *, by: Actor, now: datetime) -> Letter:
    """The letter to one of the company's people; asked twice, it is written once."""
    group = Group.objects.lock(invitation.group_id)
    written = Letter.objects.about(group.topic).filter(
        key="renewal-paid-for", to=invitation.email, written_at__gte=invitation.invited_at
    )
    if earlier := written.first():
        return earlier
    return _write("renewal-paid-for", group, invitation.email, {}, by=by, now=now)


@transaction.atomic
def remind_of_group(invitation: GroupInvitation, which: str, *, by: Actor, now: datetime) -> GroupReminder | None:
    """Write to whoever has not agreed yet, once for each ``which``; None where they have, or the invoice is written."""
    # Joining and asking for the invoice lock the group as well: nobody is reminded of what is settled.
    group = Group.objects.lock(invitation.group_id)
    if earlier := invitation.reminders.filter(which=which).first():
        return earlier
    if group.until is None or not group.invitations.undecided().filter(pk=invitation.pk).exists():
        return None
    until = {"until": date_format(group.until, "j F Y")}
    letter = _write("renewal-paid-for-reminder", group, invitation.email, until, by=by, now=now)
    reminder = GroupReminder.objects.create(invitation=invitation, which=which, letter=letter, at=now)
    record(group.topic, facts.GroupReminded(group.pk, reminder.pk), by=by, at=now)
    return reminder


def remind_groups(body: Organisation, *, by: Actor, now: datetime) -> int:
    """Whoever is due at the body, each by itself, and how many letters that were."""
    today, written = day_in(body.zone, now), 0
    for one in list(GroupInvitation.objects.to_remind(body, today)):
        sent, invited_on = {said.which for said in one.reminders.all()}, day_in(body.zone, one.invited_at)
        if one.group.until and (which := rules.due_group_reminder(invited_on, one.group.until, today, sent)):
            written += remind_of_group(one, which, by=by, now=now) is not None
    return written


def _write(key: str, group: Group, email: str, more: dict[str, str], *, by: Actor, now: datetime) -> Letter:
    link = f"{settings.PUBLIC_URL}/renewals?group={group.public_id}"
    return write(
        key,
        letter_template(group.body, key, "en"),
        to=email,
        values={"company": group.company, "body": group.body.name, "link": link, **more},
        sender_name=group.body.name,
        topic=group.topic,
        by=by,
        now=now,
    )


@transaction.atomic
def bill_group(group: Group, *, by: Actor, now: datetime) -> Group:
    """One order over everybody who has agreed; asking twice gives the same. Raises Refused."""
    group = Group.objects.lock(group.pk)
    if group.order is not None and by.person_id == group.buyer_id:
        return group
    renewals = list(group.renewals.open())
    require(rules.why_not_bill(group, renewals, by=by))
    group.order = place_order(
        group.body,
        group.buyer,
        description=f"Renewals of {len(renewals)} people for {group.company}"[:250],
        amount=Money(sum(one.fee_minor for one in renewals), renewals[0].currency),
        due_on=day_in(group.body.zone, now) + DAYS_TO_PAY,
        by=by,
        now=now,
    )
    group.save(update_fields=["order"])
    record(group.topic, facts.GroupBilled(group.pk, group.order.pk), by=by, at=now)
    return group
