"""The house keeps its shape. Each check is first shown to find a breach; import-linter's own are in pyproject.toml."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "laurels"
STAGES = [
    "journal",
    "mail",
    "people",
    "programmes",
    "payments",
    "library",
    "workshops",
    "rooms",
    "gatherings",
    "participation",
    "credentials",
    "education",
    "renewals",
    "audits",
    "community",
    "journey",
    "web",
]
USUAL = {
    *("__init__", "apps", "facts", "models", "rules", "queries", "actions", "forms", "tasks", "views", "urls", "api"),
    *("migrations", "templates", "tests", "README"),
}
OWN = {
    "journal": {"worker", "streams"},
    "people": {"doors"},
    "mail": {"letters"},
    "payments": {"providers", "papers"},
    "credentials": {"issuer", "proofs", "printing"},
    "journey": {"reactions"},
    "rooms": {"kinds", "channel", "cases"},
}
# What a stage may use of another: never its views, forms or tasks. Doors say who asks, and are everybody's.
OPEN_TO_OTHERS = {"models", "queries", "rules", "facts", "actions", "doors", "streams"}
# Parts made to be shown on other stages' pages.
SHARED_PARTS = {"mail/parts/delivery_log.html", "programmes/parts/line.html"}

type Breaches = list[str]
type Check = Callable[[str, Path], Iterator[str]]


def stage_of(path: Path) -> str:
    return path.parts[0]


def is_action(path: Path) -> bool:
    return path.parts[1:2] in {("actions.py",), ("actions",)}


@cache
def parsed(source: str) -> ast.Module:
    """Every check reads every file: once is enough."""
    return ast.parse(source)


def imports(source: str) -> Iterator[tuple[str, str]]:
    """(module, name) of every import; name is empty for ``import module``."""
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def foreign_insides(source: str, path: Path) -> Iterator[str]:
    """Use of another stage's views, forms or tasks. The web puts the house together and may; reactions name tasks."""
    if stage_of(path) == "web":
        return
    for module, name in imports(source):
        parts = [*module.split("."), name]
        if parts[0] != "laurels" or len(parts) < 3 or parts[1] not in STAGES or parts[1] == stage_of(path):
            continue
        is_reaction = parts[2] == "tasks" and path == Path("journey/reactions.py")
        if parts[2] not in OPEN_TO_OTHERS and not is_reaction:
            yield f"{path} imports {'.'.join(parts).rstrip('.')}"


def records_outside_actions(source: str, path: Path) -> Iterator[str]:
    if not is_action(path) and ("laurels.journal.actions", "record") in imports(source):
        yield f"{path} records facts, which only actions do"


def signals(source: str, path: Path) -> Iterator[str]:
    for module, name in imports(source):
        if module.startswith("django.dispatch") or "signals" in {name, *module.split(".")}:
            yield f"{path} uses signals ({module})"


def calls(source: str, method: str, keyword: str) -> Iterator[int]:
    """Lines that call ``.method(…, keyword=…)``."""
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            yield from (node.lineno for given in node.keywords if given.arg == keyword)


def year_replaced(source: str, path: Path) -> Iterator[str]:
    for line in calls(source, "replace", "year"):
        yield f"{path}:{line} replaces a year, which fails on 29 February; use kernel.periods.add_months"


def state_set_outside_actions(source: str, path: Path) -> Iterator[str]:
    if is_action(path):
        return
    for node in ast.walk(parsed(source)):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets):
            yield f"{path}:{node.lineno} sets a state, which only actions do"
    for line in calls(source, "update", "state"):
        yield f"{path}:{line} sets states, which only actions do"


def save_overridden(source: str, path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.FunctionDef) and node.name == "save" and path.parts[1].startswith("models"):
            yield f"{path}:{node.lineno} overrides save"


