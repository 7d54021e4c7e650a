"""How a process learns that another one has written. A wake-up only says where to look: the journal is the truth."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing

from django.db import connection

from laurels.journal.models import WAKE

POLL_SECONDS = 0.02

type Poke = Callable[[str], None]
type Look = Callable[[], Awaitable[None]]


async def watch(poke: Poke, look: Look) -> None:
    """Until cancelled: ``poke`` the topic that was written to, or ``look`` where nobody says which.

    Raises whatever the database raises; what was missed meanwhile is found by the ``look`` at the next start.
    """
    if connection.vendor == "postgresql":
        await _watch_postgresql(poke, look)
    else:
        await _watch_sqlite(look)


async def _watch_sqlite(look: Look) -> None:
    # A connection of its own: data_version changes when any other one has committed, in this process or elsewhere.
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)) as own:
        seen = -1
        while True:
            version = own.execute("PRAGMA data_version").fetchone()[0]
            if version != seen:
                seen = version
                await look()
            await asyncio.sleep(POLL_SECONDS)


async def _watch_postgresql(poke: Poke, look: Look) -> None:
    from psycopg import AsyncConnection

    given = connection.get_connection_params()
    plain = {name: value for name, value in given.items() if name not in {"cursor_factory", "context"}}
    async with await AsyncConnection.connect(**plain, autocommit=True) as own:
        await own.execute(f"LISTEN {WAKE}")
        await look()
        async for notice in own.notifies():
            poke(notice.payload)
