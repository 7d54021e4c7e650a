"""The people's own steps, played: reading a letter, typing the code from it, following its link.

Used by the demo, the rehearsal and nothing else. What is played goes through the same actions as a click would.
"""

import re
from datetime import datetime

from laurels.credentials.actions import redeem_invitation
from laurels.credentials.models import Certification, Invitation
from laurels.kernel.actor import ANONYMOUS
from laurels.mail.models import Letter
from laurels.people.actions import prove, rename, send_code
from laurels.people.models import Person, Proof

CODE = re.compile(r"\b[0-9A-Z]{8}\b")
INVITATION_LINK = re.compile(r"/invitations/([\w-]+)")


def enter(email: str, name: str, *, now: datetime) -> Person:
    """Sign in as the owner of an address: ask for a code, read it in the letter, type it, give a name."""
    proof = send_code(email, purpose=Proof.Purpose.SIGN_IN, by=ANONYMOUS, now=now)
    letter = Letter.objects.to_email(email).filter(key="sign-in-code").latest_first()[0]
    found = CODE.search(letter.text)
    assert found, "the sign-in letter shows its code"
    person = prove(proof, found[0], by=ANONYMOUS, now=now)
    return person if person.name else rename(person, name, by=person.actor, now=now)


def secret_of(invitation: Invitation) -> str:
    """The secret of an invitation, as only its letter tells it."""
    letter = Letter.objects.to_email(invitation.email).filter(key="invitation").latest_first()[0]
    found = INVITATION_LINK.search(letter.text)
    assert found, "the invitation's letter shows its link"
    return found[1]


def accept(invitation: Invitation, person: Person, *, now: datetime) -> Certification:
    """Open the letter, follow its link, tick the licence, accept."""
    return redeem_invitation(secret_of(invitation), person=person, accepts_licence=True, by=person.actor, now=now)
