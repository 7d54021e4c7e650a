from typing import Annotated

import typer

from laurels.web.commands import say, start_demo


def seed(
    people: Annotated[int, typer.Option(min=0, help="How many people to add.")] = 100,
    certifications: Annotated[int, typer.Option(min=0, help="How many of them to certify (at most all).")] = 0,
) -> None:
    """Fill a demo or rehearsal database with invented people and certifications, for load tests."""
    start_demo()
    from django.core.management import call_command
    from django.utils import timezone
    from rich.progress import Progress

    from laurels.web.seeding import sow

    call_command("migrate", verbosity=0)
    with Progress(transient=True) as bar:
        task = bar.add_task("Seeding", total=people + certifications)
        sow(people, certifications, now=timezone.now(), step=lambda: bar.advance(task))
    say(f"{people} people, {certifications} certifications.")
