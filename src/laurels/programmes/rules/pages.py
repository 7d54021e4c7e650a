"""Reading a pack's Markdown: front matter, blanks, and the line of everything."""

import re

from laurels.programmes.rules.problems import Problem
from laurels.programmes.rules.tables import Table, read_table

FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?\n)\+\+\+\n", re.DOTALL)
BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
STRAY_BRACE = re.compile(r"[{}]")


class Page:
    """A Markdown file with TOML front matter between two lines of ``+++``."""

    def __init__(self, file: str, text: str, problems: list[Problem]) -> None:
        self.file, self.text, self.problems = file, text, problems
        self.match = FRONT_MATTER.match(text)
        self.body = text[self.match.end() :] if self.match else text
        self.front: Table | None = None

    def front_matter(self) -> Table | None:
        if self.match is None:
            self.say(1, "", "The file must begin with a line +++, its settings, and another line +++.")
            return None
        self.front = read_table(self.file, self.match[1], self.problems, first_line=2)
        return self.front

    def line_of(self, key: str) -> int:
        return self.front.line(key) if self.front else 0

    def blanks(self) -> list[tuple[int, str]]:
        return [(line, blank) for line, words in self._lines() for blank in BLANK.findall(words)]

    def stray_braces(self) -> list[int]:
        return [line for line, words in self._lines() if STRAY_BRACE.search(BLANK.sub("", words))]

    def say(self, line: int, key: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, key, message))

    def _lines(self) -> list[tuple[int, str]]:
        first = self.text.count("\n", 0, self.match.end() if self.match else 0) + 1
        return list(enumerate(self.body.split("\n"), start=first))
