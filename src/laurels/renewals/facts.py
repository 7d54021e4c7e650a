"""What can have happened to a renewal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenewalBegun:
    renewal_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RenewalCompleted:
    renewal_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RenewalHeld:
    """Paid, and something else is in the way: ``why`` is the refusal's code."""

    renewal_id: int
    why: str


@dataclass(frozen=True, slots=True)
class RenewalFellShort:
    """Paid, and entries it was quoted with were taken back before: it is given up, and the money goes back."""

    renewal_id: int
    minutes_missing: int


@dataclass(frozen=True, slots=True)
class GroupMade:
    group_id: int
    buyer_id: int


@dataclass(frozen=True, slots=True)
class GroupInvited:
    group_id: int
    invitation_id: int


@dataclass(frozen=True, slots=True)
class GroupReminded:
    group_id: int
    reminder_id: int


@dataclass(frozen=True, slots=True)
class GroupBilled:
    group_id: int
    order_id: int


@dataclass(frozen=True, slots=True)
class RenewalGivenUp:
    renewal_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class PreviewAsked:
    preview_id: int


@dataclass(frozen=True, slots=True)
class RenewalReminded:
    certification_id: int
    reminder_id: int
