"""A paper's words in their order on the page; ``paper.typ`` sets them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import segno.helpers
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from laurels import typesetting
from laurels.kernel.money import Money
from laurels.payments.models import Invoice
from laurels.payments.models.orders import Way
from laurels.payments.papers.sums import sums
from laurels.payments.rules.bank import groups_of_four, why_not_iban

HERE = Path(__file__).parent
# What a QR code of the European Payments Council can carry: euros, a name of 70 letters, text of 140.
MOST_IN_CODE = 99_999_999_999


@dataclass(frozen=True, slots=True)
class Settled:
    """That what the paper asks for has come: when, and by which way."""

    on: date
    way: str


def paper_pdf(
    invoice: Invoice, *, language: str, replaces: Invoice | None = None, paid: Settled | None = None
) -> bytes:
    """A4, for archives (PDF/A); the same paper gives the same bytes. ``replaces`` is the version before this one.

    ``paid`` makes an invoice say that it is settled instead of asking for money.
    """
    with override(language):
        words = words_of(invoice, replaces=replaces, paid=paid)
    return typesetting.pdf(
        HERE / "paper.typ", words, at=datetime.combine(invoice.issued_on, time(), invoice.issued_at.tzinfo)
    )


def file_name(invoice: Invoice) -> str:
    """``INV-00012.pdf``, ``INV-00012-v2.pdf`` for a later version; nothing but letters, digits and dashes."""
    version = f"-v{invoice.version}" if invoice.version > 1 else ""
    return re.sub(r"[^A-Za-z0-9-]+", "-", f"{invoice.number}{version}").strip("-") + ".pdf"


def words_of(invoice: Invoice, *, replaces: Invoice | None = None, paid: Settled | None = None) -> dict[str, Any]:
    """Everything that is printed, in the open language, as plain text."""
    content, is_note = invoice.content, invoice.kind == Invoice.Kind.CREDIT_NOTE
    title = _("Credit note") if is_note else _("Invoice")
    words = {
        "language": (get_language() or "en").partition("-")[0],
        "title": title,
        "number": invoice.number,
        "notes": _notes(invoice, replaces),
        "seller": _seller(content["seller"]),
        "buyer": _buyer(content),
        "facts": _facts(invoice),
        "labels": {
            "words": _("What for"),
            "quantity": _("Quantity"),
            "amount": _("Amount in %s") % content["currency"],
        },
        "lines": [_line(line, content["currency"]) for line in content["lines"]],
        "sums": sums(content, is_note=is_note),
        "tax_note": content["tax_words"] if content["tax_words"] and not content["tax"] else "",
        "closing": _closing_of_note(content) if is_note else {},
        "page": _("page"),
        "of": _("of"),
    }
    if not is_note:
        words["closing"] = _settled(content, paid) if paid else _please_pay(content)
    return {name: _plain(value) for name, value in words.items()}


def _notes(invoice: Invoice, replaces: Invoice | None) -> list[str]:
    notes = []
    if about := invoice.content.get("about"):
        notes.append(_("To invoice %(number)s.") % {"number": about})
    if replaces:
        words = _("Version %(version)d, replaces the one of %(day)s.")
        notes.append(words % {"version": invoice.version, "day": date_format(replaces.issued_on, "j F Y")})
    elif invoice.version > 1:
        notes.append(_("Version %(version)d.") % {"version": invoice.version})
    return notes


def _seller(seller: Mapping[str, str]) -> dict[str, Any]:
    tax = f"{_tax_id_label(seller)} {seller['tax_id']}" if seller["tax_id"] else ""
    address = seller["address"].splitlines()
    if seller["country"]:
        address.append(seller["country"])
    return {
        "name": seller["name"],
        "lines": [line.strip() for line in address if line.strip()],
        "contacts": [one for one in (seller["email"], tax) if one],
    }


def _tax_id_label(seller: Mapping[str, str]) -> str:
    return _("%(tax)s id") % {"tax": seller["tax_name"] or "VAT"}


def _buyer(content: Mapping[str, Any]) -> list[str]:
    buyer = content["bill_to"]
    lines = [buyer.get("company", ""), buyer.get("name", ""), *buyer.get("address", "").splitlines()]
    if buyer.get("country") and buyer["country"] != content["seller"]["country"]:
        lines.append(buyer["country"])
    return [line.strip() for line in lines if line.strip()]


def _facts(invoice: Invoice) -> list[tuple[str, str]]:
    content, buyer = invoice.content, invoice.content["bill_to"]
    due = content.get("due_on")
    found = [
        (_("Number"), invoice.number),
        (_("Date"), date_format(invoice.issued_on, "j F Y")),
        (_("Due on"), date_format(date.fromisoformat(due), "j F Y") if due else ""),
        (_("Reference"), content["reference"]),
        (_("Your order number"), buyer.get("purchase_number", "")),
        (_("Your %(label)s") % {"label": _tax_id_label(content["seller"])}, buyer.get("tax_id", "")),
    ]
    return [(label, value) for label, value in found if value]


def _line(line: Mapping[str, Any], currency: str) -> dict[str, str]:
    return {"words": line["words"], "quantity": str(line["quantity"]), "amount": figure(line["minor"], currency)}


def figure(minor: int, currency: str) -> str:
    """An amount where the currency stands beside or above it."""
    return str(Money(minor, currency)).replace(f"{currency}\u00a0", "")


def _please_pay(content: Mapping[str, Any]) -> dict[str, Any]:
    seller, money = content["seller"], Money(content["gross"], content["currency"])
    due = date_format(date.fromisoformat(content["due_on"]), "j F Y")
    rows = [
        (_("Pay to"), seller["name"]),
        (_("Bank"), seller["bank"]),
        ("IBAN", groups_of_four(seller["iban"])),
        ("BIC", seller["bic"]),
        (_("Reference"), content["reference"]),
    ]
    return {
        "heading": _("Please pay %(amount)s by %(day)s") % {"amount": money, "day": due},
        "words": _("Write the reference into the transfer, so that we know it is yours."),
        "rows": [(label, value) for label, value in rows if value],
        "code": _payment_code(content),
        "code_words": _("Scan with your banking app"),
    }


def _payment_code(content: Mapping[str, Any]) -> str:
    """The code that European banking apps read, as SVG; empty where it cannot be made."""
    seller = content["seller"]
    if (
        content["currency"] != "EUR"
        or content["gross"] > MOST_IN_CODE
        or why_not_iban(seller["iban"])
        or not seller["iban"]
    ):
        return ""
    name = _plain(seller["name"])[:70].strip() or "-"
    try:
        code = segno.helpers.make_epc_qr(
            name=name,
            iban=seller["iban"].replace(" ", "").upper(),
            amount=Decimal(content["gross"]) / 100,
            text=content["reference"],
            encoding="utf-8",
        )
    except ValueError:
        # A name in which the standard finds something it does not carry: the account stands beside in words.
        return ""
    return code.svg_inline(border=0, dark="#22261f")


def _settled(content: Mapping[str, Any], paid: Settled) -> dict[str, Any]:
    words = {
        Way.CARD: _("%(amount)s came by card on %(day)s. This is your receipt."),
        Way.TRANSFER: _("%(amount)s came by bank transfer on %(day)s. This is your receipt."),
    }
    values = {"amount": Money(content["gross"], content["currency"]), "day": date_format(paid.on, "j F Y")}
    return {"heading": _("Paid, thank you"), "words": words.get(Way(paid.way), words[Way.TRANSFER]) % values}


def _closing_of_note(content: Mapping[str, Any]) -> dict[str, Any]:
    words = _("%(amount)s of this order are not owed any more. What was paid beyond goes back the way it came.")
    return {"heading": _("Nothing to pay"), "words": words % {"amount": Money(content["gross"], content["currency"])}}


def _plain(words: Any) -> Any:
    """Without what no page can show: control characters, marks that turn the direction of text around."""
    if isinstance(words, str):
        text = words.encode("utf-8", "replace").decode()
        kept = (" " if letter in "\t\n\r" else letter for letter in text)
        return "".join(
            letter
            for letter in kept
            if unicodedata.category(letter) not in ("Cc", "Cs", "Cn", "Co") and letter not in TURNS
        )
    if isinstance(words, Mapping):
        return {name: _plain(value) for name, value in words.items()}
    return [_plain(value) for value in words] if isinstance(words, list | tuple) else words


TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
