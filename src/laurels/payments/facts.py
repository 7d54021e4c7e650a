"""What can have happened to an order and its money."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    order_id: int


@dataclass(frozen=True, slots=True)
class OrderPaid:
    order_id: int
    payment_id: int


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    order_id: int


@dataclass(frozen=True, slots=True)
class OrderCredited:
    """A part of it is not owed any more."""

    order_id: int
    credit_id: int


@dataclass(frozen=True, slots=True)
class WayChanged:
    """The buyer pays by the other way."""

    order_id: int
    way: str


@dataclass(frozen=True, slots=True)
class MoneyReceived:
    """Recorded under the order, or under ``receipt:<id>`` where no order was known."""

    receipt_id: int


@dataclass(frozen=True, slots=True)
class SurplusReceived:
    """Money that nobody owed: it goes back."""

    receipt_id: int


@dataclass(frozen=True, slots=True)
class RefundAsked:
    refund_id: int


@dataclass(frozen=True, slots=True)
class RefundSent:
    refund_id: int


@dataclass(frozen=True, slots=True)
class RefundDone:
    refund_id: int


@dataclass(frozen=True, slots=True)
class RefundFailed:
    refund_id: int


@dataclass(frozen=True, slots=True)
class InvoiceIssued:
    order_id: int
    invoice_id: int


@dataclass(frozen=True, slots=True)
class InvoiceReplaced:
    """There is a later version of it, for other billing data."""

    order_id: int
    invoice_id: int


@dataclass(frozen=True, slots=True)
class BillingChanged:
    """How the seller bills; recorded under ``organisation:<id>``."""

    seller_id: int


@dataclass(frozen=True, slots=True)
class OrderGivenUp:
    """It was to be paid by card and was not: what was held for it is free again."""

    order_id: int


@dataclass(frozen=True, slots=True)
class PaymentReminded:
    """The buyer of an overdue order was written to."""

    order_id: int
    days: int


@dataclass(frozen=True, slots=True)
class BankFileConfirmed:
    """Recorded under ``organisation:<id>``: ``lines`` of a bank's file were written down."""

    seller_id: int
    bank_file_id: int
    lines: int


@dataclass(frozen=True, slots=True)
class ReturnAccountGiven:
    """The buyer said where money can go back to."""

    order_id: int


@dataclass(frozen=True, slots=True)
class HoldProlonged:
    """Nobody knows yet whether it was paid: what is held for it stays held until the order says."""

    order_id: int


@dataclass(frozen=True, slots=True)
class EventReceived:
    """The card service's signed word; recorded under ``card-event:<id>``."""

    event_id: int


@dataclass(frozen=True, slots=True)
class DisputeOpened:
    dispute_id: int


@dataclass(frozen=True, slots=True)
class DisputeClosed:
    dispute_id: int


@dataclass(frozen=True, slots=True)
class CardAccountConnected:
    """Recorded under ``organisation:<id>``, as are the next two."""

    account_id: int


@dataclass(frozen=True, slots=True)
class WebhookSecretRolled:
    account_id: int


@dataclass(frozen=True, slots=True)
class CardAccountSwitched:
    account_id: int


@dataclass(frozen=True, slots=True)
class ReceiptAssigned:
    """Money that nobody had owed turned out to be for an order."""

    order_id: int
    receipt_id: int
