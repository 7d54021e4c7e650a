from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """All that is known of one seat on its way to a certificate; days are those of the workshop's zone.

    ``needs_more``: the scheme asks for something beside the class, of which ``waits_for`` is missing; with
    ``waits_for_body`` only the body's word on it.
    """

    learner: str
    trainers: str
    provider: str
    body: str
    starts_on: date
    ends_on: date
    booked_on: date
    is_priced: bool = False
    paid_on: date | None = None
    is_off: bool = False
    is_held: bool = False
    was_present: bool = False
    declared_on: date | None = None
    decision: str = ""
    decided_on: date | None = None
    reason: str = ""
    signed_on: date | None = None
    submitted_on: date | None = None
    is_accepted: bool = False
    needs_more: bool = False
    waits_for: str = ""
    waits_for_body: bool = False
    returned_on: date | None = None
    return_reason: str = ""
    invited_on: date | None = None
    expires_on: date | None = None
    opened_on: date | None = None
    redeemed_on: date | None = None
    issued_on: date | None = None
