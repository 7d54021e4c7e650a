import os
import socket
from enum import StrEnum
from typing import Annotated

import typer

from laurels.kernel.refusal import Refusal, require
from laurels.web.commands import say, start

MOST_FILES = 65_536


class Place(StrEnum):
    INSIDE = "inside"
    OUTSIDE = "outside"


Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


def run(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    worker: Annotated[Place, typer.Option(help="Where background tasks run; outside: start `laurels worker`.")] = (
        Place.INSIDE
    ),
    processes: Annotated[int, typer.Option(min=1, help="How many server processes.")] = 1,
    threads: Annotated[int, typer.Option(min=1, help="How many requests each process works on at a time.")] = 3,
) -> None:
    """Serve Laurels. SIGTERM or Ctrl-C ends it after the requests and the task at hand."""
    start(LAURELS_PUBLIC_URL=address(host, port))
    from laurels.web.checks import require_migrated, require_safe_start

    require_safe_start(processes=processes if worker == Place.INSIDE else processes + 1)
    require_migrated()
    say(f"Laurels is at {address(host, port)} — Ctrl-C ends it.")
    serve(host, port, worker=worker, processes=processes, threads=threads)


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the server."""
    return f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0', '::', '::1'} else host}:{port}"


def serve(
    host: str,
    port: int,
    *,
    worker: Place = Place.INSIDE,
    processes: int = 1,
    threads: int = 3,
    application: str = "laurels.web.server:application",
) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises Refused when the port is taken."""
    from django.conf import settings
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    require(why_not_listen(host, port))
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    os.environ["LAURELS_SERVER"] = str(os.getpid())
    os.environ["LAURELS_WORKER"] = worker.value
    os.environ["LAURELS_THREADS"] = str(threads)
    allow_many_files()
    # Server processes are forked from this one; a connection to the database must not be shared between them.
    connections.close_all()
    Granian(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=processes,
        # A stream is a request that never ends: there is room for all of them, and for the pages beside them.
        backlog=2048,
        backpressure=settings.LISTENERS + 2048,
        workers_kill_timeout=15,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


def allow_many_files() -> None:
    """Every open stream is a file to the system, which at first permits few."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


def why_not_listen(host: str, port: int) -> Refusal | None:
    """Whether somebody else is there already: the server itself would share the port without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            return Refusal("port", f"Cannot listen on {host}:{port} ({problem.strerror}). Choose another with --port.")
    return None
