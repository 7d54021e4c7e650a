"""Read models for the pages about orders, fully loaded."""

from laurels.payments.queries.billing import billing_of, ways_offered
from laurels.payments.queries.books import balance, balances
from laurels.payments.queries.orders import OrderList, OrderPage, OrderRow, order_list, order_page
from laurels.payments.queries.papers import paper_before, papers_of

__all__ = [
    "OrderList",
    "OrderPage",
    "OrderRow",
    "balance",
    "balances",
    "billing_of",
    "order_list",
    "order_page",
    "paper_before",
    "papers_of",
    "ways_offered",
]
