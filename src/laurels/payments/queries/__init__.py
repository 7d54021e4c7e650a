"""Read models for the pages about orders, fully loaded."""

from laurels.payments.queries.billing import billing_of, ways_offered
from laurels.payments.queries.books import balance, balances
from laurels.payments.queries.cards import (
    CardAccountPage,
    CardPart,
    card_account_page,
    card_part,
    is_disputed,
)
from laurels.payments.queries.orders import OrderList, OrderPage, OrderRow, order_list, order_page

__all__ = [
    "CardAccountPage",
    "CardPart",
    "OrderList",
    "OrderPage",
    "OrderRow",
    "balance",
    "balances",
    "billing_of",
    "card_account_page",
    "card_part",
    "is_disputed",
    "order_list",
    "order_page",
    "ways_offered",
]
