"""What is owed and what came: orders, the papers about them, the books behind them."""

from laurels.payments.models.billing import Billing
from laurels.payments.models.books import Account, Leg, MoneyEvent, MoneyEventQuerySet
from laurels.payments.models.cards import CardAccount, CardSession, Dispute, ProviderEvent
from laurels.payments.models.invoices import Invoice, InvoiceQuerySet
from laurels.payments.models.money import Credit, Receipt, ReceiptQuerySet, Refund, RefundQuerySet
from laurels.payments.models.orders import Order, OrderLine, OrderQuerySet, Payment

__all__ = [
    "Account",
    "Billing",
    "CardAccount",
    "CardSession",
    "Credit",
    "Dispute",
    "Invoice",
    "InvoiceQuerySet",
    "Leg",
    "MoneyEvent",
    "MoneyEventQuerySet",
    "Order",
    "OrderLine",
    "OrderQuerySet",
    "Payment",
    "ProviderEvent",
    "Receipt",
    "ReceiptQuerySet",
    "Refund",
    "RefundQuerySet",
]
