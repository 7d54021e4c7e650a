"""Which fee a body asks for a seat, and who may set it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Organisation
from laurels.workshops.models import SeatFee


def binding_fee(fees: Sequence[SeatFee]) -> SeatFee | None:
    """Of those that reach a seat, latest first: what is said for one provider goes before what is said for one course,
    and both before what is said for all."""
    return min(fees, key=lambda fee: (fee.provider_id is None, fee.course_id is None), default=None)


def why_not_settle_fees(provider: Organisation, body: Organisation, *, by: Actor) -> Refusal | None:
    if by.has("staff", at=provider.pk) or by.has("staff", at=body.pk):
        return None
    return Refusal("not-staff", _("Only the provider's and the body's staff can note that fees were paid."))


def why_not_set_fee(body: Organisation, minor: int, *, by: Actor) -> Refusal | None:
    if not body.is_body or not by.has("staff", at=body.pk):
        return Refusal("not-staff", _("Only the body's staff can set its fees."))
    if minor < 0:
        return Refusal("below-zero", _("A fee is zero or more."), "amount")
    return None
