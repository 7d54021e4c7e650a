"""How seats are sold, set by the provider's staff. Whoever has booked keeps their price and their terms."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.people.models import Organisation
from laurels.workshops import facts, rules
from laurels.workshops.models import Coupon, Extra, Sale, Workshop
from laurels.workshops.rules import ExtraLine, Terms

# Without what is easily mixed up when read from paper.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10


@transaction.atomic
def set_sale(
    workshop: Workshop, *, terms: Terms, extras: Sequence[ExtraLine] = (), by: Actor, now: datetime, **values: Any
) -> Sale:
    """How seats are sold from now on, by field of Sale; saying the same twice changes nothing. Raises Refused."""
    workshop = Workshop.objects.lock(workshop.pk)
    sale = Sale.objects.filter(workshop=workshop).first() or Sale(workshop=workshop)
    before = _values(sale)
    for name, value in values.items():
        setattr(sale, name, value)
    sale.terms = terms.as_data()
    require(rules.why_not_sell(workshop, sale, by=by))
    require(rules.why_not_extras(extras))
    is_same = sale.pk is not None and _values(sale) == before
    if not _set_extras(workshop, extras, now) and is_same:
        return sale
    sale.save()
    record(workshop.topic, facts.SaleChanged(workshop.pk), by=by, at=now)
    return sale


@transaction.atomic
def make_coupon(provider: Organisation, *, by: Actor, now: datetime, **values: Any) -> Coupon:
    """A code that makes booking cheaper, by field of Coupon. Raises Refused."""
    coupon = Coupon(provider=provider, made_by_id=by.person_id, made_at=now, **values)
    coupon.code = coupon.code.strip().upper()
    is_known = Coupon.objects.with_code(provider, coupon.code).exists()
    require(rules.why_not_make_coupon(provider, coupon, is_known=is_known, by=by, today=day_in(provider.zone, now)))
    coupon.save()
    record(provider.topic, facts.CouponsMade(provider.pk, 1), by=by, at=now)
    return coupon


@transaction.atomic
def make_coupons(provider: Organisation, count: int, *, by: Actor, now: datetime, **values: Any) -> list[Coupon]:
    """``count`` codes made up at random, each for one booking. Raises Refused."""
    require(rules.why_not_make_coupons(count))
    made = [
        Coupon(provider=provider, made_by_id=by.person_id, made_at=now, code=_code(), **values) for _n in range(count)
    ]
    for coupon in made:
        coupon.most_uses = 1
    require(rules.why_not_make_coupon(provider, made[0], by=by, today=day_in(provider.zone, now)))
    Coupon.objects.bulk_create(made)
    record(provider.topic, facts.CouponsMade(provider.pk, count), by=by, at=now)
    return made


@transaction.atomic
def withdraw_coupon(coupon: Coupon, *, by: Actor, now: datetime) -> Coupon:
    """Nobody can use it any more; withdrawing twice changes nothing. Raises Refused."""
    coupon = Coupon.objects.lock(coupon.pk)
    require(rules.why_not_withdraw_coupon(coupon, by=by))
    if coupon.withdrawn_at is None:
        coupon.withdrawn_at = now
        coupon.save(update_fields=["withdrawn_at"])
        record(coupon.provider.topic, facts.CouponWithdrawn(coupon.pk), by=by, at=now)
    return coupon


def _set_extras(workshop: Workshop, extras: Sequence[ExtraLine], now: datetime) -> bool:
    """Keep what is still offered, withdraw what is not, add what is new; whether anything changed."""
    offered = {ExtraLine(extra.title, extra.price_minor): extra for extra in workshop.extras.filter(withdrawn_at=None)}
    gone = [extra.pk for line, extra in offered.items() if line not in extras]
    Extra.objects.filter(pk__in=gone).update(withdrawn_at=now)
    new = [line for line in extras if line not in offered]
    Extra.objects.bulk_create(Extra(workshop=workshop, title=line.title, price_minor=line.price_minor) for line in new)
    return bool(gone or new)


def _values(sale: Sale) -> list[object]:
    return [getattr(sale, field.attname) for field in sale._meta.concrete_fields]


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(CODE_LENGTH))
