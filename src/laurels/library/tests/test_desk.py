"""Staff write, look at it, and publish when its day has come; pictures and links come along with imported ones."""

import re
from datetime import date

import pytest

from laurels.kernel.actor import Actor
from laurels.library.actions import import_articles
from laurels.library.models import Article, Picture

SYSTEM = Actor.of_system("test")
PNG = b"\x89PNG\r\n\x1a\n and so on"
FIELDS = {
    "title": "On slicing",
    "date": "2026-03-01",
    "summary": "Thin slices.",
    "topics": "backlog, flow",
    "units": "",
    "text": "Cut *thin*. <script>alert(1)</script>",
    "was": "",
    "slug": "",
}


@pytest.fixture
def now(world, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.noon)


def test_staff_write_look_and_save(world, client, now):
    client.force_login(world.bo)
    page = client.post("/desk/articles/new", {**FIELDS, "preview": "1"}).content.decode()
    assert ("<em>thin</em>" in page, "<script>alert" in page, Article.objects.exists()) == (True, False, False)
    assert client.post("/desk/articles/new", FIELDS).status_code == 303
    row = Article.objects.get()
    assert (row.slug, row.topics, row.is_draft) == ("on-slicing", ["backlog", "flow"], False)
    assert "On slicing" in client.get("/desk/articles").content.decode()
    assert "On slicing" in client.get("/articles/on-slicing").content.decode()


def test_a_draft_and_one_for_a_day_to_come_are_seen_by_nobody_else(world, client, now):
    client.force_login(world.bo)
    client.post("/desk/articles/new", {**FIELDS, "draft": "on"})
    client.post("/desk/articles/new", {**FIELDS, "title": "Later", "date": "2026-03-03"})
    page = client.get("/desk/articles").content.decode()
    assert ("draft" in page, "to come" in page) == (True, True)
    assert [client.get(f"/articles/{slug}").status_code for slug in ("on-slicing", "later")] == [404, 404]


def test_two_who_write_at_once_lose_nothing(world, client, now):
    client.force_login(world.bo)
    client.post("/desk/articles/new", FIELDS)
    first = Article.objects.get().digest
    address = "/desk/articles/at/on-slicing"
    assert client.post(address, {**FIELDS, "text": "Second.", "was": first}).status_code == 303
    late = client.post(address, {**FIELDS, "text": "Third.", "was": first})
    assert (late.status_code, "Third." in late.content.decode()) == (422, True)
    assert "Somebody has changed it meanwhile" in late.content.decode()
    assert Article.objects.get().text.strip() == "Second."
    assert client.post("/desk/articles/new", FIELDS).status_code == 422


def test_only_staff_of_a_body_write(world, client):
    for person in (world.ada, world.mallory, world.sam, world.tess):
        client.force_login(person)
        pages = ("/desk/articles", "/desk/articles/new", "/desk/articles/at/x")
        assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def imported(world, text, **pictures):
    raw = f"---\ntitle: A\ndate: 2026-03-01\n{text}".encode()
    files = {f"{name}.png": content for name, content in pictures.items()}
    return list(
        import_articles(
            world.guild,
            [("deep/a.md", raw)],
            picture=lambda path: files.get(path.removeprefix("deep/")),
            by=SYSTEM,
            now=world.noon,
        )
    )[-1]


def test_pictures_and_links_come_along(world, client):
    imported(world, "---\n![A map](map.png) [next](b.md) [out](https://x.example/)", map=PNG)
    html = Article.objects.get().html
    address = f"/articles/pictures/{Picture.objects.get().digest}.png"
    assert (f'src="{address}"' in html, 'href="/articles/deep-b"' in html, "https://x.example/" in html) == (
        True,
        True,
        True,
    )
    answer = client.get(address)
    assert (answer.content, answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        PNG,
        "image/png",
        "nosniff",
    )
    assert imported(world, "---\n![A map](map.png) [next](b.md) [out](https://x.example/)", map=PNG).same == 1


@pytest.mark.parametrize("picture", [b"<svg onload=alert(1)>", b"", b"MZ"])
def test_what_is_no_picture_is_missing_and_its_words_stay(world, picture):
    done = imported(world, "---\n![A map](map.png) ![x](../../etc/passwd)", map=picture)
    assert (done.fresh, [one.file for one in done.missing]) == (1, ["deep/a.md", "deep/a.md"])
    assert 'alt="A map"' in Article.objects.get().html


