import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import normal_email
from laurels.workshops.models import Seat, Workshop

NAME_LIMIT = 120
# Joiners that Persian, Hindi and others cannot be written without; every other format character is refused.
JOINERS = {"\u200c", "\u200d"}
REFUSED_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Declared:
    """What a learner says before certification, cleaned."""

    certificate_name: str
    email: str
    is_member_already: bool
    member_email: str = ""


def clean_name(text: str) -> str:
    """A name as it is stored: composed (NFC), one space between words, none around."""
    return " ".join(part for part in unicodedata.normalize("NFC", text).split(" ") if part)


def why_not_this_name(name: str) -> Refusal | None:
    """Names of any script and of one word are welcome; what cannot be printed is not."""
    if not name:
        return Refusal("no-name", _("Write your name as it shall stand on the certificate."), "certificate_name")
    if len(name) > NAME_LIMIT:
        words = _("That name is too long for a certificate: at most %(limit)s characters.") % {"limit": NAME_LIMIT}
        return Refusal("long-name", words, "certificate_name")
    if any(unicodedata.category(sign) in REFUSED_CATEGORIES and sign not in JOINERS for sign in name):
        words = _("The name holds an invisible or control character. Type it again instead of pasting it.")
        return Refusal("unprintable-name", words, "certificate_name")
    if not any(sign.isalpha() for sign in name):
        return Refusal("no-letter", _("A name has at least one letter."), "certificate_name")
    return None


def why_not_declare(
    seat: Seat,
    declared: Declared,
    *,
    addresses: Mapping[str, bool],
    signed_version: int | None,
    by: Actor,
) -> Refusal | None:
    """``addresses`` are the person's own e-mails and whether each is verified."""
    if not by.is_system and by.person_id != seat.person_id:
        return Refusal("not-yours", _("Only the person on this seat confirms the certificate's name."))
    if seat.state not in Seat.FILLED or seat.workshop.state == Workshop.State.CANCELLED:
        return Refusal("no-seat", _("This seat is no longer taken, so there is nothing to confirm."))
    if signed_version is not None:
        return Refusal(
            "signed",
            _("Your name is already signed in the list for the certifying body. Ask your trainer if it is wrong."),
        )
    if refusal := why_not_this_name(declared.certificate_name):
        return refusal
    return why_not_these_addresses(declared, addresses=addresses, by=by)


def why_not_these_addresses(declared: Declared, *, addresses: Mapping[str, bool], by: Actor) -> Refusal | None:
    if declared.email not in addresses:
        return Refusal("not-your-address", _("Choose one of your own addresses."), "email")
    # The system speaks for imported people who have never signed in; their invitation verifies the address.
    if not addresses[declared.email] and not by.is_system:
        return Refusal("unverified", _("Verify that address first, or choose another."), "email")
    if declared.member_email and not declared.is_member_already:
        return Refusal("member", _("Say yes if you are a member, or leave that address empty."), "member_email")
    if declared.member_email != normal_email(declared.member_email):
        return Refusal("member", _("Write that address in small letters, without spaces around it."), "member_email")
    return None
