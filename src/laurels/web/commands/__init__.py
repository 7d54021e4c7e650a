"""The command line, one small file for each command: see ``laurels.web.cli``.

A command imports Django's world inside its function, after ``start``: settings are read only once.
"""

import os
import sys
from typing import Any


def start(**environment: str) -> None:
    """Load Django with these as defaults of the environment; what the caller has set already stays."""
    import django

    for name, value in environment.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.web.settings")
    django.setup()


def say(*words: Any) -> None:
    """A line for people, flushed, so that scripts that wait for it see it."""
    print(*words, flush=True)  # noqa: T201


def warn(*words: Any) -> None:
    """A line for people that is not part of the result."""
    print(*words, file=sys.stderr, flush=True)  # noqa: T201
