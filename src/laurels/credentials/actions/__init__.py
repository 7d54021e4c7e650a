"""The verbs of inviting, accepting, awarding, issuing, and of changing how a certification stands."""

from laurels.credentials.actions.awarding import award
from laurels.credentials.actions.changing import correct_name, reinstate, revoke, suspend
from laurels.credentials.actions.invitations import (
    ask_again,
    invite,
    open_invitation,
    resend_invitation,
    withdraw_invitation,
)
from laurels.credentials.actions.issuing import add_key, store_published, store_signed
from laurels.credentials.actions.letters import (
    tell_of_correction,
    tell_of_credential,
    tell_of_reinstatement,
    tell_of_revocation,
    tell_of_suspension,
)
from laurels.credentials.actions.redeeming import redeem_invitation
from laurels.credentials.actions.renewing import renew

__all__ = [
    "add_key",
    "ask_again",
    "award",
    "correct_name",
    "invite",
    "open_invitation",
    "redeem_invitation",
    "reinstate",
    "renew",
    "resend_invitation",
    "revoke",
    "store_published",
    "store_signed",
    "suspend",
    "tell_of_correction",
    "tell_of_credential",
    "tell_of_reinstatement",
    "tell_of_revocation",
    "tell_of_suspension",
    "withdraw_invitation",
]
