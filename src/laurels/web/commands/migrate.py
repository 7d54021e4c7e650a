from laurels.web.commands import say, start


def migrate() -> None:
    """Make the database's tables what this version of Laurels needs. Doing it again changes nothing."""
    start()
    make_tables()
    say("The database is ready.")


def make_tables() -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from laurels.journal.worker import fill_schedule

    call_command("migrate", verbosity=0, interactive=False)
    fill_schedule(now=timezone.now())
