"""Is this credential to be trusted? One answer, and every check behind it.

Needs only the document and a way to ask for two public ones: the issuer's keys and its status list.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from laurels.credentials.proofs import baking, reading, status
from laurels.credentials.proofs.did import did_url, is_local, origin
from laurels.credentials.proofs.fetching import Fetch, FetchFailed, NotFound
from laurels.credentials.proofs.integrity import CRYPTOSUITE, is_signed_by
from laurels.credentials.proofs.multikey import decode
from laurels.credentials.proofs.reading import Unreadable
from laurels.credentials.proofs.verdict import Check, State, Verdict

__all__ = ["Check", "Fetch", "State", "Verdict", "verify"]

LARGEST_FILE = 10_000_000


class _Stop(Exception):
    """A check failed in a way that makes the later ones meaningless."""

    def __init__(self, state: State, name: str, detail: str) -> None:
        super().__init__(detail)
        self.state, self.check = state, Check(name, False, detail)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What every step of one verification needs."""

    fetch: Fetch
    now: datetime
    issuers: Collection[str] | None


def verify(
    content: str | bytes,
    *,
    fetch: Fetch,
    now: datetime,
    check_status: bool = True,
    issuers: Collection[str] | None = None,
) -> Verdict:
    """The verdict on a credential as JSON, baked PNG or SVG, or our PDF. Never raises for bad input.

    ``issuers``: the only did:web names to trust; None trusts whoever controls the domain that signed, and says which.
    """
    asking = _Asking(fetch, now, issuers)
    verdict = Verdict(State.UNREADABLE)
    try:
        document = _read(content)
        verdict = reading.summary(document).and_check("readable", True, "An Open Badges 3.0 credential.")
        keys = _issuer_keys(verdict.issuer, asking)
        verdict = verdict.and_check("issuer", True, f"The keys were published at {did_url(verdict.issuer)}.")
        _refuse_unsigned(document, verdict.issuer, keys)
        verdict = verdict.and_check("signature", True, "The content is what the issuer signed.")
        verdict = _with_dates(verdict, now)
        return _with_status(document, verdict, keys, asking, check_status=check_status)
    except Unreadable as error:
        return replace(verdict, state=State.UNREADABLE).and_check("readable", False, str(error))
    except _Stop as stop:
        return replace(verdict, state=stop.state, checks=(*verdict.checks, stop.check))


def _read(content: str | bytes) -> reading.Json:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(raw) > LARGEST_FILE:
        raise Unreadable("The file is larger than any credential.")
    try:
        text = baking.unbake(raw)
    except ValueError as error:
        raise Unreadable(str(error)) from error
    return reading.credential(text)


def _issuer_keys(did: str, asking: _Asking) -> Mapping[str, str]:
    """The issuer's signing keys: id → multibase."""
    try:
        url = did_url(did)
    except ValueError as error:
        raise _Stop(State.UNKNOWN_ISSUER, "issuer", f"The issuer has no name we can look up. {error}") from error
    if asking.issuers is not None and did not in asking.issuers:
        raise _Stop(State.UNKNOWN_ISSUER, "issuer", f"{did} is not an issuer you trust.")
    try:
        return reading.signing_keys(asking.fetch(url), did)
    except NotFound as error:
        raise _Stop(State.UNKNOWN_ISSUER, "issuer", f"The issuer publishes no keys: {error}") from error
    except FetchFailed as error:
        raise _Stop(State.UNREACHABLE, "issuer", f"The issuer cannot be asked: {error}") from error
    except Unreadable as error:
        raise _Stop(State.UNKNOWN_ISSUER, "issuer", f"The issuer's keys cannot be read. {error}") from error


def _refuse_unsigned(document: reading.Json, did: str, keys: Mapping[str, str]) -> None:
    proof = reading.proof(document)
    if proof is None or proof.get("cryptosuite") != CRYPTOSUITE or proof.get("type") != "DataIntegrityProof":
        raise _Stop(State.TAMPERED, "signature", f"There is not exactly one proof of the kind {CRYPTOSUITE}.")
    method = proof.get("verificationMethod")
    if not isinstance(method, str) or not method.startswith(f"{did}#"):
        raise _Stop(State.TAMPERED, "signature", "The proof was not made with a key of the issuer it names.")
    if method not in keys:
        raise _Stop(State.UNKNOWN_ISSUER, "signature", "The key that signed is not one of the issuer's keys.")
    if proof.get("proofPurpose") != "assertionMethod" or not _is_signed(document, proof, keys[method]):
        raise _Stop(State.TAMPERED, "signature", "The content was changed after it was signed.")


