from importlib.metadata import version as installed

from laurels.web.commands import say


def version() -> None:
    """Say which Laurels this is."""
    say(f"Laurels {installed('laurels')}")
