"""The strict 1EdTech schema judges what we sign."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from laurels.credentials.proofs import documents
from laurels.credentials.proofs.tests.guild import Guild

SCHEMA = json.loads(Path(__file__).with_name("ob_v3p0_achievementcredential_schema.json").read_text(encoding="utf-8"))


def _problems(document):
    judge = jsonschema.Draft201909Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    return [problem.message for problem in judge.iter_errors(document)]


def test_a_full_and_a_sparse_credential_pass_the_strict_schema():
    sparse = Guild().signed(evidence=(), description="", image_url="", valid_until=None)

    assert _problems(Guild().signed()) + _problems(sparse) == []


@pytest.mark.parametrize("key", ["proof", "evidence"])
def test_the_schema_would_notice_one_object_in_place_of_an_array(key):
    signed = Guild().signed()

    assert _problems({**signed, key: signed[key][0]}) != []


def test_the_schema_would_notice_two_status_entries():
    signed = Guild().signed()

    assert _problems({**signed, "credentialStatus": [signed["credentialStatus"]] * 2}) != []


def test_validity_includes_the_last_second_of_its_last_day_in_the_bodys_zone():
    lisbon = ZoneInfo("Europe/Lisbon")

    assert documents.instant(documents.day_begins(date(2026, 7, 1), lisbon)) == "2026-06-30T23:00:00Z"
    assert documents.instant(documents.day_ends(date(2028, 6, 30), lisbon)) == "2028-06-30T22:59:59Z"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        documents.instant(datetime(2026, 7, 1))  # noqa: DTZ001


def test_retired_keys_stay_in_the_issuers_document():
    document = documents.did_document(did="did:web:x.example", keys=[("key-1", "z6Mk1"), ("key-2", "z6Mk2")])

    assert document["assertionMethod"] == ["did:web:x.example#key-1", "did:web:x.example#key-2"]


def test_text_is_stable_and_keeps_every_character():
    document = Guild().signed(awarded_at=datetime(2026, 4, 1, tzinfo=UTC))

    assert json.loads(documents.text(document)) == document
    assert "Zoë Łukasiewicz 王" in documents.text(document)
