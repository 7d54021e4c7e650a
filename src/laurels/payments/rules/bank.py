"""Accounts at banks, as people write them."""

import re

from django.utils.translation import gettext_lazy as _

from laurels.kernel.refusal import Refusal


def plain_iban(iban: str) -> str:
    """Without the blanks and dashes that people write."""
    return re.sub(r"[\s\-]", "", iban).upper()


def groups_of_four(iban: str) -> str:
    """As it is read aloud and printed: ``DE89 3704 0044 0532 0130 00``."""
    plain = plain_iban(iban)
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def why_not_iban(iban: str) -> Refusal | None:
    """Form and check digits of ISO 13616; an empty one is no account, and nothing is wrong with it."""
    plain = plain_iban(iban)
    if not plain:
        return None
    if re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", plain):
        digits = "".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])
        if int(digits) % 97 == 1:
            return None
    return Refusal("bad-iban", _("This is not an IBAN: a letter or digit is missing or mistyped."), "iban")
