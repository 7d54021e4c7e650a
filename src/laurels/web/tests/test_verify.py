"""``laurels verify`` against files and a real server on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import typer
from typer.testing import CliRunner

from laurels.credentials.proofs.documents import text
from laurels.credentials.proofs.tests.guild import Guild
from laurels.web.commands.verify import verify

app = typer.Typer()
app.command()(verify)


@pytest.fixture
def served():
    """A guild on localhost that publishes its key, its lists, one certificate page and its document."""
    files: dict[str, bytes] = {}

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path in files else 404)
            self.end_headers()
            self.wfile.write(files.get(self.path, b""))

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    guild = Guild(home=f"http://127.0.0.1:{server.server_port}")
    files.update({url.removeprefix(guild.home): content for url, content in guild.published.items()})
    # The cast's term is fixed and this command looks at the real clock, so this one never ends.
    files["/certificates/c1.json"] = text(guild.signed(valid_until=None)).encode()
    files["/certificates/c1"] = b"<!doctype html><title>Certificate</title>"
    yield guild, files
    server.shutdown()


def _run(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_page_of_a_certificate_and_its_document_are_both_understood(served):
    guild, _ = served

    for address in ("/certificates/c1", "/certificates/c1.json", "/certificates/c1?from=qr"):
        result = _run(guild.home + address)
        assert (result.exit_code, "This credential is valid." in result.output) == (0, True)


def test_a_file_is_checked_with_its_issuer(served, tmp_path):
    _, files = served
    (tmp_path / "c.json").write_bytes(files["/certificates/c1.json"])

    result = _run(tmp_path / "c.json", "--json")

    assert (result.exit_code, json.loads(result.output)["state"]) == (0, "valid")


def test_a_changed_file_is_refused_with_a_sentence(served, tmp_path):
    _, files = served
    (tmp_path / "c.json").write_text(files["/certificates/c1.json"].decode().replace("Zoë", "Joe"))

    result = _run(tmp_path / "c.json")

    assert (result.exit_code, "changed after it was signed" in result.output) == (1, True)
    assert "Joe" not in result.output


def test_a_suspended_one_is_refused_unless_nobody_is_asked(served):
    guild, files = served
    blocked = Guild(home=guild.home, blocked=True)
    files.update({url.removeprefix(guild.home): content for url, content in blocked.published.items()})

    assert _run(f"{guild.home}/certificates/c1").exit_code == 1
    offline = _run(f"{guild.home}/certificates/c1", "--offline")
    assert (offline.exit_code, "Not asked" in offline.output) == (0, True)


def test_with_the_issuers_document_at_hand_no_network_is_needed(tmp_path):
    guild = Guild()
    (tmp_path / "did.json").write_bytes(guild.published["https://guild.example/issuers/guild/did.json"])
    (tmp_path / "c.json").write_text(text(guild.signed(valid_until=None)))

    good = _run(tmp_path / "c.json", "--offline", "--issuer-document", tmp_path / "did.json")
    other = _run(
        tmp_path / "c.json", "--offline", "--issuer-document", tmp_path / "did.json", "--issuer", "did:web:x.example"
    )

    assert (good.exit_code, other.exit_code) == (0, 1)


def test_what_cannot_be_read_is_a_mistake_in_the_call(served, tmp_path):
    guild, _ = served

    assert _run(tmp_path / "nothing.json").exit_code == 2
    assert _run(f"{guild.home}/certificates/none").exit_code == 2
    assert _run().exit_code == 2
