import json
from datetime import UTC, date, datetime

import pytest

from laurels.credentials.models import Certification
from laurels.credentials.proofs.fetching import folder_fetch
from laurels.credentials.proofs.verification import State, verify
from laurels.kernel.refusal import Refused
from laurels.people.models import Person
from laurels.web.rehearsal import rehearse

NOW = datetime(2026, 4, 17, 9, 0, tzinfo=UTC)
LIST = (
    "\ufeffName;E-Mail;Firma\r\n"
    "“Zoë Müller”;zoe@people.example;X\r\n"
    "Bad;not-an-address;Y\r\n"
    "John;john@people.example;\r\n"
    "Dup;JOHN@people.example;Z\r\n"
)


@pytest.fixture
def rehearsal_home(db, settings):
    settings.MODE = "rehearsal"
    settings.LETTERS = "page"


def silent(what, total):
    return lambda: None


def run(out, content=LIST):
    return rehearse("list.csv", content.encode(), out, held_on=date(2026, 4, 16), now=NOW, progress=silent)


def test_good_lines_become_certificates_and_bad_ones_are_named(rehearsal_home, tmp_path):
    summary = run(tmp_path)

    assert [(one.line, one.result) for one in summary.results] == [
        (2, "certified"),
        (3, "refused"),
        (4, "certified"),
        (5, "refused"),
    ]
    assert Certification.objects.count() == 2
    numbers = {one.number for one in summary.results if one.number}
    assert {path.stem for path in (tmp_path / "credentials").iterdir()} == numbers
    assert {path.stem for path in (tmp_path / "certificates").iterdir()} == numbers
    assert {path.stem for path in (tmp_path / "badges").iterdir()} == numbers


def test_what_comes_out_is_signed_by_the_issuer_beside_it(rehearsal_home, tmp_path):
    one = run(tmp_path).results[0]
    document = (tmp_path / one.credential).read_text(encoding="utf-8")
    issuer = (tmp_path / "issuer.json").read_bytes()
    fetch = folder_fetch({json.loads(document)["issuer"]["id"]: issuer, **at_its_address(issuer)})

    assert verify(document, fetch=fetch, now=NOW, check_status=False).state is State.VALID
    assert verify(document.replace("2028-04-16", "2038-04-16"), fetch=fetch, now=NOW, check_status=False).state is (
        State.TAMPERED
    )


def at_its_address(issuer: bytes) -> dict[str, bytes]:
    from laurels.credentials.proofs.did import did_url

    return {did_url(json.loads(issuer)["id"]): issuer}


def test_a_database_with_people_in_it_is_refused(rehearsal_home, tmp_path, world):
    _ = world.ada
    with pytest.raises(Refused, match="already holds people"):
        run(tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_live_system_is_refused(db, tmp_path, settings):
    settings.MODE = "production"
    with pytest.raises(Refused, match="never on a live system"):
        run(tmp_path)

    assert not Person.objects.exists()
