"""Why an order, a payment or a paper cannot be had that way, and how much tax is in a price."""

from laurels.payments.rules.bank import groups_of_four, plain_iban, why_not_iban
from laurels.payments.rules.bank_files import why_not_assign, why_not_give_account, why_not_read_bank
from laurels.payments.rules.billing import BILL_TO, why_not_bill, why_not_bill_to, why_not_change_bill_to
from laurels.payments.rules.cards import (
    HELD_LONGER,
    HELD_STEP,
    OPEN_FOR,
    SAME_CLICK,
    UNHEARD_AFTER,
    why_frozen,
    why_not_ask_again,
    why_not_believe,
    why_not_believe_refund,
    why_not_connect,
    why_not_pay_by_card,
)
from laurels.payments.rules.lines import Line
from laurels.payments.rules.matching import LENGTH, Match, match, references_in
from laurels.payments.rules.orders import (
    why_not_cancel,
    why_not_change_way,
    why_not_credit,
    why_not_mark_paid,
    why_not_place,
    why_not_settle_refund,
)
from laurels.payments.rules.reminders import due_reminder
from laurels.payments.rules.statements import BankLine, collapsed, read_statement
from laurels.payments.rules.tax import (
    UNION,
    Taxed,
    is_reverse_charge,
    percent_in_words,
    plain_tax_id,
    taxed,
    why_not_tax_id,
)
from laurels.payments.rules.touching import why_not_touch
from laurels.spreadsheets import MOST_BYTES

__all__ = [
    "BILL_TO",
    "HELD_LONGER",
    "HELD_STEP",
    "LENGTH",
    "MOST_BYTES",
    "OPEN_FOR",
    "SAME_CLICK",
    "UNHEARD_AFTER",
    "UNION",
    "BankLine",
    "Line",
    "Match",
    "Taxed",
    "collapsed",
    "due_reminder",
    "groups_of_four",
    "is_reverse_charge",
    "match",
    "percent_in_words",
    "plain_iban",
    "plain_tax_id",
    "read_statement",
    "references_in",
    "taxed",
    "why_frozen",
    "why_not_ask_again",
    "why_not_assign",
    "why_not_believe",
    "why_not_believe_refund",
    "why_not_bill",
    "why_not_bill_to",
    "why_not_cancel",
    "why_not_change_bill_to",
    "why_not_change_way",
    "why_not_connect",
    "why_not_credit",
    "why_not_give_account",
    "why_not_iban",
    "why_not_mark_paid",
    "why_not_pay_by_card",
    "why_not_place",
    "why_not_read_bank",
    "why_not_settle_refund",
    "why_not_tax_id",
    "why_not_touch",
]
