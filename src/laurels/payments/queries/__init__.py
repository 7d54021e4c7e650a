"""Read models for the pages about orders, fully loaded."""

from laurels.payments.queries.bank import BankPage, bank_page, orders_to_assign, receipts_of, usual_currency
from laurels.payments.queries.billing import billing_of, latest_invoice, loaded_billing, ways_of, ways_offered
from laurels.payments.queries.books import balance, balances
from laurels.payments.queries.cards import CardAccountPage, CardPart, card_account_page, card_part, is_disputed
from laurels.payments.queries.desk import AGES, Figure, MoneyDesk, money_desk
from laurels.payments.queries.exports import as_csv, as_xlsx, export
from laurels.payments.queries.ledger import Books, books
from laurels.payments.queries.links import address_in_letter, is_of_guest, link_of, order_of_link
from laurels.payments.queries.orders import OrderFilter, OrderList, OrderPage, OrderRow, order_list, order_page
from laurels.payments.queries.papers import attached, invoice_attached, note_attached, note_of, paper_before, printed
from laurels.payments.queries.refunds import (
    RefundList,
    SurplusList,
    refund_list,
    return_account,
    surplus_list,
    transfers_to_send,
)
from laurels.payments.queries.reminders import perhaps_to_be_reminded

__all__ = [
    "AGES",
    "BankPage",
    "Books",
    "CardAccountPage",
    "CardPart",
    "Figure",
    "MoneyDesk",
    "OrderFilter",
    "OrderList",
    "OrderPage",
    "OrderRow",
    "RefundList",
    "SurplusList",
    "address_in_letter",
    "as_csv",
    "as_xlsx",
    "attached",
    "balance",
    "balances",
    "bank_page",
    "billing_of",
    "books",
    "card_account_page",
    "card_part",
    "export",
    "invoice_attached",
    "is_disputed",
    "is_of_guest",
    "latest_invoice",
    "link_of",
    "loaded_billing",
    "money_desk",
    "note_attached",
    "note_of",
    "order_list",
    "order_of_link",
    "order_page",
    "orders_to_assign",
    "paper_before",
    "perhaps_to_be_reminded",
    "printed",
    "receipts_of",
    "refund_list",
    "return_account",
    "surplus_list",
    "transfers_to_send",
    "usual_currency",
    "ways_of",
    "ways_offered",
]
