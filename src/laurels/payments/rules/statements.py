"""From a bank's list to what came: which column is which, amounts and days as banks write them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from laurels.kernel.ids import digest
from laurels.kernel.money import MINOR_DIGITS
from laurels.kernel.refusal import Refusal, Refused
from laurels.payments.rules.bank import plain_iban, why_not_iban
from laurels.spreadsheets import Row, folded, read_rows

# Titles of banks' exports (en, de, fr, es, nl, and CAMT's names), folded; of several columns the first that fits.
TITLES = {
    "on": "|".join(
        (
            "buchungstag|buchungsdatum|booking ?date|bookgdt|posting date|booked( on)?|date (de )?(l )?operation",
            "date comptable|date de comptabilisation|transaction date|completed date|date|datum|fecha.*|boekdatum",
            "valuta|valutadatum|wertstellung|value date|date valeur|valdt|(date|datum|buchungstag|fecha) \\w+",
        )
    ),
    "amount": r"(betrag|umsatz|amount|amt|montant|importe|bedrag|value|valeur)( (in )?\w{3})?( \w+)?",
    "credit": r"(credit|haben|gutschrift\w*|paid in|money in|deposits?|entrees?|abono|einzahlung\w*)( .*)?",
    "debit": r"(debit|soll|lastschrift|belastung\w*|paid out|money out|withdrawals?|sorties?|cargo|auszahlung)( .*)?",
    "side": "|".join(
        (
            "soll haben|soll haben kennzeichen|s h|debit credit|credit debit|cr dr|dr cr|cdtdbtind|af bij|sens",
            "creditdebitindicator|credit debit indicator|type d operation|direction|kennzeichen",
        )
    ),
    "currency": "wahrung|waehrung|currency|ccy|devise|divisa|munt|moneda|betrag wahrung|account currency",
    "name": "|".join(
        (
            "auftraggeber.*|beguenstigter.*|begunstigter.*|zahlungspflichtige.*|(name )?zahlungsbeteiligter",
            "name|nom|nombre|payer( name)?|counter ?party( name)?|debtor( name)?|dbtr nm|sender( name)?|from|tiers",
            "partner ?name|contrepartie|remitter|ordenante|naam.*|(nom du )?donneur d ordre",
        )
    ),
    "account": r"iban( .*)?|.* iban|account( number)?|counterparty account|compte( .*)?|kontonummer|tegenrekening",
    "id": "|".join(
        (
            "transaction id|id|umsatz id|transaktions ?id|acctsvcrref|account servicer reference|bank reference",
            "reference bancaire|numero d operation|unique id|bankreferenz",
        )
    ),
}
TEXT = "|".join(
    (
        "verwendungszweck.*|buchungstext|description|details?|reference|payment reference|customer reference|text",
        "kundenreferenz.*|libelle.*|communication|purpose|remittance.*|ustrd|narrative|memo|omschrijving.*|concepto",
        "mededelingen|motif|information.*|mitteilung.*|end ?to ?end.*|sepa referenz|mandatsreferenz|zahlungsgrund",
        "transaction text",
    )
)
LOOKED_THROUGH = 40
CREDIT_SIDES = {"h", "haben", "c", "cr", "crdt", "credit", "bij", "k", "gutschrift", "in"}
DEBIT_SIDES = {"s", "soll", "d", "dr", "dbit", "debit", "af", "lastschrift", "out"}
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%Y%m%d", "%Y/%m/%d", "%d %b %Y", "%d %B %Y")
SLASHED = {True: ("%d/%m/%Y", "%d/%m/%y"), False: ("%m/%d/%Y", "%m/%d/%y")}
CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line of a bank's list. ``minor`` is below zero for what went out; ``reference`` is the same for the same line.

    ``problem`` says why it cannot be read, where it cannot.
    """

    number: int
    on: str
    minor: int
    currency: str
    name: str
    text: str
    iban: str
    reference: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    places: dict[str, int]
    text: list[int]
    first_row: int
    currency: str


def read_statement(content: bytes, *, currency: str) -> list[BankLine]:
    """Every line that says an amount; ``currency`` is what is meant where the list names none. Raises Refused.

    The same money in an overlapping list has the same reference: what is told apart by nothing else is told apart by
    how often it stood before in its list.
    """
    rows = read_rows(content)
    columns = next(
        (found for number, row in enumerate(rows[:LOOKED_THROUGH]) if (found := _columns(row, number))), None
    )
    if columns is None:
        words = _("No column for the day and the amount was found. Export the list with its column titles.")
        raise Refused(Refusal("no-columns", words, "file"))
    is_day_first = _is_day_first(rows[columns.first_row :], columns)
    lines = [
        _line(number, row, columns, is_day_first=is_day_first, currency=columns.currency or currency)
        for number, row in enumerate(rows[columns.first_row :], start=columns.first_row + 1)
        if any(row)
    ]
    return _told_apart([line for line in lines if line])


