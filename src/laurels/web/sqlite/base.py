"""Django's SQLite backend, where the threads of one process take turns at writing.

SQLite lets one write at a time; the others sleep and look again after up to 100 ms each time. Threads that queue for
a lock of their own are woken the moment it is their turn, and in a busy room that is most of the time saved.
"""

import threading

from django.db.backends.sqlite3 import base

# Longer than a transaction of ours takes; after it, SQLite's own waiting and its own error take over.
PATIENCE_SECONDS = 20
_turn = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """A transaction holds the process's turn from its beginning to its commit or rollback."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        self._has_turn = _turn.acquire(timeout=PATIENCE_SECONDS)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give_turn()

    def _give_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            _turn.release()