def _is_signed(document: reading.Json, proof: reading.Json, public_multibase: str) -> bool:
    try:
        return is_signed_by(document, proof, decode(public_multibase))
    except ValueError:
        return False


def _with_dates(verdict: Verdict, now: datetime) -> Verdict:
    if verdict.valid_from is not None and now < verdict.valid_from:
        early = replace(verdict, state=State.NOT_YET)
        return early.and_check("dates", False, f"Valid from {verdict.valid_from:%Y-%m-%d}.")
    if verdict.valid_until is not None and now.replace(microsecond=0) > verdict.valid_until:
        expired = replace(verdict, state=State.EXPIRED)
        return expired.and_check("dates", False, f"It was valid until {verdict.valid_until:%Y-%m-%d}.")
    until = f"until {verdict.valid_until:%Y-%m-%d}" if verdict.valid_until else "without end"
    return replace(verdict, state=State.VALID).and_check("dates", True, f"Valid {until}.")


def _with_status(
    document: reading.Json, verdict: Verdict, keys: Mapping[str, str], asking: _Asking, *, check_status: bool
) -> Verdict:
    if not check_status:
        return verdict.and_check("status", None, "Not asked whether it was suspended or revoked since.")
    entries = reading.status_entries(document)
    if not entries:
        return verdict.and_check("status", True, "The issuer keeps no list of withdrawn credentials.")
    look_up = _list_reader(verdict.issuer, keys, asking)
    try:
        states = [state for entry in entries if (state := _withdrawn(entry, look_up)) is not None]
    except (FetchFailed, Unreadable) as error:
        state = verdict.state if verdict.state is not State.VALID else State.UNREACHABLE
        return replace(verdict, state=state).and_check("status", False, f"The status cannot be known: {error}")
    if not states:
        return verdict.and_check("status", True, "Neither suspended nor revoked.")
    worst = min(states, key=[State.REVOKED, State.SUPERSEDED, State.SUSPENDED].index)
    return replace(verdict, state=worst).and_check("status", False, _WITHDRAWN[worst])


_WITHDRAWN = {
    State.REVOKED: "The issuer revoked it.",
    State.SUPERSEDED: "The issuer replaced it by a newer one.",
    State.SUSPENDED: "The issuer suspended it.",
}

_LookUp = Callable[[str, str, int], bool]


def _withdrawn(entry: reading.StatusEntry, look_up: _LookUp) -> State | None:
    if not look_up(entry.url, entry.purpose, entry.index):
        return None
    if entry.purpose == "revocation":
        return State.REVOKED
    # Two neighbours of our lists tell why (decision 0003); other issuers have none, and then it is a suspension.
    for suffix, purpose, state in (
        ("/revocations", "revocation", State.REVOKED),
        ("/replacements", "refresh", State.SUPERSEDED),
    ):
        try:
            if look_up(entry.url + suffix, purpose, entry.index):
                return state
        except NotFound:
            continue
    return State.SUSPENDED


def _list_reader(did: str, keys: Mapping[str, str], asking: _Asking) -> _LookUp:
    """Reads one bit of a list that the same issuer signed."""

    def look_up(url: str, purpose: str, index: int) -> bool:
        # A credential from anywhere must not make us knock at doors on this machine.
        if is_local(url) and origin(url) != origin(did_url(did)):
            raise FetchFailed(f"{url} is not an address of the issuer.")
        document = reading.signed_object(asking.fetch(url).decode("utf-8", "replace"))
        _refuse_other_list(document, url=url, purpose=purpose, did=did)
        try:
            _refuse_unsigned(document, did, keys)
            return status.bit(status.decode(document["credentialSubject"]["encodedList"]), index)
        except (_Stop, ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable(f"The status list {url} is not the issuer's. {error}") from error

    return look_up


def _refuse_other_list(document: reading.Json, *, url: str, purpose: str, did: str) -> None:
    subject = document.get("credentialSubject")
    is_the_list = (
        document.get("id") == url
        and reading.has_type(document, "BitstringStatusListCredential")
        and reading.issuer_id(document) == did
        and isinstance(subject, Mapping)
        and subject.get("statusPurpose") == purpose
    )
    if not is_the_list:
        raise Unreadable(f"{url} is not the issuer's list of the purpose {purpose}.")
