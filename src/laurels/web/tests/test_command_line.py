"""The command line as scripts meet it: real processes, exit codes, one sentence on stderr."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

LAURELS = [sys.executable, "-m", "laurels"]
WRITE = """
import django; django.setup()
from django.utils import timezone
from laurels.kernel.actor import Actor
from laurels.mail.actions import write
from laurels.mail.rules import LetterTemplate
write("hi", LetterTemplate("Hi", "Hello"), to="a@b.example", values={}, by=Actor.of_system("t"), now=timezone.now())
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The environment of an installation of its own, with its tables made."""
    folder = tmp_path_factory.mktemp("home")
    home = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LAURELS_")},
        "DATABASE_URL": f"sqlite://{folder}/laurels.sqlite3",
        "LAURELS_HOME": str(folder),
        "LAURELS_SECRET_KEY": "a secret of our own",
        "LAURELS_MAIL": "page",
        "DJANGO_SETTINGS_MODULE": "laurels.web.settings",
    }
    assert laurels(home, "migrate").returncode == 0
    return home


def laurels(home, *arguments):
    return subprocess.run([*LAURELS, *arguments], env=home, capture_output=True, text=True, timeout=240, check=False)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def soon(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def letters(home):
    return json.loads(laurels(home, "mailbox", "--json", "--to", "a@b.example").stdout)


def test_done_refused_and_wrong_usage_can_be_told_apart(home):
    unsafe = {**home, "LAURELS_SECRET_KEY": "development-only-never-in-production"}

    codes = [
        laurels(home, "version").returncode,
        laurels(unsafe, "run").returncode,
        laurels(home, "nonsense").returncode,
    ]

    assert codes == [0, 1, 2]


def test_a_refusal_is_one_sentence_on_stderr(home, tmp_path):
    empty = {**home, "DATABASE_URL": f"sqlite://{tmp_path}/empty.sqlite3"}

    refused = laurels(empty, "run")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Run `laurels migrate`." in refused.stderr
    missing = laurels(empty, "mailbox")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr.startswith("The database refused")


def test_a_trainers_zip_file_is_a_pack_for_whom_is_known_here(home, tmp_path):
    path = tmp_path / "tess.zip"
    exercise = (Path(__file__).parents[4] / "packs/cspo/exercises/vision-board.toml").read_text(encoding="utf-8")
    head = 'format = 1\npack = "tess"\nname = "Tess"\n\n[trainer]\nemail = "tess@people.example"\n'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pack.toml", head)
        archive.writestr("exercises/vision-board.toml", exercise)

    assert laurels(home, "pack", "check", str(path)).returncode == 0
    refused = laurels(home, "pack", "load", str(path))
    assert (refused.returncode, "Nobody here has the address tess@people.example." in refused.stderr) == (1, True)


def test_a_taken_port_is_refused(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = laurels(home, "run", "--port", str(other.getsockname()[1]))

    assert refused.returncode == 1
    assert "Choose another with --port" in refused.stderr


def test_a_running_server_answers_sends_letters_and_ends_cleanly(home):
    port = free_port()
    server = subprocess.Popen([*LAURELS, "run", "--port", str(port)], env=home, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout.readline() == f"Laurels is at http://localhost:{port} — Ctrl-C ends it.\n"
        assert soon(lambda: answers(port))
        subprocess.run([sys.executable, "-c", WRITE], env=home, check=True)
        assert soon(lambda: letters(home)[0]["sent_at"])

        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
        assert not answers(port)
    finally:
        server.kill()


def test_a_killed_server_leaves_nothing_behind(home):
    port = free_port()
    server = subprocess.Popen([*LAURELS, "run", "--port", str(port)], env=home, stdout=subprocess.DEVNULL)
    assert soon(lambda: answers(port))

    server.kill()

    assert soon(lambda: not answers(port), seconds=5)


def test_a_worker_of_its_own_sends_letters_and_ends_cleanly(home):
    subprocess.run([sys.executable, "-c", WRITE], env=home, check=True)
    worker = subprocess.Popen([*LAURELS, "worker"], env=home, stdout=subprocess.DEVNULL)
    try:
        assert soon(lambda: all(letter["sent_at"] for letter in letters(home)))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    finally:
        worker.kill()


def children(process):
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()


def test_workers_share_the_tasks_and_one_that_is_killed_is_replaced(home):
    team = subprocess.Popen([*LAURELS, "worker", "--processes", "2"], env=home, stdout=subprocess.DEVNULL)
    try:
        assert soon(lambda: len(children(team)) == 2)
        killed, other = children(team)
        os.kill(int(killed), signal.SIGKILL)
        assert soon(lambda: len(children(team)) == 2 and killed not in children(team))
        subprocess.run([sys.executable, "-c", WRITE], env=home, check=True)
        assert soon(lambda: all(letter["sent_at"] for letter in letters(home)))
        team.send_signal(signal.SIGTERM)
        assert team.wait(40) == 0
        assert not Path(f"/proc/{other}").exists()
    finally:
        team.kill()


def test_workers_do_not_outlive_whoever_shares_the_tasks(home):
    team = subprocess.Popen([*LAURELS, "worker", "--processes", "2"], env=home, stdout=subprocess.DEVNULL)
    assert soon(lambda: len(children(team)) == 2)
    workers = children(team)

    team.kill()
    team.wait(10)

    assert soon(lambda: not any(is_running(one) for one in workers))


def is_running(pid):
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def test_policy_check_names_each_difference(home, tmp_path):
    cases = Path(__file__).parents[4] / "packs/cspo/policies/cases.json"
    worked = json.loads(cases.read_text(encoding="utf-8"))
    agreed = laurels(home, "policy", "check", str(cases))
    assert (agreed.returncode, agreed.stdout.strip()) == (0, f"{len(worked)} of {len(worked)} cases agree.")

    changed = worked[:2]
    changed[1]["expected"]["fee_usd"] = 1
    (tmp_path / "mine.json").write_text(json.dumps(changed), encoding="utf-8")
    told = laurels(home, "policy", "check", str(tmp_path / "mine.json"))
    assert told.returncode == 1
    assert told.stdout.splitlines() == ["A03: fee_usd: expected 1, found 100", "1 of 2 cases agree."]

    broken = laurels(home, "policy", "check", str(tmp_path / "none.json"))
    assert (broken.returncode, "cannot be read" in broken.stderr) == (1, True)
