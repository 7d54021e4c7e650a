"""The code of conduct in a pack: optional, dated, in versions."""

from datetime import UTC, date, datetime

import pytest

from laurels.kernel.actor import Actor
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Conduct
from laurels.programmes.queries import latest_conduct
from laurels.programmes.rules import PackProblems, read_pack

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SYSTEM = Actor.of_system("test")
FILE = "conduct/2026-01-15.md"


def test_a_pack_without_one_is_a_pack(own_pack):
    (own_pack / FILE).unlink()
    assert read_pack(own_pack).conduct == ()


def test_changed_words_are_a_new_version_and_the_older_stays(db, own_pack, rewrite):
    load_pack(own_pack, by=SYSTEM, now=NOW)
    load_pack(own_pack, by=SYSTEM, now=NOW)
    rewrite(FILE, "Be kind, and be clear.", "Be clear, and be kind.")
    load_pack(own_pack, by=SYSTEM, now=NOW)
    assert list(Conduct.objects.order_by("pk").values_list("version", flat=True)) == [1, 2]
    assert "Be clear, and be kind." in latest_conduct(date(2026, 3, 2)).text


def test_one_dated_ahead_waits_for_its_day(db, own_pack, client):
    load_pack(own_pack, by=SYSTEM, now=NOW)
    words = (own_pack / FILE).read_text().replace("2026-01-15", "2099-01-01")
    (own_pack / "conduct" / "2099-01-01.md").write_text(words)
    load_pack(own_pack, by=SYSTEM, now=NOW)
    assert latest_conduct(date(2026, 3, 2)).dated == date(2026, 1, 15)
    assert latest_conduct(date(2099, 1, 1)).dated == date(2099, 1, 1)
    assert latest_conduct(date(2026, 1, 14)) is None
    page = client.get("/code-of-conduct").content.decode()
    assert ("Be kind, and be clear." in page, "<h2>If something goes wrong</h2>" in page) == (True, True)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("Be kind.", "+++"),
        ("+++\ndated = 2026-01-15\n+++\n", "is empty"),
        ("+++\ndated = 2025-01-15\n+++\nBe kind.\n", "dated 2025-01-15 too"),
    ],
)
def test_what_is_wrong_is_said(own_pack, words, problem):
    (own_pack / "conduct" / "a.md").write_text("+++\ndated = 2025-01-15\n+++\nBe kind.\n")
    (own_pack / "conduct" / "b.md").write_text(words)
    with pytest.raises(PackProblems) as found:
        read_pack(own_pack)
    assert any(problem in each.message for each in found.value.problems)


def test_where_no_pack_brought_one_the_page_says_the_least(client, db):
    page = client.get("/code-of-conduct").content.decode()
    assert "Be kind, be clear, be who you are." in page
