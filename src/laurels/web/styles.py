"""All style sheets as one: a component has its own file, a phone on a slow line asks only once."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

MAIN = "laurels/css/laurels.css"
IMPORT = re.compile(r'@import url\("(?P<name>[a-z-]+\.css)"\) layer\((?P<layer>[a-z]+)\)(?: (?P<medium>[a-z]+))?;')
URL = re.compile(r'url\("?(?!data:)')


@dataclass(frozen=True, slots=True)
class Sheet:
    """Bytes, plain and small, and the name that changes whenever they do."""

    digest: str
    plain: bytes
    small: bytes


@cache
def sheet() -> Sheet:
    """``laurels.css`` with what it imports in the same place, each in its layer."""
    main = Path(finders.find(MAIN) or "")
    plain = IMPORT.sub(lambda found: _layered(main.parent, found), main.read_text(encoding="utf-8")).encode()
    return Sheet(hashlib.sha256(plain).hexdigest()[:16], plain, gzip.compress(plain, mtime=0))


def _layered(folder: Path, found: re.Match[str]) -> str:
    words = (folder / found["name"]).read_text(encoding="utf-8")
    if URL.search(words):
        raise ValueError(f"{found['name']} names a file beside it; its address would change in the joined sheet.")
    layered = f"@layer {found['layer']} {{\n{words}\n}}"
    return f"@media {found['medium']} {{\n{layered}\n}}" if found["medium"] else layered