@pytest.mark.parametrize(("units", "minutes"), [("0.5", 30), ("1", 60), ("", 1)])
def test_units_say_how_long_it_takes(world, units, minutes):
    imported(world, f"units: {units}\n---\nShort.")
    assert Article.objects.get().minutes == minutes


@pytest.mark.parametrize("units", ["many", "-1", "9", "0", ".nan", ".inf"])
def test_units_that_are_none(world, units):
    assert imported(world, f"units: {units}\n---\nShort.").problems


def test_the_feed_in_rss(world, client):
    imported(world, "---\nText.")
    answer = client.get("/articles.rss")
    assert ("rss+xml" in answer.headers["Content-Type"], b"<title>A</title>" in answer.content) == (True, True)


TEXT = "---\n![A map](map.png) [next](b.md) [out](https://x.example/) [up](../c.md)"


def edited(client, row, **changes):
    """What the form held when it was opened, and the changes."""
    page = client.get(f"/desk/articles/at/{row.slug}").context["form"]
    fields = {name: page[name].value() or "" for name in page.fields if name not in ("draft", "slug")}
    return client.post(f"/desk/articles/at/{row.slug}", {**fields, **changes})


def test_an_imported_article_edited_here_keeps_its_pictures_and_links_and_comes_in_again_cleanly(world, client, now):
    assert imported(world, TEXT, map=PNG).fresh == 1
    before = Article.objects.get()
    client.force_login(world.bo)
    preview = edited(client, before, title="Another title", preview="1").content.decode()
    assert f"/articles/pictures/{Picture.objects.get().digest}.png" in preview

    assert edited(client, before, title="Another title").status_code == 303

    after = Article.objects.get()
    assert (after.title, after.html) == ("Another title", before.html)
    assert ('href="/articles/deep-b"' in after.html, 'href="/articles/c"' in after.html) == (True, True)
    again = imported(world, TEXT, map=PNG)
    assert (again.fresh, again.changed, again.same, again.missing, again.problems) == (0, 0, 1, [], [])
    assert Article.objects.get().title == "Another title", "the file says nothing new"

    newer = imported(world, TEXT + " More.", map=PNG)
    assert (newer.changed, Article.objects.get().title) == (1, "A")
    assert Picture.objects.get().digest in Article.objects.get().html


def test_what_came_in_before_paths_were_kept_gets_them_with_the_next_import(world, client, now):
    imported(world, TEXT, map=PNG)
    Article.objects.update(path="", pictures={}, file_digest="")
    assert imported(world, TEXT, map=PNG).same == 1
    client.force_login(world.bo)
    edited(client, Article.objects.get(), title="Another title")
    assert Picture.objects.get().digest in Article.objects.get().html


def test_every_link_of_the_desk_leads_somewhere(world, client, now):
    client.force_login(world.bo)
    client.post("/desk/articles/new", {**FIELDS, "draft": "on"})
    client.post("/desk/articles/new", {**FIELDS, "title": "Later", "date": "2026-03-03"})
    client.post("/desk/articles/new", {**FIELDS, "title": "Out"})
    for slug, words in (("on-slicing", "A draft"), ("later", "Out on 3 March 2026"), ("out", "Cut")):
        page = client.get(f"/desk/articles/at/{slug}").content.decode()
        links = re.findall(rf'href="([^"]*articles/(?:at/)?{slug}[^"]*)"', page)
        assert links
        assert [client.get(link).status_code for link in links] == [200] * len(links)
        assert words in client.get(links[0]).content.decode()
    client.force_login(world.mallory)
    assert client.get("/desk/articles/at/later/preview").status_code == 404


def test_a_long_desk_has_pages_and_holds_each_once(world, client, now):
    for nth in range(60):
        Article.objects.create(
            body=world.guild,
            slug=f"a{nth:02}",
            title=f"A{nth:02}",
            dated=date(2026, 3, 1 + nth % 2),
            text="x",
            html="x",
            minutes=1,
            digest="x",
            imported_at=world.noon,
        )
    client.force_login(world.bo)
    seen, page = [], client.get("/desk/articles").content.decode()
    while True:
        seen += re.findall(r"/desk/articles/at/(a\d\d)", page)
        after = re.search(r'href="\?after=([^"]+)"', page)
        if after is None:
            break
        page = client.get(f"/desk/articles?after={after[1]}").content.decode()
    assert (len(seen), len(set(seen))) == (60, 60)
