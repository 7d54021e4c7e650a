"""Titles of columns."""

import re
import unicodedata


def folded(text: str) -> str:
    """Lower case, without accents and punctuation, with single blanks: how titles are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+|_", " ", plain).split())