def foreign_parts(source: str, path: Path) -> Iterator[str]:
    """Templates drawn with another stage's parts; the web's are for all. A kind of exercise has a folder of its own."""
    own = path.parts[2] if path.parts[:2] == ("rooms", "kinds") else stage_of(path)
    for used in re.findall(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""", source):
        if used.split("/")[0] not in {own, "web"} and used not in SHARED_PARTS:
            yield f"{path} uses {used}"


def unlisted(stage: str, names: set[str]) -> Breaches:
    return [f"{stage}/{name} has no place in the house" for name in sorted(names - USUAL - OWN.get(stage, set()))]


def looks_forward(stage: str, related: str) -> bool:
    """Whether a table of ``stage`` points at a later one. Tables of Django itself come before all."""
    return related in STAGES and STAGES.index(related) > STAGES.index(stage)


BREACHES: list[tuple[Check, str, str]] = [
    (foreign_insides, "workshops/views.py", "from laurels.people.views import sign_in"),
    (foreign_insides, "workshops/actions.py", "from laurels.mail import tasks"),
    (foreign_insides, "people/views.py", "import laurels.mail.forms"),
    (records_outside_actions, "workshops/views.py", "def f():\n    from laurels.journal.actions import record"),
    (signals, "mail/models.py", "from django.db.models.signals import post_save"),
    (signals, "mail/apps.py", "from django.dispatch import receiver"),
    (signals, "mail/apps.py", "from django.db.models import signals"),
    (year_replaced, "credentials/rules.py", "later = day.replace(year=day.year + 2)"),
    (state_set_outside_actions, "workshops/views.py", "workshop.state = 'held'"),
    (state_set_outside_actions, "workshops/tasks.py", "Workshop.objects.update(state='held')"),
    (save_overridden, "people/models.py", "class P:\n    def save(self): ..."),
    (foreign_parts, "workshops/templates/workshops/pages/x.html", '{% include "people/parts/card.html" %}'),
    (foreign_parts, "workshops/templates/workshops/pages/x.html", "{% extends 'journey/pages/me.html' %}"),
    (foreign_parts, "rooms/kinds/board/parts/x.html", '{% include "tree/parts/branch.html" %}'),
]
ALLOWED: list[tuple[Check, str, str]] = [
    (foreign_insides, "workshops/views.py", "from laurels.people.doors import Request"),
    (foreign_insides, "web/urls.py", "from laurels.people import views"),
    (foreign_insides, "journey/reactions.py", "from laurels.credentials import tasks"),
    (records_outside_actions, "workshops/actions/booking.py", "from laurels.journal.actions import record"),
    (year_replaced, "credentials/rules.py", "text.replace('year', '')"),
    (state_set_outside_actions, "workshops/actions.py", "workshop.state = 'held'"),
    (foreign_parts, "workshops/templates/workshops/pages/x.html", '{% include "web/parts/field.html" %}'),
    (foreign_parts, "rooms/kinds/board/parts/x.html", '{% include "board/parts/card.html" %}'),
]


@pytest.mark.parametrize(("check", "path", "source"), BREACHES)
def test_a_breach_is_found(check: Check, path: str, source: str):
    assert len(list(check(source, Path(path)))) == 1


@pytest.mark.parametrize(("check", "path", "source"), ALLOWED)
def test_what_is_allowed_is_not_called_a_breach(check: Check, path: str, source: str):
    assert list(check(source, Path(path))) == []


def breaches(check: Check, pattern: str) -> Breaches:
    """What the check finds in our own code, tests and migrations aside."""
    paths = [path for stage in STAGES for path in sorted((SOURCE / stage).rglob(pattern))]
    ours = [path for path in paths if not {"tests", "migrations"} & set(path.parts)]
    assert ours
    return [breach for path in ours for breach in check(path.read_text(encoding="utf-8"), path.relative_to(SOURCE))]


@pytest.mark.parametrize(
    "check",
    [foreign_insides, records_outside_actions, signals, year_replaced, state_set_outside_actions, save_overridden],
)
def test_the_code_keeps_its_shape(check: Check):
    assert breaches(check, "*.py") == []


def test_templates_use_their_own_parts_and_the_webs():
    assert breaches(foreign_parts, "*.html") == []


def test_every_file_has_a_place():
    assert unlisted("mail", {"models", "helpers"}) == ["mail/helpers has no place in the house"]
    assert unlisted("people", {"worker"}) == ["people/worker has no place in the house"]

    for stage in STAGES[:-1]:
        assert unlisted(stage, {path.stem for path in (SOURCE / stage).iterdir() if path.stem != "__pycache__"}) == []


def test_no_table_points_at_a_later_stage():
    assert looks_forward("people", "workshops")
    assert not looks_forward("workshops", "people")

    for model in apps.get_models():
        for field in model._meta.get_fields():
            related = field.related_model if field.is_relation and not field.auto_created else None
            # Everybody may point at a person: whoever is written to is one, though mail stands before people.
            if related and related._meta.label != settings.AUTH_USER_MODEL and model._meta.app_label in STAGES:
                assert not looks_forward(model._meta.app_label, related._meta.app_label), field


def test_every_stage_says_what_it_is_for():
    silent = [stage for stage in STAGES[:-1] if not (SOURCE / stage / "README.md").is_file()]
    assert silent == []


# A house with one breach of each contract of pyproject.toml.
CROOKED = {
    "kernel/actor.py": "import django",
    "web/demo/stripe_like/server.py": "import laurels.payments.models",
    "people/models.py": "import laurels.workshops.models",
    "workshops/rules.py": "import laurels.workshops.actions",
    "credentials/views.py": "import laurels.credentials.issuer.keys",
    "credentials/issuer/keys.py": "",
    "credentials/proofs/verification.py": "import laurels.credentials.models",
}


def test_every_import_contract_can_fail(tmp_path: Path):
    for stage in [*STAGES, "kernel"]:
        for module in ["__init__", "models", "rules", "actions", "tasks"]:
            build(tmp_path / "laurels" / stage / f"{module}.py", "")
    for name, source in CROOKED.items():
        build(tmp_path / "laurels" / name, source)

    linter = "from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", linter, "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert f"Contracts: 0 kept, {len(contracts)} broken" in told.stdout


def build(path: Path, source: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in [path.parent, path.parent.parent]:
        (folder / "__init__.py").touch()
    path.write_text(source)
