"""The sums below the lines: they lead from the lines to the total, however the prices were shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from laurels.kernel.money import Money


def sums(content: Mapping[str, Any], *, is_note: bool) -> list[dict[str, Any]]:
    """Label and amount of each, top to bottom; the total is the one that ``is_total``."""
    currency, net, tax, gross = content["currency"], content["net"], content["tax"], content["gross"]
    listed = sum(line["minor"] for line in content["lines"])
    name = content["tax_words"]
    total = _row(_("Credited") if is_note else _("Total"), gross, currency, is_total=True)
    if listed == gross:
        # Prices with tax inside, or no tax at all.
        inside = _("of which %(tax)s") % {"tax": name}
        return [total, _row(_("Net"), net, currency), _row(inside, tax, currency)] if tax else [total]
    # Prices shown with tax for somebody who accounts for it themselves: it is taken out of them first.
    taken_out = [_row(_("Tax taken out of these prices"), net - listed, currency)] if listed != net else []
    with_tax = [_row(name, tax, currency)] if tax else []
    return [*taken_out, _row(_("Net"), net, currency), *with_tax, total]


def _row(label: str, minor: int, currency: str, *, is_total: bool = False) -> dict[str, Any]:
    return {"label": label, "amount": str(Money(minor, currency)), "is_total": is_total}
