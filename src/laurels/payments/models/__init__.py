"""What is owed and what came: orders, the papers about them, the books behind them."""

from laurels.payments.models.bank import BankFile, BankFileQuerySet, ReturnAccount, Transfer
from laurels.payments.models.billing import Billing
from laurels.payments.models.books import Account, Leg, MoneyEvent, MoneyEventQuerySet
from laurels.payments.models.cards import CardAccount, CardSession, Dispute, ProviderEvent
from laurels.payments.models.invoices import Invoice, InvoiceQuerySet
from laurels.payments.models.money import Credit, Receipt, ReceiptQuerySet, Refund, RefundQuerySet
from laurels.payments.models.orders import Order, OrderLine, OrderQuerySet, Payment
from laurels.payments.models.reminders import PaymentReminder

__all__ = [
    "Account",
    "BankFile",
    "BankFileQuerySet",
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
    "PaymentReminder",
    "ProviderEvent",
    "Receipt",
    "ReceiptQuerySet",
    "Refund",
    "RefundQuerySet",
    "ReturnAccount",
    "Transfer",
]
