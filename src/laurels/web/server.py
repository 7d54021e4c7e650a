"""The application that the server runs, in each of its processes: live streams natively, pages in threads."""

import asyncio
import os
import signal
import sys
import threading
import time
from functools import cache

from django.core.wsgi import get_wsgi_application

WATCH_SECONDS = 0.5

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.web.settings")
pages = get_wsgi_application()

# Django must be set up before these are imported.
from laurels.journal.streams.door import Door  # noqa: E402
from laurels.journal.streams.stream import Send  # noqa: E402
from laurels.web.bridge import Bridge, Receive, Scope  # noqa: E402

# Threads that come back from the database wait this long for one that only computes: ten times less than usual.
sys.setswitchinterval(0.0005)
bridge = Bridge(pages, threads=int(os.environ.get("LAURELS_THREADS", "3")))
door = Door()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    if scope["path"].startswith("/live/"):
        end_streams_when_told()
        await door(scope, receive, send)
    else:
        await bridge(scope, receive, send)


@cache
def end_streams_when_told() -> None:
    """The server waits for open requests before it ends, and a stream never ends by itself.

    Its own handlers stay: the event loop hears of a signal by its wake-up file, whatever Python's handler is.
    """
    loop = asyncio.get_running_loop()
    if threading.current_thread() is threading.main_thread():
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: loop.call_soon_threadsafe(door.hub.shut))


def end_with(server: int) -> None:
    """End this process with the one that started it: that one, killed, cannot say so, and the port would stay taken."""
    while os.getppid() == server:
        time.sleep(WATCH_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


if server := os.environ.get("LAURELS_SERVER"):
    threading.Thread(target=end_with, args=[int(server)], name="laurels-watch", daemon=True).start()

if os.environ.get("LAURELS_WORKER") == "inside":
    from laurels.journal.worker import start_thread

    start_thread()
