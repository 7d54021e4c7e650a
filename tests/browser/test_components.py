"""Every component side by side in light and dark; the page exists only while developing, so it is drawn right here."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Route

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


@pytest.fixture
def drawn(browser: Browser, client: Client, settings: object) -> Iterator[Eyes]:
    settings.DEBUG = True
    page = browser.new_page()

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            route.fulfill(path=Path(str(finders.find(path.removeprefix("/static/")))))
        else:
            route.fulfill(body=client.get(path).content, content_type="text/html")

    page.route("**/*", answer)
    yield Eyes(page, "http://localhost")
    page.close()


def test_every_component_pleases_axe_in_light_and_dark(drawn: Eyes) -> None:
    drawn.go("/components")
    drawn.look("components")


def test_a_page_without_script_is_whole(browser: Browser, demo: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo}/workshops")
    page.get_by_role("link", name="Certified Scrum Product Owner").first.click()
    page.get_by_role("link", name="Take a seat").first.click()
    assert page.get_by_label("Name").first.is_visible()
    context.close()
