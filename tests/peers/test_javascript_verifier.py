"""Libraries of other people, in another language, judge what we sign."""

import copy
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from laurels.credentials.proofs.tests.guild import NOW, Guild

HERE = Path(__file__).parent
pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def javascript():
    if shutil.which("node") is None or shutil.which("npm") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Node is missing, and CI must not pass without the outside judge.")
        pytest.skip("NODE IS MISSING: the JavaScript verifier did not judge our credentials.")
    if not (HERE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True, timeout=240)
    return _judge


def _judge(guild: Guild, *credentials: Any) -> list[dict[str, Any]]:
    published = guild.public()
    documents = {**published, guild.did: published[f"{guild.home}/issuers/guild/did.json"]}
    asked = [{"name": str(n), "credential": one, "now": NOW.isoformat()} for n, one in enumerate(credentials)]
    done = subprocess.run(
        ["node", str(HERE / "verify.mjs")],
        input=json.dumps({"documents": documents, "credentials": asked}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_good_credential_is_good_there_too(javascript):
    guild = Guild()
    plain = guild.signed(evidence=(), description="", image_url="", valid_until=None)

    verdicts = javascript(guild, guild.signed(), plain)

    assert [(v["verified"], v["blocked"], v["error"]) for v in verdicts] == [(True, False, None), (True, False, None)]


def test_a_changed_credential_is_refused_there_too(javascript):
    guild = Guild()
    renamed, prolonged = guild.signed(), copy.deepcopy(guild.signed())
    renamed["credentialSubject"]["identifier"][0]["identityHash"] = "Mallory"
    prolonged["validUntil"] = "2099-12-31T23:59:59Z"

    assert [v["verified"] for v in javascript(guild, renamed, prolonged, guild.signed())] == [False, False, True]


def test_a_suspended_credential_is_seen_there_and_not_taken_for_a_revoked_one(javascript):
    guild = Guild(blocked=True)

    (verdict,) = javascript(guild, guild.signed())

    assert (verdict["blocked"], verdict["revoked"]) == (True, False)


def test_a_revoked_credential_is_seen_there(javascript):
    guild = Guild(blocked=True, revoked=True)

    (verdict,) = javascript(guild, guild.signed())

    assert (verdict["blocked"], verdict["revoked"]) == (True, True)


def test_an_issuer_on_localhost_verifies_there_too(javascript):
    guild = Guild(home="http://localhost:8123")

    (verdict,) = javascript(guild, guild.signed())

    assert (verdict["verified"], verdict["error"]) == (True, None)
