"""What a benchmark reports, and how CPU time is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from time import process_time


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a figure, its neighbour from the same run, and what was promised."""

    what: str
    figure: str
    neighbour: str
    ratio: str
    promise: str


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process and its threads."""
    start = process_time()
    work()
    return process_time() - start