def minor_of(text: str, currency: str) -> int | None:
    """Minor units of an amount as banks write it: ``-1.190,00``, ``1,190.00``, ``1'190.00``, ``(5.00)``, ``5,00-``.

    None for what is no amount. The final mark before one or two digits is the decimal one.
    """
    plain = re.sub(r"[\s\u00a0\u202f\u2009'’_]", "", text).replace("−", "-")
    plain = re.sub(r"(?<![A-Za-z\d.,])[A-Za-z€$£¥]{1,3}|[A-Za-z€$£¥]{1,3}$", "", plain)
    is_out = plain.startswith(("-", "(")) or plain.endswith(("-", ")"))
    plain = plain.strip("+-()")
    digits = MINOR_DIGITS.get(currency, 2)
    decimal = re.fullmatch(rf"([0-9.,]*?)[.,]([0-9]{{1,{max(digits, 2)}}})", plain)
    whole, part = (decimal[1], decimal[2]) if decimal else (plain, "")
    if not re.fullmatch(r"[0-9]{1,15}|[0-9]{1,3}([.,][0-9]{3}){1,4}", whole or "0") or not (whole or part):
        return None
    value = Decimal(f"{re.sub('[.,]', '', whole) or '0'}.{part or '0'}").scaleb(digits)
    if value != value.to_integral_value():
        return None
    return -int(value) if is_out else int(value)


def collapsed(text: str) -> str:
    """Letters and digits only, with letters that are taken for digits as digits: how references are compared."""
    return "".join(letter for letter in text.lower() if letter.isascii() and letter.isalnum()).translate(LOOKALIKES)


LOOKALIKES = str.maketrans("oil", "011")


def _columns(row: Row, number: int) -> _Columns | None:
    titles = [folded(cell) if len(cell) <= 60 else "" for cell in row]
    places: dict[str, int] = {}
    for key, pattern in TITLES.items():
        for place, title in enumerate(titles):
            if title and place not in places.values() and re.fullmatch(pattern, title):
                places[key] = place
                break
    if "on" not in places or not {"amount", "credit"} & places.keys():
        return None
    text = [place for place, title in enumerate(titles) if place not in places.values() and re.fullmatch(TEXT, title)]
    said = re.search(r"\b(EUR|USD|GBP|CHF|CAD|AUD|PLN|SEK|NOK|DKK|CZK|JPY)\b|[€$£¥]", " ".join(row))
    return _Columns(places, text, number + 1, CURRENCIES.get(said[0], said[0]) if said else "")


def _cell(row: Row, columns: _Columns, key: str) -> str:
    place = columns.places.get(key)
    return row[place] if place is not None and place < len(row) else ""


def _is_day_first(rows: Sequence[Row], columns: _Columns) -> bool:
    """Whether 03/04/2026 is in April: unless some second number is no month."""
    seconds = (re.match(r"\d{1,2}/(\d{1,2})/", _cell(row, columns, "on")) for row in rows)
    return not any(found and int(found[1]) > 12 for found in seconds)


def _line(number: int, row: Row, columns: _Columns, *, is_day_first: bool, currency: str) -> BankLine | None:
    """None for rows that are no lines, such as the balance below them."""
    on = _day(_cell(row, columns, "on"), is_day_first)
    written = _cell(row, columns, "amount") or _cell(row, columns, "credit") or _cell(row, columns, "debit")
    if on is None and (not _cell(row, columns, "on") or not written or not re.search(r"\d", _cell(row, columns, "on"))):
        return None
    currency = _currency(_cell(row, columns, "currency"), currency)
    iban = plain_iban(_cell(row, columns, "account"))
    text = " ".join(row[place] for place in columns.text if place < len(row) and row[place])
    minor = _minor(row, columns, currency)
    problem = "" if on else str(_("The day cannot be read."))
    problem = problem or ("" if minor is not None else str(_("The amount cannot be read.")))
    line = BankLine(
        number=number,
        on=on.isoformat() if on else "",
        minor=minor or 0,
        currency=currency,
        name=" ".join(_cell(row, columns, "name").split())[:200],
        text=" ".join(text.split())[:500],
        iban=iban if iban and why_not_iban(iban) is None else "",
        reference="",
        problem=problem,
    )
    return replace(line, reference=_identity(line, _cell(row, columns, "id")))


def _identity(line: BankLine, bank_id: str) -> str:
    words = [line.on, str(line.minor), line.currency]
    words += [bank_id] if bank_id.strip() else [collapsed(line.name), collapsed(line.text), line.iban]
    return digest("\n".join(words))[:40]


def _told_apart(lines: Sequence[BankLine]) -> list[BankLine]:
    seen = Counter[str]()
    found = []
    for line in lines:
        seen[line.reference] += 1
        found.append(replace(line, reference=f"bank {line.reference} {seen[line.reference]}"))
    return found


def _minor(row: Row, columns: _Columns, currency: str) -> int | None:
    if amount := _cell(row, columns, "amount"):
        beside = re.search(r"(?<=[\d\s])(S|H|C|D|CR|DR)$", amount.upper())
        minor = minor_of(amount[: beside.start()] if beside else amount, currency)
        side = folded(_cell(row, columns, "side") or (beside[0] if beside else ""))
        if minor is not None and side in DEBIT_SIDES:
            return -abs(minor)
        return minor
    came, went = (_cell(row, columns, key) for key in ("credit", "debit"))
    came_minor, went_minor = (minor_of(text, currency) if text else 0 for text in (came, went))
    if came_minor is None or went_minor is None or not (came or went):
        return None
    return came_minor or -abs(went_minor)


def _currency(cell: str, otherwise: str) -> str:
    plain = CURRENCIES.get(cell.strip(), cell.strip().upper())
    return plain if re.fullmatch(r"[A-Z]{3}", plain) else otherwise


def _day(text: str, is_day_first: bool) -> date | None:
    # A time behind the day says nothing here.
    plain = re.split(r"[T ](?=\d{1,2}:)", text.strip().rstrip("."))[0]
    for form in (*DAYS, *SLASHED[is_day_first]):
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 – a day has no zone
        except ValueError:
            continue
    return None
