"""The verbs of inviting, accepting, awarding, issuing, and of changing how a certification stands."""

from laurels.credentials.actions.awarding import award
from laurels.credentials.actions.changing import correct_name, reinstate, revoke, suspend
from laurels.credentials.actions.experience import (
    ask_about_experience,
    claim_experience,
    explain_experience,
    refuse_experience,
    rule_on_experience,
    take_back_experience,
    validate_experience,
)
from laurels.credentials.actions.invitations import (
    ask_again,
    invite,
    invite_who_waited,
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
    tell_of_ruling,
    tell_of_suspension,
)
from laurels.credentials.actions.redeeming import redeem_invitation
from laurels.credentials.actions.renewing import renew

__all__ = [
    "add_key",
    "ask_about_experience",
    "ask_again",
    "award",
    "claim_experience",
    "correct_name",
    "explain_experience",
    "invite",
    "invite_who_waited",
    "open_invitation",
    "redeem_invitation",
    "refuse_experience",
    "reinstate",
    "renew",
    "resend_invitation",
    "revoke",
    "rule_on_experience",
    "store_published",
    "store_signed",
    "suspend",
    "take_back_experience",
    "tell_of_correction",
    "tell_of_credential",
    "tell_of_reinstatement",
    "tell_of_revocation",
    "tell_of_ruling",
    "tell_of_suspension",
    "validate_experience",
    "withdraw_invitation",
]
