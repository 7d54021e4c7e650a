"""What must agree with the code and is not code: documents, locks. Prints every gap; exit code 1 if there is one."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from laurels.web.cli import build

ROOT = Path(__file__).resolve().parents[1]


def commands() -> Iterator[str]:
    """Every command as people type it, such as ``laurels pack check``."""
    yield from _named("laurels", typer.main.get_command(build()))


def _named(prefix: str, command: object) -> Iterator[str]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield prefix
        return
    for name, child in inner.items():
        yield from _named(f"{prefix} {name}", child)


def undocumented() -> Iterator[str]:
    texts = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    told = "\n".join(path.read_text(encoding="utf-8") for path in texts)
    for command in commands():
        # `laurels pack check|load` tells of both; a table writes the stroke as \|.
        *words, final = command.split()
        if not re.search(rf"`?{' '.join(words)} ([a-z]+\\?\|)*{final}\b", told):
            yield f"README.md or docs/ should say what `{command}` does."


def without_readme() -> Iterator[str]:
    for apps in sorted((ROOT / "src" / "laurels").glob("*/apps.py")):
        if apps.parent.name != "web" and not (apps.parent / "README.md").is_file():
            yield f"{apps.parent.relative_to(ROOT)} has no README.md."


def locks_with_hosts() -> Iterator[str]:
    for lock in sorted(ROOT.glob("requirements*.txt")):
        if "://" in lock.read_text(encoding="utf-8"):
            yield f"{lock.name} names a host; a lock holds names, versions and hashes only."


def main() -> int:
    gaps = [*undocumented(), *without_readme(), *locks_with_hosts()]
    print("\n".join(gaps) or "Documents and locks are in step.")
    return int(bool(gaps))


if __name__ == "__main__":
    sys.exit(main())
