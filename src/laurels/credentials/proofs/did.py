"""did:web names: from a web address to a name and back to where its document lies."""

import ipaddress
import re
from urllib.parse import quote, unquote, urlsplit

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1"})
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+")


def did_web(url: str) -> str:
    """The did:web name of an issuer at ``url``. ValueError when that address cannot be one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme != _scheme(host):
        raise ValueError(f"An issuer needs an https address (http only on localhost): {url}")
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"An issuer's address has no query, fragment or password: {url}")
    authority = host if parts.port is None else f"{host}%3A{parts.port}"
    segments = [quote(unquote(segment), safe="") for segment in parts.path.split("/") if segment]
    did = ":".join(["did", "web", authority, *segments])
    did_url(did)
    return did


def did_url(did: str) -> str:
    """Where the document of a did:web lies. ValueError for anything that is not a safe did:web."""
    method, _, name = did.partition("did:web:")
    if method or not name:
        raise ValueError(f"Not a did:web name: {did[:120]}")
    authority, *segments = name.split(":")
    origin = _origin(authority, did)
    if not all(_is_plain(unquote(segment)) for segment in segments):
        raise ValueError(f"A did:web name with a part that is no plain word: {did[:120]}")
    path = "/".join(segments) if segments else ".well-known"
    return f"{origin}/{path}/did.json"


def origin(url: str) -> str:
    """Scheme, host and port of an address, for comparing whose it is."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def is_local(url: str) -> bool:
    return urlsplit(url).hostname in LOCAL_HOSTS


def _origin(authority: str, did: str) -> str:
    host, colon, port = authority.replace("%3a", "%3A").partition("%3A")
    is_port = port.isascii() and port.isdecimal() and 0 < int(port) < 65536 if colon else not port
    if not _HOST.fullmatch(host) or not is_port or (_is_address(host) and host not in LOCAL_HOSTS):
        raise ValueError(f"A did:web name without a proper host: {did[:120]}")
    return f"{_scheme(host)}://{host}{':' + port if port else ''}"


def _scheme(host: str) -> str:
    return "http" if host in LOCAL_HOSTS else "https"


def _is_plain(segment: str) -> bool:
    return bool(_SEGMENT.fullmatch(segment)) and segment not in {".", ".."}


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
