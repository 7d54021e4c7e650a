"""Articles: imported cleanly, found by words and topics, and by feed readers and search engines."""

from datetime import UTC, datetime

import pytest

from laurels.kernel.actor import Actor
from laurels.library import queries
from laurels.library.actions import import_articles
from laurels.library.models import Article
from laurels.library.rules.files import ArticleFile, read_article

SYSTEM = Actor.of_system("test")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = START.date()
GOOD = (
    b"---\ntitle: Saying no\ndate: 2026-01-05\nsummary: Kindly.\ntopics: [Ordering, stakeholders]\n---\n"
    + b"word " * 300
)
SENTENCE = "I shall ask what it pushes aside."


def imported(world, **files):
    raw = [(f"{name.replace('_', '-')}.md", text) for name, text in files.items()]
    return list(import_articles(world.guild, raw, by=SYSTEM, now=START))[-1]


@pytest.fixture
def article(world):
    imported(world, no=GOOD)
    return Article.objects.get()


def test_a_file_becomes_an_article(world, article):
    assert (article.slug, article.title, article.minutes, article.topics) == (
        "no",
        "Saying no",
        2,
        ["Ordering", "stakeholders"],
    )


def test_importing_again_changes_only_what_changed(world, article):
    first = imported(world, no=GOOD)
    assert (first.fresh, first.changed, first.same) == (0, 0, 1)

    again = imported(world, no=GOOD.replace(b"Saying no", b"A kind no"), more=GOOD)

    assert (again.fresh, again.changed, again.same) == (1, 1, 0)
    assert Article.objects.get(slug="no").title == "A kind no"


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        (b"no front matter", 1, "must begin with front matter"),
        (b"---\ntitle: [\n---\ntext", 2, "cannot be read"),
        (b"---\ndate: 2026-01-01\n---\ntext", 2, "title"),
        (b"---\ntitle: x\ndate: soon\n---\ntext", 2, "date"),
        (b"---\ntitle: x\ndate: 2026-01-01\n---\n  ", 0, "no text"),
        (b"\xff\xfe", 0, "UTF-8"),
        (b"---\n- a\n---\ntext", 2, "must name things"),
        (b"+++\ntitle = \n+++\ntext", 2, "cannot be read"),
        (b"x" * 1_000_001, 0, "megabyte"),
    ],
)
def test_one_broken_file_of_many_is_named_and_the_others_come_in(world, raw, line, words):
    done = imported(world, a=GOOD, broken=raw, b=GOOD)

    assert Article.objects.count() == 2
    (problem,) = done.problems
    assert (problem.file, problem.line) == ("broken.md", line)
    assert words in str(problem)


def test_toml_and_commas_do_as_well(world):
    found = read_article("x.md", b'+++\ntitle = "T"\ndate = 2026-01-05\ntags = "a, b"\n+++\nHello')
    assert isinstance(found, ArticleFile)
    assert (found.topics, found.dated.isoformat()) == (("a", "b"), "2026-01-05")


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<iframe src=//evil.example></iframe>",
        "<a href='data:text/html,x'>x</a>",
        "<form action=/sign-out><button>x</button></form>",
        "<style>*{display:none}</style>",
        "<svg onload=alert(1)>",
    ],
)
def test_nothing_that_could_run_comes_through(evil):
    found = read_article(
        "x.md", GOOD + b"\n\n" + evil.encode() + b"\n\n[good](https://good.example) ![p](https://good.example/p.png)"
    )
    for sign in ("<script", "onerror", "onload", "<iframe", "<form", "<style", 'href="javascript', 'href="data'):
        assert sign not in found.html
    assert 'href="https://good.example"' in found.html
    assert 'src="https://good.example/p.png"' in found.html


def test_drafts_and_what_is_dated_later_are_not_shown(world, client, article):
    imported(
        world, draft=GOOD.replace(b"title", b"draft: true\ntitle", 1), later=GOOD.replace(b"2026-01-05", b"2999-01-05")
    )
    assert client.get("/articles/no").status_code == 200
    assert client.get("/articles/draft").status_code == client.get("/articles/later").status_code == 404
    page = client.get("/articles").content.decode()
    assert page.count("<h2><a") == 1


def test_searching_and_topics(world, article):
    imported(world, other=GOOD.replace(b"Saying no", b"Interviews").replace(b"Ordering", b"Discovery"))

    def found(words="", topic=""):
        return [one.slug for one in queries.articles(words, topic, "", None, today=TODAY).articles]

    assert (found("INTERviews"), found(topic="ordering"), found("kindly"), found("nothing")) == (
        ["other"],
        ["no"],
        ["other", "no"],
        [],
    )
    assert found(topic="order") == []


def test_pages_of_articles_hold_each_once(world):
    imported(world, **{f"a{nth:02}": GOOD.replace(b"-05", f"-{1 + nth % 3:02}".encode()) for nth in range(45)})
    seen, after = [], ""
    while True:
        shelf = queries.articles("", "", after, None, today=TODAY)
        seen += [one.slug for one in shelf.articles]
        after = shelf.next_after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 45


def test_feed_readers_and_search_engines_find_what_is_published(world, client, article):
    imported(world, draft=GOOD.replace(b"title", b"draft: true\ntitle", 1))

    feed = client.get("/articles.atom")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "Saying no" in feed.content.decode()
    assert feed.content.decode().count("<entry>") == 1
    page = client.get("/articles").content.decode()
    assert 'type="application/atom+xml" href="/articles.atom"' in page

    found = client.get("/sitemap.xml").content.decode()
    assert "/articles/no</loc>" in found
    assert "draft" not in found
