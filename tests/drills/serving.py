"""``python -m tests.drills.serving PORT PROCESSES APPLICATION``: the server as ``laurels run`` starts it."""

import sys


def main(port: int, processes: int, application: str) -> None:
    import django

    django.setup()
    from laurels.web.commands.run import Place, serve

    serve("127.0.0.1", port, worker=Place.INSIDE, processes=processes, application=application)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
