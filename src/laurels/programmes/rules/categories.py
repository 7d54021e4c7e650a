"""In which categories units are reported under a policy. The only place that knows."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST = 40
# Nothing in it that the texts of the nightly run are cut at.
KEY = r"[a-z0-9]+(?:_[a-z0-9]+)*"
EXAM = "exam"
# The four kinds of Scrum Alliance since about 2020 (SA-SEU24), where a policy names none of its own.
USUAL: "dict[str, str | _StrPromise]" = {
    "events": _("Events"),
    "learning": _("Learning"),
    "volunteering": _("Volunteering"),
    "other": _("Other"),
}


# A ledger has few categories and many entries.
@lru_cache(maxsize=256)
def category(name: str) -> str:
    """``giving-back`` and ``Giving back`` are ``giving_back``."""
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def is_category(key: str) -> bool:
    """Whether a line of a ledger can have it."""
    return len(key) <= LONGEST and re.fullmatch(KEY, key) is not None


def category_in_words(key: str) -> str:
    """``courses_taught`` where nobody gave it a label: “Courses taught”."""
    return str(USUAL.get(key) or key.replace("_", " ").capitalize())


def categories_of(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Key → label: the policy's own, in its order, else the usual four; and what its rules ask for besides."""
    own = dict(parameters["categories"]) if "categories" in parameters else {one: str(USUAL[one]) for one in USUAL}
    besides = {key for name in _asked_for(parameters) if is_category(key := category(name))}
    return own | {key: category_in_words(key) for key in sorted(besides - own.keys())}


def counted_names(parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(rule, name) of every category that a policy treats in a way of its own."""
    for rule in ("category_caps", "category_minimums", "category_percents", "categories_excluded"):
        yield from ((rule, name) for name in parameters.get(rule, ()))
    for group, members in parameters.get("category_groups", {}).items():
        yield from (("category_groups", name) for name in (group, *members))


def activity_names(parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(rule, name) of everything that a policy asks for besides units."""
    yield from (("activities", name) for name in parameters.get("activities", ()))
    for named in parameters.get("activities_by_scheme", {}).values():
        yield from (("activities_by_scheme", name) for name in named)


def _asked_for(parameters: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for rule, name in counted_names(parameters) if rule != "categories_excluded")
    yield from (name for _rule, name in activity_names(parameters))
    if parameters.get("exam_to_renew") or parameters.get("reinstatement") == "exam":
        yield EXAM
