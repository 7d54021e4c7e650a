"""What can have happened to an order."""

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
