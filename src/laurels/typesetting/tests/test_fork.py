"""A fork leaves Typst's threads behind; who typesets there is told, instead of waiting for ever."""

import multiprocessing
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import pytest

from laurels import typesetting

WREATH = typesetting.HERE / "wreath.typ"
WHEN = datetime(2026, 11, 28, tzinfo=UTC)


def typeset(tell: Connection) -> None:
    try:
        typesetting.svg(WREATH, {}, at=WHEN)
        tell.send("typeset")
    except RuntimeError as error:
        tell.send(str(error))


def told_by_a_child(method: str) -> str:
    hears, tells = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context(method).Process(target=typeset, args=(tells,))
    child.start()
    assert hears.poll(30), "the child waits for ever"
    child.join(10)
    return str(hears.recv())


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_child_of_a_process_that_has_typeset_refuses() -> None:
    typesetting.svg(WREATH, {}, at=WHEN)
    assert "was forked" in told_by_a_child("fork")


def test_a_child_that_starts_anew_typesets() -> None:
    typesetting.svg(WREATH, {}, at=WHEN)
    assert told_by_a_child("spawn") == "typeset"
