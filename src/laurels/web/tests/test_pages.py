"""The shell and the few pages that belong to no stage."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from laurels.kernel.refusal import Refusal, Refused
from laurels.participation.tests.conftest import browser_of
from laurels.web import views

STATIC = Path(__file__).parents[1] / "static" / "laurels"


def menu(client: Client, path: str = "/") -> list[str]:
    page = client.get(path).content.decode()
    return re.findall(r'href="([^"]+)"', page[page.index("<nav class") : page.index("</nav>")])


def test_a_stranger_costs_the_shell_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = client.get("/").content.decode()

    assert "No workshop is open for booking" in page
    assert menu(client) == ["/learn", "/workshops", "/gatherings", "/verify"]


def test_home_shows_the_next_dates_that_can_be_booked(client, world):
    announced, draft = (
        world.workshop_with(starts_on="2098-04-15", ends_on="2098-04-16"),
        world.workshop_with(state="draft"),
    )
    page = client.get("/").content.decode()

    assert f"/workshops/{announced.public_id}" in page
    assert draft.public_id not in page


def test_the_menu_knows_who_works_where(world):
    own = ["/journey", "/learn", "/workshops", "/gatherings", "/certifications", "/members", "/verify"]

    assert menu(browser_of(world.ada)) == own
    assert menu(browser_of(world.tess)) == [*own, "/desk"]
    assert menu(browser_of(world.bo)) == [*own, "/body"]
    assert menu(browser_of(world.olive)) == [*own, "/desk", "/body"]


def test_the_shell_asks_for_the_roles_and_nothing_else(world, django_assert_num_queries):
    browser = browser_of(world.olive)
    with django_assert_num_queries(4):  # session, person, roles; and the workshops of the page
        browser.get("/")


def test_where_you_are_is_marked(client, db):
    assert '<a href="/verify" aria-current="page">' in client.get("/verify").content.decode()


def test_the_body_has_a_front_door_and_others_have_not(world):
    assert "Commonground Guild" in browser_of(world.bo).get("/body").content.decode()
    assert browser_of(world.mallory).get("/body").status_code == 404
    assert Client().get("/body").url == "/sign-in?next=/body"
    assert browser_of(world.tess).get("/desk").url == "/desk/workshops"


def test_a_refusal_is_a_page_with_its_sentence_and_a_way_back(client, db, monkeypatch):
    def refuse(*_words):
        raise Refused(Refusal("full", "Every seat is taken. Choose another date."))

    monkeypatch.setattr(views.Workshop.objects, "public", refuse)
    page = client.get("/", headers={"referer": "http://testserver/workshops/x?y=1"})

    assert page.status_code == 409
    assert "Every seat is taken. Choose another date." in page.content.decode()
    assert 'href="/workshops/x?y=1"' in page.content.decode()
    away = client.get("/", headers={"referer": "https://evil.example/trap"}).content.decode()
    assert "trap" not in away


@pytest.mark.parametrize(
    ("path", "status"), [("/healthz", 200), ("/robots.txt", 200), ("/favicon.ico", 301), ("/nothing", 404)]
)
def test_small_pages(client, db, path, status):
    assert client.get(path).status_code == status


def test_components_are_for_developers(client, db, settings):
    assert client.get("/components").status_code == 404
    settings.DEBUG = True
    assert client.get("/components").status_code == 200


def test_a_forged_form_is_answered_in_plain_words(db):
    answer = Client(enforce_csrf_checks=True).post("/sign-out")

    assert answer.status_code == 403
    assert "Please send it again" in answer.content.decode()


def test_our_own_styles_and_scripts_stay_small():
    files = [path for path in STATIC.rglob("*") if path.suffix in {".css", ".js"}]

    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 100_000


# The whole sheet, and that of a list on other people's sites.
APART = {"laurels.css", "embed.css"}


def test_every_style_sheet_is_imported_once():
    sheets = sorted(path.name for path in (STATIC / "css").glob("*.css") if path.name not in APART)
    imported = re.findall(r'url\("(.+?)"\)', (STATIC / "css" / "laurels.css").read_text())

    assert sorted(imported) == sheets
