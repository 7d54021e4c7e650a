"""Pure decisions on what ``queries`` has loaded; ``rules.addresses`` says where things lie on the web."""

from laurels.credentials.rules import addresses
from laurels.credentials.rules.certifications import (
    first_term,
    is_revoked,
    why_not_award,
    why_not_certify,
    why_not_change,
    why_not_correct_name,
    why_not_renew,
    why_not_revoke,
    why_not_suspend,
)
from laurels.credentials.rules.experience import (
    months_within,
    why_not_answer,
    why_not_ask,
    why_not_claim,
    why_not_refuse,
    why_not_rule_on,
    why_not_take_back,
)
from laurels.credentials.rules.intent import achievement, issuer, unsigned_document
from laurels.credentials.rules.invitations import (
    DAY,
    INVITATION_LASTS,
    why_not_accept_licence,
    why_not_ask_again,
    why_not_invite,
    why_not_open,
    why_not_redeem,
    why_not_resend,
    why_not_withdraw,
)
from laurels.credentials.rules.numbers import is_same_name, new_number, normal_number
from laurels.credentials.rules.readiness import Readiness, why_not_yet
from laurels.credentials.rules.standing import Standing, State, standing_of

__all__ = [
    "DAY",
    "INVITATION_LASTS",
    "Readiness",
    "Standing",
    "State",
    "achievement",
    "addresses",
    "first_term",
    "is_revoked",
    "is_same_name",
    "issuer",
    "months_within",
    "new_number",
    "normal_number",
    "standing_of",
    "unsigned_document",
    "why_not_accept_licence",
    "why_not_answer",
    "why_not_ask",
    "why_not_ask_again",
    "why_not_award",
    "why_not_certify",
    "why_not_change",
    "why_not_claim",
    "why_not_correct_name",
    "why_not_invite",
    "why_not_open",
    "why_not_redeem",
    "why_not_refuse",
    "why_not_renew",
    "why_not_resend",
    "why_not_revoke",
    "why_not_rule_on",
    "why_not_suspend",
    "why_not_take_back",
    "why_not_withdraw",
    "why_not_yet",
]
