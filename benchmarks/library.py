"""The library: a thousand articles come in, and somebody searches five thousand of them."""

from datetime import date, timedelta
from random import Random

from django.db import connection
from django.test import Client
from markdown_it import MarkdownIt

from benchmarks import scenery
from benchmarks.figures import Row, cpu
from laurels.library.actions import import_articles
from laurels.library.models import Article

COMING_IN = 1_000
SHELF = 5_000
WORDS = [
    "backlog",
    "order",
    "customer",
    "reason",
    "promise",
    "harbour",
    "bridge",
    "question",
    "month",
    "wish",
    "team",
    "review",
    "value",
    "slice",
    "sketch",
    "trial",
    "learn",
    "wait",
    "answer",
    "week",
    "nobody",
]
# Each stands in few articles: the search has to look at all of them.
RARE = "lighthouse"


def measure(scale: float) -> list[Row]:
    body, count = scenery.scheme().body, max(50, int(COMING_IN * scale))
    files = [(f"{nth}.md", article(nth)) for nth in range(count)]
    coming_in = cpu(lambda: list(import_articles(body, files, by=scenery.BENCH, now=scenery.NOW)))
    bare = cpu(lambda: [MarkdownIt().render(raw.decode()) for _name, raw in files])
    assert Article.objects.count() == count
    stock(SHELF)
    requests = max(5, int(30 * scale))
    page, scan = _search(requests), _scan(requests)
    return [
        Row(
            f"import of {count:,} articles",
            f"{coming_in:.1f} CPU-s",
            f"their Markdown alone {bare:.1f} s",
            f"×{coming_in / bare:.1f}",
            "1,000 ≤ 30 s",
        ),
        Row(
            f"search of {SHELF:,} articles, the page",
            f"{page * 1000:.1f} CPU-ms",
            f"one LIKE over the same texts {scan * 1000:.1f} ms",
            f"×{page / scan:.1f}",
            "≤ 50 ms",
        ),
    ]


def article(nth: int) -> bytes:
    """Some six hundred words, as somebody writes them: front matter, headings, a list."""
    some = Random(nth)
    parts = [" ".join(some.choices(WORDS, k=60)) + "." for _part in range(9)]
    text = "\n\n".join(f"## Part {number}\n\n{part}\n\n- *{part[:30]}*" for number, part in enumerate(parts))
    rare = RARE if nth % 500 == 7 else ""
    day = date(2020, 1, 1) + timedelta(days=nth % 2_000)
    front = f"title: Article {nth}\ndate: {day}\nsummary: What {nth} taught us.\ntopics: [ordering]"
    return f"---\n{front}\n---\n{text}\n\n{rare}\n".encode()


def stock(total: int) -> None:
    """Fill the shelf up with copies of what came in, under addresses of their own."""
    known = list(Article.objects.order_by("pk"))
    fields = [one.attname for one in Article._meta.concrete_fields if one.attname not in ("id", "slug")]
    copies = (
        Article(slug=f"copy-{nth}", **{name: getattr(known[nth % len(known)], name) for name in fields})
        for nth in range(total - len(known))
    )
    Article.objects.bulk_create(copies, batch_size=500)


def _search(requests: int) -> float:
    client = Client()
    assert "Article 7<" in client.get(f"/articles?q={RARE}").content.decode()
    return cpu(lambda: [client.get(f"/articles?q={RARE}") for _ in range(requests)]) / requests


def _scan(requests: int) -> float:
    """What the database takes for the plainest search there is."""

    def scan() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM library_article WHERE text LIKE %s", [f"%{RARE}%"])

    return cpu(lambda: [scan() for _ in range(requests)]) / requests
