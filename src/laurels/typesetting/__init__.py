"""Typst with our own fonts only, so that the same words give the same bytes on every machine."""

import json
import logging
import os
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

HERE = Path(__file__).parent
# The first face that has a character draws it. The order keeps digits and Latin letters in the Garamond.
FACES = (
    "EB Garamond 12",
    "Noto Serif",
    *(f"Noto Serif {script}" for script in ("Hebrew", "Armenian", "Georgian", "Devanagari", "Bengali", "Gujarati")),
    *(f"Noto Serif {script}" for script in ("Gurmukhi", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala")),
    *(f"Noto Serif {script}" for script in ("Thai", "Lao", "Khmer", "Myanmar", "Ethiopic")),
    "Noto Naskh Arabic",
    "Noto Serif CJK SC",
)
# Archive quality (A-3 may carry the signed credential inside) and accessible.
STANDARDS: list[Any] = ["a-3a", "ua-1"]

logger = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()
_typeset_in: set[int] = set()


def pdf(template: Path, words: Mapping[str, Any], *, at: datetime) -> bytes:
    """An archivable, accessible PDF. A character no face has costs the archive mark, never the document."""
    try:
        return _typeset(template, words, "pdf", at=at, pdf_standards=STANDARDS)
    except typst.TypstError as error:
        logger.warning("Not archivable (%s): %s", error.message, words.get("number", ""))
        return _typeset(template, words, "pdf", at=at)


def png(template: Path, words: Mapping[str, Any], *, at: datetime, ppi: float) -> bytes:
    return _typeset(template, words, "png", at=at, ppi=ppi)


def svg(template: Path, words: Mapping[str, Any], *, at: datetime) -> str:
    """Text becomes outlines, so the picture looks the same without our fonts."""
    return _typeset(template, words, "svg", at=at).decode()


def _typeset(
    template: Path, words: Mapping[str, Any], kind: Literal["pdf", "png", "svg"], *, at: datetime, **options: Any
) -> bytes:
    inputs = {"words": json.dumps({**words, "date": _date(at), "fonts": FACES}, ensure_ascii=False)}
    with _one_at_a_time:
        _require_no_fork_since()
        page = _compiler(template).compile(
            format=kind, sys_inputs=inputs, timestamp=at.astimezone(UTC).replace(microsecond=0), **options
        )
    assert isinstance(page, bytes)
    return page


def _require_no_fork_since() -> None:
    """Typst keeps a pool of threads, which a fork leaves behind: the child would wait for them for ever."""
    if _typeset_in - {os.getpid()}:
        raise RuntimeError("a process that has typeset was forked; typeset in the child alone, or start it anew")
    _typeset_in.add(os.getpid())


@cache
def _compiler(template: Path) -> typst.Compiler:
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=_folders())
    # What templates share, such as the wreath, they name from the top of our source: "/typesetting/wreath.typ".
    return typst.Compiler(str(template), root=str(HERE.parent), font_paths=faces)


def _folders() -> list[str]:
    """Our faces, then those an operator adds for scripts we do not have."""
    extra = os.environ.get("LAURELS_FONTS", "")
    return [str(HERE / "fonts"), *([extra] if extra else [])]


def _date(at: datetime) -> dict[str, int]:
    return {"year": at.year, "month": at.month, "day": at.day}
