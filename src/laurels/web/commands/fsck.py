import typer

from laurels.web.commands import say, start, warn


def fsck() -> None:
    """Look through the whole database for what does not agree; name the place of each fault. Exit 1 if there is one."""
    start()
    from laurels.people.models import Organisation
    from laurels.web.soundness import PARTS

    found = 0
    for organisation in Organisation.objects.order_by("slug"):
        for part, look in PARTS.items():
            for fault in look(organisation):
                found += 1
                warn(f"{organisation.slug}, {part}: {fault}")
    if found:
        say(f"{found} fault." if found == 1 else f"{found} faults.")
        raise typer.Exit(1)
    say("Everything agrees.")
