"""Where streams may wait for the database: a few threads, so that the event loop never does."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections, connections


class Threads:
    def __init__(self, name: str, most: int) -> None:
        self._most = most
        self._pool = ThreadPoolExecutor(most, thread_name_prefix=name)

    async def run[**P, R](self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        def tidily() -> R:
            close_old_connections()
            return work(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._pool, tidily)

    def close(self) -> None:
        """End the threads and their connections. Waits for what they are at."""
        together = threading.Barrier(self._most)

        def part() -> None:
            together.wait()
            connections.close_all()

        for _ in range(self._most):
            self._pool.submit(part)
        self._pool.shutdown()
