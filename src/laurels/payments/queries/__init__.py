"""Read models for the pages about orders, fully loaded."""

from laurels.payments.queries.billing import billing_of, latest_invoice, ways_offered
from laurels.payments.queries.books import balance, balances
from laurels.payments.queries.orders import OrderList, OrderPage, OrderRow, order_list, order_page

__all__ = [
    "OrderList",
    "OrderPage",
    "OrderRow",
    "balance",
    "balances",
    "billing_of",
    "latest_invoice",
    "order_list",
    "order_page",
    "ways_offered",
]
