"""Read models for the pages about orders, fully loaded."""

from laurels.payments.queries.billing import billing_of, latest_invoice, ways_offered
from laurels.payments.queries.books import balance, balances
from laurels.payments.queries.cards import (
    CardAccountPage,
    CardPart,
    ReturnPage,
    card_account_page,
    card_part,
    is_disputed,
    return_page,
)
from laurels.payments.queries.orders import OrderList, OrderPage, OrderRow, order_list, order_page

__all__ = [
    "CardAccountPage",
    "CardPart",
    "OrderList",
    "OrderPage",
    "OrderRow",
    "ReturnPage",
    "balance",
    "balances",
    "billing_of",
    "card_account_page",
    "card_part",
    "is_disputed",
    "latest_invoice",
    "order_list",
    "order_page",
    "return_page",
    "ways_offered",
]
