"""How seats are sold, and coupons: the selling desk of the provider's staff."""

import csv

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.people.models import Organisation
from laurels.workshops import actions, queries, rules
from laurels.workshops.forms.selling import CouponForm, SaleForm
from laurels.workshops.models import Coupon, Workshop


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sale(request: SignedIn, public_id: str) -> HttpResponse:
    """How seats are sold; with ``terms`` the words of what is typed are shown and nothing is saved."""
    sold = Workshop.objects.filter(provider__in=request.actor.organisations("staff"))
    workshop = get_object_or_404(
        sold.with_seats_filled().select_related("course", "provider", "sale"), public_id=public_id
    )
    page = queries.sale_page(workshop, by=request.actor)
    form = SaleForm(request.POST or None, workshop, page.sale, page.extras)
    if form.is_valid() and "terms" not in request.POST:
        try:
            actions.set_sale(workshop, **form.values(), by=request.actor, now=request.now)
        except Refused as refused:
            form.say(refused.refusal)
        else:
            messages.success(request, _("Saved. Whoever has booked keeps what they booked."))
            return see_other("desk-sale", public_id)
    terms = form.terms() if form.is_bound and not form.errors else rules.terms_of(page.sale.terms)
    context = {"page": page, "form": form, "terms": terms.in_words(workshop.currency)}
    status = 422 if form.errors and "terms" not in request.POST else 200
    return render(request, "workshops/pages/sale.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def coupons(request: SignedIn, slug: str) -> HttpResponse:
    """A provider's coupons. A POST makes one, or a batch whose codes come as a file."""
    provider = get_object_or_404(Organisation.objects.where(request.actor, "staff"), slug=slug)
    form = CouponForm(request.POST or None, provider)
    if form.is_valid():
        try:
            return _make(request, provider, form)
        except Refused as refused:
            form.say(refused.refusal)
    context = {"page": queries.coupon_page(provider, now=request.now), "form": form}
    return render(request, "workshops/pages/coupons.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def coupon_withdrawal(request: SignedIn, slug: str, public_id: str) -> HttpResponse:
    own = Coupon.objects.filter(provider__in=Organisation.objects.where(request.actor, "staff"))
    coupon = get_object_or_404(own.select_related("provider"), public_id=public_id, provider__slug=slug)
    actions.withdraw_coupon(coupon, by=request.actor, now=request.now)
    messages.success(request, _("%(code)s cannot be used any more.") % {"code": coupon.code})
    return see_other("coupons", slug)


def _make(request: SignedIn, provider: Organisation, form: CouponForm) -> HttpResponse:
    values = form.values()
    if values["code"]:
        coupon = actions.make_coupon(provider, **values, by=request.actor, now=request.now)
        messages.success(request, _("%(code)s can be used.") % {"code": coupon.code})
        return see_other("coupons", provider.slug)
    values = {name: value for name, value in values.items() if name not in ("code", "most_uses")}
    count = form.cleaned_data["count"] or 1
    made = actions.make_coupons(provider, count, **values, by=request.actor, now=request.now)
    headers = {"Content-Disposition": 'attachment; filename="coupons.csv"'}
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    csv.writer(answer).writerows(queries.coupon_lines(made))
    return answer
