"""The verbs about people and organisations; the only writers of these tables."""

from laurels.people.actions.addresses import confirm_address, make_primary, remove_address
from laurels.people.actions.meeting import meet_all, readers
from laurels.people.actions.merging import merge
from laurels.people.actions.persons import introduce, meet, prove, rename
from laurels.people.actions.proofs import forget_proofs, send_code
from laurels.people.actions.roles import (
    found,
    grant,
    invite_to_role,
    redeem_role_invitation,
    revoke_role,
    withdraw_role_invitation,
)

__all__ = [
    "confirm_address",
    "forget_proofs",
    "found",
    "grant",
    "introduce",
    "invite_to_role",
    "make_primary",
    "meet",
    "meet_all",
    "merge",
    "prove",
    "readers",
    "redeem_role_invitation",
    "remove_address",
    "rename",
    "revoke_role",
    "send_code",
    "withdraw_role_invitation",
]
