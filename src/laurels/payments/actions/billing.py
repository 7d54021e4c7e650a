from datetime import datetime
from typing import Any

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.payments import facts, rules
from laurels.payments.models import Billing
from laurels.people.models import Organisation

NUMBERED = ("next_number",)


@transaction.atomic
def set_billing(seller: Organisation, *, by: Actor, now: datetime, **values: Any) -> Billing:
    """How ``seller`` bills from now on, by field of Billing; papers that exist keep theirs. Raises Refused."""
    billing = lock_billing(seller)
    before = {name: getattr(billing, name) for name in values}
    for name, value in values.items():
        setattr(billing, name, value)
    require(rules.why_not_bill(seller, billing, by=by))
    if before == values:
        return billing
    billing.save(update_fields=[name for name in values if name not in NUMBERED])
    record(seller.topic, facts.BillingChanged(seller.pk), by=by, at=now)
    return billing


def lock_billing(seller: Organisation) -> Billing:
    """The seller's billing, made on first use and locked: whoever holds it gives out numbers."""
    Billing.objects.get_or_create(seller=seller)
    return Billing.objects.select_for_update().get(seller=seller)
