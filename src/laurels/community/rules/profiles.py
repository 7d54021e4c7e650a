"""What a profile may say, and how its words become a page."""

import unicodedata
from functools import cache
from urllib.parse import urlsplit

import nh3
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from laurels.community.models import Profile, Ruling
from laurels.credentials.models import name_key
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person

ABOUT_MOST = 5000
LINKS_MOST = 5
LANGUAGES_MOST = 12
LINK_LENGTH = 300
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "code", "pre", "hr"}
_https = URLValidator(schemes=["https"])


@cache
def language_names() -> dict[str, str]:
    """The languages that can be named, by their codes, with their English names."""
    plain = {code: told["name"] for code, told in LANG_INFO.items() if "-" not in code and "name" in told}
    return {**plain, "zh": "Chinese"}


@cache
def _spellings() -> dict[str, str]:
    """Every way to write a language, to its code: in English, in itself, or the code."""
    own = {code: LANG_INFO[code]["name_local"] for code in language_names() if code in LANG_INFO}
    known = {**own, "zh": "中文"}
    ways = [(code, code) for code in language_names()]
    ways += [(name, code) for code, name in language_names().items()]
    ways += [(name, code) for code, name in known.items()]
    return {name_key(way): code for way, code in ways}


def read_languages(text: str) -> list[str] | Refusal:
    """Codes of the languages named in “English, Deutsch”, each once; the first one nobody knows is refused."""
    named = [one.strip() for one in text.replace(";", ",").replace("\n", ",").split(",")]
    found = []
    for one in named:
        code = _spellings().get(name_key(one))
        if one and code is None:
            words = _("We do not know a language called “%(name)s”. Write it in English or in itself.")
            return Refusal("language", words % {"name": one[:40]}, field="languages")
        found += [code] if code else []
    codes = list(dict.fromkeys(found))
    if len(codes) > LANGUAGES_MOST:
        return Refusal("languages", _("Twelve languages at most. Admirable!"), field="languages")
    return codes


def read_links(text: str) -> list[str] | Refusal:
    """The addresses, one a line; only https, and none that hides where it leads."""
    links = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(links) > LINKS_MOST:
        return Refusal("links", _("Five links at most, one a line."), field="links")
    for link in links:
        if not _is_open_link(link):
            words = _("“%(link)s” is no address that begins with https://. Check it, please.")
            return Refusal("link", words % {"link": link[:80]}, field="links")
    return links


def _is_open_link(link: str) -> bool:
    try:
        _https(link)
    except ValidationError:
        return False
    # A name before the host (https://bank.example@elsewhere.example) makes a link look like another one.
    return len(link) <= LINK_LENGTH and "@" not in urlsplit(link).netloc and link.isascii()


def drawn_whole(text: str) -> SafeString:
    """Markdown of an organisation as HTML, with its headings."""
    return mark_safe(nh3.clean(MarkdownIt("commonmark", {"html": False}).render(text)))


def drawn(text: str) -> SafeString:
    """Markdown of a person as HTML, without pictures, headings or anything that could run."""
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(text)
    for token in tokens:
        # The page has headings of its own, and readers by ear go by them.
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
    html = markdown.renderer.render(tokens, markdown.options, {})
    rel = "noopener noreferrer nofollow ugc"
    return mark_safe(nh3.clean(html, tags=TAGS, url_schemes={"http", "https", "mailto"}, link_rel=rel))


def why_not_save(about: str, place: str, *, by: Actor) -> Refusal | None:
    if len(about) > ABOUT_MOST:
        return Refusal("long", _("That is more than %(n)s letters. Shorten it a little.") % {"n": ABOUT_MOST}, "about")
    if any(unicodedata.category(sign) == "Cc" for sign in place):
        return Refusal("place", _("A place is one line."), field="place")
    if by.is_anonymous:
        return Refusal("not-yours", _("Only the person themselves writes their profile."))
    return None


def why_not_change(profile: Profile, *, by: Actor) -> Refusal | None:
    if by.person_id != profile.person_id:
        return Refusal("not-yours", _("Only the person themselves changes their profile."))
    return None


def why_not_publish(
    profile: Profile, person: Person, hidden: Ruling | None, excluded: Ruling | None, *, by: Actor
) -> Refusal | None:
    """``hidden`` and ``excluded`` are rulings in force against the profile and its person."""
    if refusal := why_not_change(profile, by=by):
        return refusal
    if not person.name:
        return Refusal(
            "no-name", _("Say first what you are called: it stands on your profile. You do that at “About me”.")
        )
    if excluded:
        return Refusal(
            "excluded", _("You are excluded from the community for now. The letter about it says how to appeal.")
        )
    if hidden:
        return Refusal("hidden", _("Your profile was hidden under the code of conduct. The letter says how to appeal."))
    return None
