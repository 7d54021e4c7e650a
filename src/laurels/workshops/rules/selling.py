"""How seats may be sold: what a provider can set, and what would make no sense."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Organisation
from laurels.workshops.models import Coupon, Sale, Workshop
from laurels.workshops.rules.moves import CHANGEABLE, STANDS, State, why_not_staff
from laurels.workshops.rules.terms import terms_of, why_not_terms

CODE = r"[A-Za-z0-9][A-Za-z0-9-]{5,39}"
COUPON = r"[A-Z0-9][A-Z0-9-]{2,39}"
MOST_COUPONS = 1_000


@dataclass(frozen=True, slots=True)
class ExtraLine:
    """Something to go with a seat, as staff type it."""

    title: str
    price_minor: int


def why_not_sell(workshop: Workshop, sale: Sale | None = None, *, by: Actor) -> Refusal | None:
    """Without a ``sale`` this is about the form, with the new values about the deed."""
    if refusal := why_not_staff(workshop, by=by):
        return refusal
    if workshop.state not in CHANGEABLE:
        return Refusal("workshop-fixed", STANDS[State(workshop.state)])
    if sale is None:
        return None
    return (
        _why_not_early(workshop, sale)
        or _why_not_group(workshop, sale)
        or _why_not_scale(workshop, sale)
        or _why_not_private(sale)
        or _why_not_minimum(workshop, sale)
        or why_not_terms(terms_of(sale.terms))
    )


def why_not_make_coupon(
    provider: Organisation,
    coupon: Coupon | None = None,
    *,
    is_known: bool = False,
    by: Actor,
    today: date | None = None,
) -> Refusal | None:
    """Without a ``coupon`` this is about the form; ``is_known`` says that its code exists already."""
    if not by.has("staff", at=provider.pk):
        return Refusal("not-staff", _("Only the provider's staff can do that. Ask them."))
    if coupon is None:
        return None
    if not re.fullmatch(COUPON, coupon.code):
        return Refusal("bad-code", _("Write a code of 3 to 40 letters, digits and dashes."), "code")
    if is_known:
        return Refusal("code-known", _("You have made this code before. Choose another one."), "code")
    if (coupon.percent is None) == (coupon.off_minor is None):
        return Refusal("percent-or-amount", _("Give either a percentage or an amount."), "percent")
    if coupon.percent is not None and not 1 <= coupon.percent <= 100:
        return Refusal("bad-percent", _("From 1 to 100 percent can be taken off."), "percent")
    if coupon.off_minor is not None and not (coupon.off_minor and re.fullmatch("[A-Z]{3}", coupon.currency)):
        return Refusal("bad-amount", _("Say how much is taken off, and in which currency."), "off")
    if coupon.valid_until and today and coupon.valid_until < today:
        return Refusal("over-already", _("That day has passed. Choose a later one."), "valid_until")
    return None


def why_not_make_coupons(count: int) -> Refusal | None:
    if 1 <= count <= MOST_COUPONS:
        return None
    return Refusal("how-many", _("Make from 1 to 1,000 codes at once."), "count")


def why_not_withdraw_coupon(coupon: Coupon, *, by: Actor) -> Refusal | None:
    return why_not_make_coupon(coupon.provider, by=by)


def _why_not_early(workshop: Workshop, sale: Sale) -> Refusal | None:
    if sale.early_minor is None:
        if sale.early_until or sale.early_seats:
            return Refusal("no-early-price", _("Say what early birds pay, or leave their other fields empty."), "early")
        return None
    if sale.early_minor > workshop.price_minor:
        return Refusal("early-above-price", _("Early birds pay at most the usual price."), "early")
    if not sale.early_until and not sale.early_seats:
        return Refusal("early-never-ends", _("Say until which day, or for how many seats."), "early_until")
    if sale.early_until and sale.early_until >= workshop.starts_on:
        return Refusal("early-too-long", _("Choose a day before class begins."), "early_until")
    return None


def _why_not_group(workshop: Workshop, sale: Sale) -> Refusal | None:
    if sale.group_from is None and sale.group_minor is None:
        return None
    if sale.group_from is None or sale.group_minor is None:
        return Refusal("half-a-group", _("Say both from how many seats and at what price."), "group_from")
    if sale.group_from < 2:
        return Refusal("group-of-one", _("A group is at least two."), "group_from")
    if sale.group_minor > workshop.price_minor:
        return Refusal("group-above-price", _("A group pays at most the usual price."), "group")
    return None


def _why_not_scale(workshop: Workshop, sale: Sale) -> Refusal | None:
    if sale.least_minor is None:
        return None
    if sale.early_minor is not None or sale.group_minor is not None:
        words = _("Where people choose what they give there are no other prices. Leave them empty.")
        return Refusal("scale-alone", words, "least")
    if sale.least_minor > workshop.price_minor:
        return Refusal("least-above-price", _("The lowest amount is at most the usual price."), "least")
    return None


def _why_not_private(sale: Sale) -> Refusal | None:
    if not sale.invite_code or re.fullmatch(CODE, sale.invite_code):
        return None
    words = _("Write a code of 6 to 40 letters, digits and dashes: it has to be hard to guess.")
    return Refusal("bad-code", words, "invite_code")


def _why_not_minimum(workshop: Workshop, sale: Sale) -> Refusal | None:
    if sale.minimum is None and sale.decide_on is None:
        return None
    if not sale.minimum or sale.decide_on is None:
        words = _("Say both how many are needed and by which day you decide.")
        return Refusal("half-a-promise", words, "minimum" if not sale.minimum else "decide_on")
    if sale.minimum > workshop.capacity:
        return Refusal("minimum-above-seats", _("There are not that many seats."), "minimum")
    if sale.decide_on >= workshop.starts_on:
        return Refusal("decides-too-late", _("Decide before class begins."), "decide_on")
    return None


def why_not_extras(extras: Sequence[ExtraLine]) -> Refusal | None:
    titles = [extra.title.casefold() for extra in extras]
    if len(set(titles)) < len(titles):
        return Refusal("extra-twice", _("Two of these have the same name. Give each its own."), "extras")
    return None
