"""Everything a verifier may be shown, and what it says."""

import copy
import json
import time
from datetime import timedelta

import pytest

from laurels.credentials.proofs.canonical import CREDENTIALS_V2
from laurels.credentials.proofs.documents import text
from laurels.credentials.proofs.tests.guild import NOW, Guild
from laurels.credentials.proofs.verification import State, verify


def test_a_good_credential_is_valid_and_says_whose_it_is():
    verdict = Guild().verify(Guild().signed())

    assert verdict.state is State.VALID
    assert [(check.name, check.ok) for check in verdict.checks] == [
        ("readable", True),
        ("issuer", True),
        ("signature", True),
        ("dates", True),
        ("status", True),
    ]
    assert (verdict.holder, verdict.achievement, verdict.number, verdict.issuer_name) == (
        "Zoë Łukasiewicz 王",
        "Certified Scrum Product Owner",
        "CG-2026-000042",
        "Commonground Guild",
    )


def test_suspended_revoked_and_replaced_are_told_apart():
    assert Guild(blocked=True).verify(Guild().signed()).state is State.SUSPENDED
    assert Guild(blocked=True, revoked=True).verify(Guild().signed()).state is State.REVOKED
    assert Guild(blocked=True, replaced=True).verify(Guild().signed()).state is State.SUPERSEDED


def test_a_body_that_never_replaced_anything_needs_no_third_list():
    guild = Guild(blocked=True)
    published = {url: d for url, d in guild.public().items() if not url.endswith("/replacements")}
    guild.public = lambda: published

    assert guild.verify(guild.signed()).state is State.SUSPENDED


def test_the_last_second_is_valid_and_the_next_is_not():
    guild, signed = Guild(), Guild().signed()
    until = guild.verify(signed).valid_until

    assert guild.verify(signed, now=until + timedelta(microseconds=999_999)).state is State.VALID
    assert guild.verify(signed, now=until + timedelta(seconds=1)).state is State.EXPIRED
    assert guild.verify(signed, now=NOW - timedelta(days=700)).state is State.NOT_YET


def test_revoked_outweighs_expired():
    guild = Guild(blocked=True, revoked=True)

    assert guild.verify(guild.signed(), now=NOW + timedelta(days=1000)).state is State.REVOKED


def test_an_issuer_nobody_trusts_or_knows_is_said_so():
    guild = Guild()

    assert guild.verify(guild.signed(), issuers=["did:web:other.example"]).state is State.UNKNOWN_ISSUER
    assert guild.verify(guild.signed(), issuers=[guild.did]).state is State.VALID
    assert Guild(home="https://elsewhere.example").verify(guild.signed()).state is State.UNKNOWN_ISSUER


def test_a_self_made_key_in_the_header_is_not_believed():
    mallory = Guild(home="https://mallory.example")
    forged = mallory.sign(Guild().unsigned())
    claimed = copy.deepcopy(forged)
    claimed["proof"][0]["verificationMethod"] = f"{Guild().did}#key-9"

    assert Guild().verify(forged).state is State.TAMPERED
    assert Guild().verify(claimed).state is State.UNKNOWN_ISSUER


def test_a_status_list_signed_by_somebody_else_counts_for_nothing():
    guild, mallory = Guild(blocked=True), Guild(home="https://mallory.example")
    forged = mallory.sign({**guild.public()[guild.list_url], "issuer": guild.did})
    guild.files = {guild.list_url: json.dumps(forged).encode()}

    assert guild.verify(guild.signed()).state is State.UNREACHABLE


def test_a_status_list_of_another_address_or_purpose_counts_for_nothing():
    guild = Guild()
    guild.files = {guild.list_url: json.dumps(guild.public()[f"{guild.list_url}/revocations"]).encode()}

    assert guild.verify(guild.signed()).state is State.UNREACHABLE


def test_nothing_is_called_valid_when_the_status_cannot_be_known():
    guild = Guild()
    signed = guild.signed(status_list_url="https://guild.example/status/gone")

    assert guild.verify(signed).state is State.UNREACHABLE


