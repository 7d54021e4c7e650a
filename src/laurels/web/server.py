"""The application that the server runs, in each of its processes."""

import os
import signal
import threading
import time

from django.core.wsgi import get_wsgi_application

WATCH_SECONDS = 0.5

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.web.settings")
application = get_wsgi_application()


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
