"""The card service as we need it: what it is asked, what it answers, and the two ways in which it does not.

Nobody asks it inside a transaction: an answer may take seconds, and a rollback cannot call a payment back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from laurels.kernel.money import Money


class ServiceDown(Exception):
    """No usable answer. Whether it was done is not known; asking again with the same key does it once."""


class ServiceRefused(Exception):
    """The service says no, in its words; asking the same again gives the same."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a page to pay on is opened for. ``key`` makes it one page; ``order`` and ``session`` come back in events."""

    key: str
    order: str
    session: str
    words: str
    money: Money
    email: str
    success_url: str
    cancel_url: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SeenSession:
    id: str
    url: str
    intent_id: str
    is_open: bool
    is_paid: bool
    money: Money


@dataclass(frozen=True, slots=True)
class SeenRefund:
    id: str
    state: str  # "pending", "done" or "failed"
    problem: str


@dataclass(frozen=True, slots=True)
class ListedCharge:
    """Money that came. ``is_ours``: for a page that we had opened; the account may be used elsewhere too."""

    intent_id: str
    money: Money
    is_ours: bool
    created: datetime


@dataclass(frozen=True, slots=True)
class ListedRefund:
    """``refund`` is the name that we gave it, empty where somebody else sent it."""

    id: str
    intent_id: str
    refund: str
    state: str  # "pending", "done" or "failed"
    money: Money
    created: datetime


@dataclass(frozen=True, slots=True)
class ListedDispute:
    id: str
    intent_id: str
    state: str  # in the service's words
    money: Money
    created: datetime


class CardService(Protocol):
    """All of these raise ServiceDown or ServiceRefused."""

    def account_name(self) -> tuple[str, str]:
        """Id and name of the account that the key belongs to."""

    def open_session(self, purchase: Purchase) -> SeenSession: ...

    def look_up_session(self, session_id: str) -> SeenSession: ...

    def end_session(self, session_id: str) -> SeenSession:
        """Nobody can pay on it afterwards; one that is paid or over already comes back as it is."""

    def send_refund(self, intent_id: str, money: Money, *, refund: str, attempt: int) -> SeenRefund:
        """Once for each attempt at a refund, however often it is asked."""

    def look_up_refund(self, refund_id: str) -> SeenRefund: ...

    def fee_of(self, intent_id: str) -> Money | None:
        """What the service keeps of a payment; None while it does not know."""

    def charges(self) -> Iterator[ListedCharge]:
        """All money that came to the account, page by page, as are the next two; any page may raise."""

    def refunds(self) -> Iterator[ListedRefund]: ...

    def disputes(self) -> Iterator[ListedDispute]: ...
