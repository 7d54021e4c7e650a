"""How a verifier asks the network: little, briefly, and never where a stranger's address may lead it."""

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import httpx

from laurels.credentials.proofs.did import is_local

Fetch = Callable[[str], bytes]
MOST_BYTES = 1_000_000
MOST_SECONDS = 5.0


class FetchFailed(Exception):
    """Nothing was brought back; the text is a sentence."""


class NotFound(FetchFailed):
    """The server answered, and there is no such thing."""


def folder_fetch(files: Mapping[str, bytes]) -> Fetch:
    """A fetch that knows some addresses by heart and asks nobody."""

    def fetch(url: str) -> bytes:
        if url not in files:
            raise NotFound(f"{url} is not among the files given.")
        return files[url]

    return fetch


def web_fetch(*, allow_local: bool = False) -> Fetch:
    """A fetch over https: no redirects, no private networks, 1 MB and 5 seconds at most.

    With ``allow_local`` also http on this machine itself, for an issuer that lives on localhost.
    """

    def fetch(url: str) -> bytes:
        address = _allowed_address(url, allow_local=allow_local)
        try:
            return _body(url, address)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchFailed(f"{url} did not answer ({type(error).__name__}).") from error

    return fetch


def _allowed_address(url: str, *, allow_local: bool) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_local(url) and parts.scheme in {"http", "https"} and allow_local:
        return host
    if parts.scheme != "https" or is_local(url) or parts.username is not None:
        raise FetchFailed(f"{url} is not a public https address.")
    addresses = _addresses(host, parts.port or 443)
    if not all(ipaddress.ip_address(address).is_global for address in addresses):
        raise FetchFailed(f"{url} leads into a private network.")
    return addresses[0]


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchFailed(f"{host} is not known.") from error
    return [str(address[0]) for *_, address in found]


def _body(url: str, address: str) -> bytes:
    parts = urlsplit(url)
    # The address that was looked at is the one connected to, so a name cannot change its mind in between.
    target = httpx.URL(url).copy_with(host=address)
    headers = {"Host": parts.netloc, "Accept": "application/json, */*", "User-Agent": "laurels-verify"}
    ends_at = time.monotonic() + MOST_SECONDS
    with (
        httpx.Client(timeout=MOST_SECONDS, follow_redirects=False, trust_env=False) as client,
        client.stream("GET", target, headers=headers, extensions={"sni_hostname": parts.hostname}) as answer,
    ):
        if answer.status_code in {404, 410}:
            raise NotFound(f"{url} is not there ({answer.status_code}).")
        if answer.status_code != 200:
            raise FetchFailed(f"{url} answered {answer.status_code}.")
        return _read(answer, url, ends_at)


def _read(answer: httpx.Response, url: str, ends_at: float) -> bytes:
    body = b""
    for part in answer.iter_bytes(65_536):
        body += part
        if len(body) > MOST_BYTES or time.monotonic() > ends_at:
            raise FetchFailed(f"{url} sends too much or too slowly.")
    return body
