"""Certificate numbers, and the names that go with them."""

import re
import secrets

from laurels.credentials.models import name_key
from laurels.kernel.ids import CROCKFORD

_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_number(body_name: str, body_slug: str, scheme_code: str) -> str:
    """``CG-CSPO-7K3M-92QF``: the body's initials, the scheme, 40 random bits. It never changes and says nothing else.

    40 bits are enough: a number tells nothing without the name, and public addresses have 90 bits of their own.
    """
    letters = "".join(secrets.choice(CROCKFORD) for _ in range(8)).upper()
    return "-".join([_initials(body_name, body_slug), _plain(scheme_code), letters[:4], letters[4:]])


def normal_number(text: str) -> str:
    """A number as people type it: any case, spaces for dashes, O for 0 and I or L for 1 in its random part."""
    parts = re.sub(r"[\s‐-―-]+", "-", text.strip().upper()).strip("-").split("-")
    return "-".join([*parts[:-2], *(part.translate(_LOOKALIKES) for part in parts[-2:])])


def is_same_name(one: str, other: str) -> bool:
    """Whether two spellings mean the same name: accents, capitals and spaces do not matter."""
    return secrets.compare_digest(name_key(one).encode(), name_key(other).encode())


def _initials(name: str, slug: str) -> str:
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name) if word[0].isupper())[:4]
    return initials if len(initials) > 1 else _plain(slug)[:4]


def _plain(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", code.upper())
