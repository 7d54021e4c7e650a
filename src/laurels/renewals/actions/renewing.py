"""The verbs of renewing. The person's row orders them: two clicks cannot use the same units."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from laurels.credentials import actions as credentials
from laurels.credentials.models import Certification
from laurels.credentials.queries import standing
from laurels.credentials.rules import State
from laurels.education.models import LedgerEntry
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refused, require
from laurels.payments.actions import cancel_order, credit, place_order
from laurels.payments.models import Order
from laurels.people.models import Organisation, Person
from laurels.programmes.rules.renewal import Asked, Holding, Newly, quote
from laurels.renewals import facts, queries, rules
from laurels.renewals.models import Group, Renewal, RenewedCertification, Use

DAYS_TO_PAY = timedelta(days=30)
CHUNK = 500


@transaction.atomic
def begin(
    person: Person,
    body: Organisation,
    chosen: Collection[str],
    *,
    group: Group | None = None,
    by: Actor,
    now: datetime,
) -> Renewal:
    """Take the offer for these schemes: its price is owed, its units are used. Free ones are complete at once.

    With a ``group`` its company owes the price, and is asked for it together with its other people's.

    Asking twice for the same gives the same renewal. Raises Refused with what is in the way.
    """
    person = Person.objects.lock(person.pk)
    offer = queries.offer(person, body, chosen, now=now)
    codes = offer.quote.new_ends
    renewing = [one for one in offer.choices if one.certification.scheme.code in codes]
    if offer.open and rules.is_same_choice(offer.open, [one.certification.pk for one in renewing], by=by):
        return offer.open
    require(rules.why_not_begin(person, offer.quote, is_paused=offer.is_paused, open_=offer.open, by=by))
    # The group's row orders joining against the invoice: nobody joins one that is written.
    group = Group.objects.lock(group.pk) if group else None
    require(rules.why_not_join(group, body) if group else None)
    renewal = _write(person, offer, renewing, group, now)
    record(renewal.topic, facts.RenewalBegun(renewal.pk, person.pk), by=by, at=now)
    if renewal.fee.is_free:
        return complete(renewal, by=by, now=now)
    if group:
        return renewal
    renewal.order = place_order(
        body,
        person,
        description=f"Renewal: {', '.join(sorted(codes))}",
        amount=renewal.fee,
        due_on=offer.quote.on + DAYS_TO_PAY,
        by=by,
        now=now,
    )
    renewal.save(update_fields=["order"])
    return renewal


def _write(
    person: Person, offer: queries.Offer, renewing: list[queries.Choice], group: Group | None, now: datetime
) -> Renewal:
    fee = offer.quote.fee
    assert fee is not None
    renewal = Renewal.objects.create(
        person=person,
        body=offer.body,
        policy=offer.policy,
        group=group,
        fee_minor=fee.minor,
        currency=fee.currency,
        minutes_required=offer.quote.minutes_required,
        reasons=[[str(one.words), one.rule] for one in offer.quote.reasons],
        on=offer.quote.on,
        begun_at=now,
    )
    RenewedCertification.objects.bulk_create(
        RenewedCertification(
            renewal=renewal,
            certification=one.certification,
            until=offer.quote.new_ends[one.certification.scheme.code],
        )
        for one in renewing
    )
    keys = {line.entry.public_id: line.entry for line in offer.lines}
    Use.objects.bulk_create(Use(renewal=renewal, entry=keys[key]) for key in rules.used_up(offer.quote))
    return renewal


@transaction.atomic
def complete(renewal: Renewal, *, by: Actor, now: datetime) -> Renewal:
    """Give every certification of a paid renewal its new term; completing twice changes nothing. Raises Refused.

    Where entries it was quoted with were taken back meanwhile, others stand in for them. If there are too few, nothing
    is renewed: it is given up and what was paid goes back.
    """
    Person.objects.lock(renewal.person_id)
    renewal = Renewal.objects.lock(renewal.pk)
    if renewal.completed_at is not None:
        return renewal
    require(rules.why_not_complete(renewal))
    if missing := _take_anew(renewal):
        return _fall_short(renewal, missing, by=by, now=now)
    for one in renewal.renewed.select_related("certification").order_by("certification_id"):
        credentials.renew(
            one.certification,
            until=one.until,
            on=renewal.on,
            policy=renewal.policy,
            by=Actor.of_system("renewals"),
            now=now,
        )
    renewal.completed_at = now
    renewal.save(update_fields=["completed_at"])
    record(renewal.topic, facts.RenewalCompleted(renewal.pk, renewal.person_id), by=by, at=now)
    return renewal


def _take_anew(renewal: Renewal) -> int:
    """Use other entries for those that were taken back; how many minutes are missing for it."""
    if not renewal.uses.filter(entry__taken_back__isnull=False).exists():
        return 0
    found = queries.quote_again(renewal)
    if found.minutes_missing:
        return found.minutes_missing
    renewal.uses.all().delete()
    entries = LedgerEntry.objects.filter(public_id__in=rules.used_up(found))
    Use.objects.bulk_create(Use(renewal=renewal, entry=entry) for entry in entries)
    return 0


def _fall_short(renewal: Renewal, missing: int, *, by: Actor, now: datetime) -> Renewal:
    if renewal.bill:
        credit(renewal.bill, renewal.fee, rules.fell_short(), by=Actor.of_system("renewals"), now=now)
    renewal.uses.all().delete()
    renewal.given_up_at = now
    renewal.save(update_fields=["given_up_at"])
    record(renewal.topic, facts.RenewalFellShort(renewal.pk, missing), by=by, at=now)
    return renewal


def complete_paid(order: Order, *, by: Actor, now: datetime) -> list[Renewal]:
    """What a paid order was for: somebody's renewal, or those of a company's people, each by itself. Else nothing.

    What cannot be completed (it was suspended meanwhile) stays paid and open, and is completed when that is lifted.
    What fell short of units is paid back.
    """
    waiting = Renewal.objects.open().filter(Q(order=order) | Q(group__order=order))
    done = []
    for renewal in waiting:
        try:
            if complete(renewal, by=by, now=now).completed_at:
                done.append(renewal)
        except Refused as refused:
            record(renewal.topic, facts.RenewalHeld(renewal.pk, refused.refusal.code), by=by, at=now)
    return done


@transaction.atomic
def give_up(renewal: Renewal, *, by: Actor, now: datetime) -> Renewal:
    """Nobody owes it any more and its units are free again; giving up twice changes nothing. Raises Refused."""
    Person.objects.lock(renewal.person_id)
    renewal = Renewal.objects.lock(renewal.pk)
    require(rules.why_not_give_up(renewal, by=by))
    if renewal.given_up_at is not None:
        return renewal
    if renewal.order is not None:
        cancel_order(renewal.order, by=by, now=now)
    renewal.uses.all().delete()
    renewal.given_up_at = now
    renewal.save(update_fields=["given_up_at"])
    record(renewal.topic, facts.RenewalGivenUp(renewal.pk, renewal.person_id), by=by, at=now)
    return renewal


@transaction.atomic
def renew_the_rest(earned: Certification, *, by: Actor, now: datetime) -> list[Certification]:
    """The course route: what else somebody holds at the body gets the new one's end, where its rules say so."""
    body, person = earned.scheme.body, Person.objects.lock(earned.person_id)
    # The policy of the new term: it says from which day that counts, and so do the others.
    first = earned.terms.select_related("policy").order_by("ordinal")[0]
    on, policy = day_in(body.zone, now), first.policy
    others = Certification.objects.filter(person=person, scheme__body=body).exclude(pk=earned.pk).with_standing()
    # What is suspended stays as it is, and holds up nothing else.
    held = {one.scheme.code: one for one in others if standing(one, on).state is not State.SUSPENDED}
    holdings: list[Holding] = [queries.holding(one, on) for one in held.values()]
    asked = Asked(on=on, holdings=holdings, newly=Newly(earned.scheme.code, first.valid_from))
    found = quote(asked, queries.rules_of(policy))
    for code in found.renewed:
        credentials.renew(held[code], until=found.new_ends[code], on=on, policy=policy, by=by, now=now)
    return [held[code] for code in found.renewed]
