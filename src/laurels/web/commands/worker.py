import signal

from laurels.web.commands import say, start


def worker() -> None:
    """Run background tasks in a process of its own, beside `laurels run --worker outside`."""
    start()
    from laurels.journal.worker import Worker
    from laurels.web.checks import require_safe_start

    require_safe_start(processes=2)
    tireless = Worker()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: tireless.stop())
    say("The worker is at work. Ctrl-C ends it after the task at hand.")
    tireless.run()
