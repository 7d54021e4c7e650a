"""On which line each key of a TOML text stands; tomllib does not say. Works on text that tomllib has accepted."""

import re

type KeyPath = tuple[str | int, ...]

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]\]?")
ASSIGNMENT = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
# One token of a value: strings and comments whole, so that brackets inside them do not count.
TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""+|'
    r"'''.*?'''+|"
    r'"(?:\\.|[^"\\\n])*"|'
    r"'[^'\n]*'|"
    r"#[^\n]*|[\[\]{}\n]|[^\[\]{}\n\"'#]+",
    re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """Path of each table and key → its line, counted from 1. Tables of a list have their place in the path."""
    found: dict[KeyPath, int] = {}
    lists: dict[KeyPath, int] = {}
    table: KeyPath = ()
    at, line = 0, 1
    while at < len(text):
        if header := HEADER.match(text, at):
            table = _open(_parts(header[2]), is_list=header[1] == "[[", lists=lists)
            found.setdefault(table, line)
            if isinstance(table[-1] if table else "", int):
                found.setdefault(table[:-1], line)
            at = header.end()
        elif assignment := ASSIGNMENT.match(text, at):
            path = (*table, *_parts(assignment[1]))
            for depth in range(len(table) + 1, len(path) + 1):
                found.setdefault(path[:depth], line)
            at = assignment.end()
        end = _end_of_statement(text, at)
        line += text.count("\n", at, end)
        at = end
    return found


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))


def _open(parts: tuple[str, ...], *, is_list: bool, lists: dict[KeyPath, int]) -> KeyPath:
    """The path a header opens: under a list of tables it means the latest of them."""
    path: KeyPath = ()
    for part in parts[:-1]:
        path = (*path, part)
        path = (*path, lists[path]) if path in lists else path
    path = (*path, parts[-1])
    if is_list:
        lists[path] = lists.get(path, -1) + 1
        return (*path, lists[path])
    return path


def _end_of_statement(text: str, at: int) -> int:
    """Behind the newline that ends the statement: one outside of strings and brackets."""
    depth = 0
    for token in TOKEN.finditer(text, at):
        words = token[0]
        if words in "[{":
            depth += 1
        elif words in "]}":
            depth -= 1
        elif words == "\n" and depth <= 0:
            return token.end()
    return len(text)
