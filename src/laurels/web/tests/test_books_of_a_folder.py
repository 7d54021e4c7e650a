"""A folder of books comes in by command, and somebody downloads one: the same bytes, as an attachment."""

from io import BytesIO

import pypdfium2
import pytest
from typer.testing import CliRunner

from laurels.library.models import Download, Ebook
from laurels.library.tests.test_ebooks import epub
from laurels.web.commands import ebooks
from laurels.web.demo.build import print_books


@pytest.fixture(scope="module")
def printed():
    [(name, raw)] = print_books()
    return name, raw


@pytest.fixture
def folder(tmp_path, printed):
    name, raw = printed
    (tmp_path / "deeper").mkdir()
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "deeper" / "Small Steps.EPUB").write_bytes(epub())
    (tmp_path / "notes.txt").write_text("no book")
    return tmp_path


def run(folder, body="commonground"):
    return CliRunner().invoke(ebooks.app, ["import", str(folder), "--body", body])


def test_a_folder_comes_in_in_any_depth_and_again_changes_nothing(world, folder):
    _ = world.guild
    first, again = run(folder), run(folder)

    assert (first.exit_code, first.stdout.strip()) == (0, "2 new, 0 changed, 0 as before, 0 left out.")
    assert (again.exit_code, again.stdout.strip()) == (0, "0 new, 0 changed, 2 as before, 0 left out.")
    assert sorted(Ebook.objects.values_list("slug", "pages")) == [("small-promises", 7), ("small-steps", 3)]


def test_a_broken_one_is_named_and_the_exit_code_says_so(world, folder):
    _ = world.guild
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")

    done = run(folder)

    assert (done.exit_code, "2 new, 0 changed, 0 as before, 1 left out." in done.output) == (1, True)
    assert "broken.pdf" in done.output


def test_a_download_is_the_book_itself(world, folder, printed, client):
    _ = world.guild
    run(folder)
    assert "Small promises" in client.get("/ebooks").content.decode()
    assert client.get("/ebooks/small-promises/cover").headers["Content-Type"] == "image/jpeg"

    client.force_login(world.ada)
    answer = client.post("/ebooks/small-promises/file")

    assert answer.content == printed[1]
    assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="small-promises.pdf"',
    )
    assert len(pypdfium2.PdfDocument(BytesIO(answer.content))) == 7
    assert Download.objects.get().person == world.ada
