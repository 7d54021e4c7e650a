"""The command line, one small file for each command: see ``laurels.web.cli``.

A command imports Django's world inside its function, after ``start``: settings are read only once.
"""

import os
import sys
from pathlib import Path
from typing import Any

# Where the demo lives; what shows or fills a demo looks there unless the environment names another place.
DEMO_HOME = Path(".state") / "demo"


def start(**environment: str) -> None:
    """Load Django with these as defaults of the environment; what the caller has set already stays."""
    import django

    for name, value in environment.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.web.settings")
    django.setup()


def start_demo(mode: str = "demo") -> None:
    """``start`` in the demo's home, unless LAURELS_HOME, LAURELS_MODE or DATABASE_URL say otherwise."""
    start(LAURELS_MODE=mode, LAURELS_HOME=str(DEMO_HOME.resolve()))


def say(*words: Any) -> None:
    """A line for people, flushed, so that scripts that wait for it see it."""
    print(*words, flush=True)  # noqa: T201


def warn(*words: Any) -> None:
    """A line for people that is not part of the result."""
    print(*words, file=sys.stderr, flush=True)  # noqa: T201
