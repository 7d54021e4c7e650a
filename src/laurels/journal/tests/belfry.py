"""A server process that knows the bells: ``python -m laurels.journal.tests.belfry PORT``."""

import sys

if __name__ == "__main__":
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "laurels.journal.tests.belfry:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGINL,
        workers_kill_timeout=15,
        websockets=False,
        log_enabled=False,
    ).serve()
else:
    from laurels.web.server import application

    __all__ = ["application"]

    from laurels.journal.streams.channels import channels
    from laurels.journal.tests.bells import Bells

    channels["bells"] = Bells()
