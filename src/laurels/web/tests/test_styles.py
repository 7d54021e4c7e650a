import gzip
from typing import Any

from django.test import Client

from laurels.web.styles import sheet


def test_all_styles_come_at_once_and_are_kept(client: Client, db: None) -> None:
    page = client.get("/").content.decode()

    answer = client.get(f"/styles/{sheet().digest}.css", headers={"Accept-Encoding": "gzip"})

    assert f'href="/styles/{sheet().digest}.css"' in page
    assert gzip.decompress(answer.content) == sheet().plain
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"@import" not in sheet().plain
    assert b"@media print {" in sheet().plain
    assert len(sheet().small) < 20_000


def test_an_older_name_is_not_kept(client: Client) -> None:
    assert client.get("/styles/0123456789abcdef.css").headers["Cache-Control"] == "no-cache"


def test_while_developing_each_component_is_its_own_file(client: Client, db: None, settings: Any) -> None:
    settings.DEBUG = True

    assert 'href="/static/laurels/css/laurels.css"' in client.get("/").content.decode()