def test_offline_says_what_it_did_not_ask():
    verdict = Guild(blocked=True).verify(Guild().signed(), check_status=False)

    assert verdict.state is State.VALID
    assert (verdict.checks[-1].name, verdict.checks[-1].ok) == ("status", None)


@pytest.mark.parametrize(("home", "is_asked"), [("https://guild.example", False), ("http://localhost:6379", True)])
def test_a_credential_cannot_send_a_verifier_to_knock_on_this_machine(home, is_asked):
    guild = Guild(home=home)
    signed = guild.signed(status_list_url="http://localhost:6379/status/l1")
    asked = []

    def fetch(url):
        asked.append(url)
        return guild.published[url]

    verify(json.dumps(signed), fetch=fetch, now=NOW)

    assert ("http://localhost:6379/status/l1" in asked) is is_asked


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        "[" * 100_000,
        '{"a":' * 50_000,
        b"\xff\xfe\x00",
        "<svg/>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"%PDF-1.7 nothing",
        "x" * 11_000_000,
        f'{{"@context": ["{CREDENTIALS_V2}"], "type": ["VerifiableCredential"]}}',
        f'{{"@context": ["{CREDENTIALS_V2}"], "type": ["VerifiableCredential", "AchievementCredential"]}}',
    ],
)
def test_rubbish_is_unreadable_and_nothing_else(content):
    started = time.monotonic()

    assert Guild().verify(content).state is State.UNREADABLE
    assert time.monotonic() - started < 1


def _places(value, path=()):
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _places(child, (*path, key))
    elif isinstance(value, list):
        for n, child in enumerate(value):
            yield from _places(child, (*path, n))
    else:
        yield path


def _changed(document, path, change):
    changed = copy.deepcopy(document)
    *way, leaf = path
    target = changed
    for step in way:
        target = target[step]
    change(target, leaf)
    return changed


def _append(target, leaf):
    target[leaf] = f"{target[leaf]}x" if isinstance(target[leaf], str) else not target[leaf]


def _other(target, leaf):
    target[leaf] = "https://mallory.example/x"


def _empty(target, leaf):
    target[leaf] = ""


def _drop(target, leaf):
    del target[leaf]


def _bend(target, leaf):
    target[leaf] = [{"id": "https://mallory.example/y", "type": ["Evidence"]}]


def _mutations(document):
    for path in _places(document):
        for change in (_append, _other, _empty, _drop, _bend):
            yield path, change.__name__, _changed(document, path, change)


def test_two_hundred_changes_of_any_kind_are_all_refused():
    guild, signed = Guild(), Guild().signed()
    refused = {State.TAMPERED, State.UNKNOWN_ISSUER, State.UNREADABLE}

    said = {(path, change): guild.verify(changed).state for path, change, changed in _mutations(signed)}

    assert len(said) >= 200
    assert {place: state for place, state in said.items() if state not in refused} == {}


@pytest.mark.parametrize(
    "addition",
    [
        {"evil": "x"},
        {"refreshService": {"id": "https://m.example/", "type": "1EdTechCredentialRefresh"}},
        {"holder": "x"},
        {"termsOfUse": [{"id": "https://m.example/t", "type": "Terms"}]},
        {"credentialSubject": []},
        {"proof": []},
        {"issuer": "did:web:mallory.example"},
        {"@context": ["https://www.w3.org/ns/credentials/v2"]},
    ],
)
def test_additions_are_refused(addition):
    assert not Guild().verify({**Guild().signed(), **addition}).is_valid


def test_a_second_proof_beside_the_good_one_is_refused():
    signed = Guild().signed()

    assert Guild().verify({**signed, "proof": [*signed["proof"], *signed["proof"]]}).state is State.TAMPERED


def test_the_order_of_keys_does_not_matter_and_the_text_as_stored_verifies():
    signed = Guild().signed()

    assert Guild().verify(text(dict(reversed(signed.items())))).state is State.VALID
